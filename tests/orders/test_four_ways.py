"""Page, record, desk and blank form have the same answers under the same headings."""

from datetime import date

import pytest
from django.urls import reverse

from orders import commands
from orders.commands.acknowledge import acknowledge
from orders.commands.snapshot import rows_of, snapshot
from orders.documents import request_facts
from orders.forms import SECTIONS, bound_sections
from orders.forms.blank import NOT_ON_PAPER, blank_facts
from orders.forms.section import AcknowledgeField
from orders.models.sections import ACKNOWLEDGEMENT, FORM
from orders.sections.answers import answers as desk_answers
from orders.sections.answers import rows as desk_rows
from tests import journey, journey_of_pairs
from tests.reading import words_of

EVERYTHING = {
    "uses": ["duis", "testing"],
    "testing_kinds": ["sandpit"],
    "continuity": "bcdr",
    "floor": "Second",
    "room": "Hall 2",
    "rack_position": "Row C",
    "landlord": "Ames Estates",
    "is_multi_tenanted": True,
    "was_built_before_2000": True,
    "has_asbestos_register": False,
    "needs_induction": True,
    "site_contact_email": "sam@example.com",
    "informed_by": "both",
    "required_by": date(2026, 9, 1),
    "customer_reference": "NG-7",
    "purchase_order": "PO 12",
}
SHARER = {
    "name": "Fenland Power",
    "standing": "sec_party",
    "reason": "legal_entities",
    "from_on": date(2026, 4, 1),
}


def share(order, submitter):
    commands.add_sharer(order.pk, by=submitter, **SHARER)
    acknowledge(order.pk, by=submitter, whats={"sharing"})


@pytest.fixture
def one(draft_order, submitter, data_centre):
    """One connection with every answer that one can have."""
    journey.answer(draft_order, submitter, data_centre, **EVERYTHING)
    journey.answer_all(draft_order, submitter)
    share(draft_order, submitter)
    return journey.fresh(draft_order)


@pytest.fixture
def of_two(high_pair, submitter):
    """One of two at two sites, of different sizes."""
    commands.save_answers(high_pair[1].pk, by=submitter, answers={"hv_rating_mbps": 10})
    journey_of_pairs.accept_smaller(high_pair[0], submitter)
    # Asked of two at one site alone.
    high_pair[0].acknowledgements.filter(what="layer_2_switch").delete()
    return journey.fresh(high_pair[0])


def name_of(form, shown):
    field = form.fields.get(shown.name)
    if isinstance(field, AcknowledgeField):
        return f"{ACKNOWLEDGEMENT}{field.what}"
    return shown.name


def plain(answer):
    """Return an answer as words; of what was ticked, who did is enough."""
    words = ", ".join(answer) if isinstance(answer, list) else answer
    return words.split(",")[0] if words.startswith("Yes, by") else words


def on_page(order):
    shown = {
        (form.title, name_of(form, shown)): plain(shown.answer)
        for form in bound_sections(order)
        for shown in form.shown()
        if shown.answer
    }
    if order.partner is not None:
        # Nobody types it in a pair: it stands in the row of the other request.
        name, title = order.related_reference, FORM["pair"].title
        rows = [row for form in bound_sections(order) for row in form.rows()]
        other = next(row for row in rows if row.question == "The other request")
        assert other.answer.endswith(name)
        shown[title, "related_reference"] = name
    return shown


def in_rows(rows):
    return {(row.section, row.field): plain(row.answer) for row in rows}


@pytest.mark.parametrize("fixture", ["one", "of_two"])
@pytest.mark.guidance("R-3.2-6")
def test_the_record_has_each_answer_of_the_page_under_the_same_heading(
    request, fixture
):
    order = request.getfixturevalue(fixture)

    assert in_rows(snapshot(order)) == on_page(order)


@pytest.mark.guidance("R-0-5")
def test_the_document_has_each_row_of_the_record_under_its_heading(one, submitter):
    journey.submit(one, submitter)
    version = one.versions.get()

    facts = request_facts(version)["sections"]

    said = [(part["title"], row["question"]) for part in facts for row in part["rows"]]
    assert said == [(row.section, row.question) for row in rows_of(version)]
    assert [part["title"] for part in facts] == [
        form.title for form in bound_sections(journey.fresh(one)) if any_row(form)
    ]


def any_row(form):
    return any(shown.answer for shown in form.shown())


def test_the_desk_reads_each_answer_of_the_record_under_the_same_heading(
    client, one, submitter, desk
):
    journey.submit(one, submitter)
    client.force_login(desk)
    place = reverse("admin:orders_connectionrequest_change", args=[one.pk])

    page = client.get(place)

    file = page.context["file"]
    shown = [row for row in desk_rows(file) if row.section and row.answer]
    kept = rows_of(one.versions.get())
    assert {(row.section, row.field, row.answer) for row in shown} >= {
        (row.section, row.field, row.answer) for row in kept
    }
    assert len(desk_answers(file)) == len(kept)
    for title in {row.section for row in kept}:
        assert f'scope="colgroup">{title}</th>' in words_of(page)


def declared(kind):
    """Return the names of what a section's page asks, but a new site's address."""
    aside = getattr(kind, "NEW_FIELDS", ())
    return {
        f"{ACKNOWLEDGEMENT}{field.what}"
        if isinstance(field, AcknowledgeField)
        else name
        for name, field in kind.base_fields.items()
        if name not in aside
    }


@pytest.mark.parametrize("kind", SECTIONS, ids=lambda kind: kind.slug)
def test_each_section_of_the_form_asks_exactly_what_is_declared_of_it(kind):
    section = FORM[kind.slug]

    assert kind.title == section.title
    assert declared(kind) == set(section.names)


@pytest.mark.guidance("R-3.2-1")
def test_the_blank_form_asks_each_question_of_the_page_under_the_same_heading(db):
    parts = blank_facts()["sections"]

    assert [part["title"] for part in parts] == [one.title for one in FORM.values()]
    for part, kind in zip(parts, SECTIONS, strict=True):
        asked = [name for name in kind.base_fields if name not in NOT_ON_PAPER]
        assert len(part["questions"]) == len(asked)


@pytest.mark.parametrize("provision", ["CoCo1.12", "H15.24"])
@pytest.mark.guidance("R-1.1-3")
def test_a_box_names_the_provision_that_it_comes_from_on_the_page_and_on_paper(
    client, draft_order, submitter, provision
):
    client.force_login(submitter)

    page = client.get(reverse("order-section", args=[draft_order.reference, "care"]))
    boxes = [
        ask["label"]
        for part in blank_facts()["sections"]
        for ask in part["questions"]
        if ask["is_box"]
    ]

    assert f"({provision})" in words_of(page)
    assert sum(f"({provision})" in label for label in boxes) == 1
