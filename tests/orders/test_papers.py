"""The record of each form that was sent: frozen, stored once, seen by few."""

import io

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from common.pdf import NotRendered
from orders import commands
from orders.commands.paper import owe_record
from orders.documents import TEMPLATE, render_request, request_facts
from orders.errors import RecordNotFailed
from orders.models import Acknowledgement, FormVersion
from orders.states import AcknowledgementKind
from records.commands import try_again
from records.models import Document, Event
from tests.owed import do, the_job
from tests.reading import read_to_the_end

ROWS = [
    ["The connection", "connection_type", "Type", "High Volume (HV)"],
    ["The site", "floor", "Floor", "Second"],
    ["Who else uses it", "sharer_1", "Shared with", "Calder Supply, SEC Party"],
    ["Your records", "customer_reference", "Gateway Party reference", "NG-7"],
    ["Acknowledged", "acknowledged_pep", "There is a PEP", "Yes, by Sue Mitter"],
]


@pytest.fixture
def make_version(submitted_order, submitter):
    """Return a maker of forms: `make_version(rows)`; those kept before are gone."""
    FormVersion.objects.all().delete()

    def make(rows=ROWS, number=1):
        version = FormVersion.objects.create(
            order=submitted_order,
            number=number,
            answers=rows,
            submitted_by=submitter,
            submitted_at=timezone.now(),
            guidance_version="1.0",
            template_version=TEMPLATE.version,
        )
        owe_record(version)
        return version

    return make


@pytest.fixture
def version(make_version):
    return make_version()


def text_of(pdf):
    pages = PdfReader(io.BytesIO(pdf)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def corrected(rows=ROWS):
    """The floor is another, the sharer is gone, a room is new."""
    kept = [row for row in rows if row[1] not in ("floor", "sharer_1")]
    site = [["The site", "floor", "Floor", "Third"], ["The site", "room", "Room", "B"]]
    return [*kept[:1], *site, *kept[1:]]


@pytest.mark.guidance("R-0-5", "R-0-2")
def test_the_record_names_its_template_the_guidance_and_who_sent_it(version):
    text = text_of(render_request(request_facts(version)))

    assert "Request for DCC Gateway Connection" in text
    assert f"version {TEMPLATE.version}, by DCC Connections, 29 November 2026" in text
    followed = "version 1.0, by A Bradford, 19 January 2015"
    assert f"the guidance’s “Request for DCC Gateway Connection”, {followed}" in text
    assert "DCC Connection Guidance, version 1.0" in text
    assert f"{version.order.reference}, form 1" in text
    assert "3 March 2026 at 10:00" in text
    assert "by Sue Mitter" in text
    assert "This portal" in text


@pytest.mark.guidance("R-0-5", "R-2.3-1")
def test_it_says_every_answer_and_who_shares_the_connection(version):
    text = text_of(render_request(request_facts(version)))

    for section, field, question, answer in ROWS:
        shown = field.startswith("acknowledged") or section in text
        assert shown, section
        assert question in text
        assert answer in text


@pytest.mark.guidance("R-4.2-4")
def test_what_was_accepted_stands_with_its_person_and_time(version, submitter):
    what = AcknowledgementKind.PEP
    Acknowledgement.objects.filter(order=version.order, what=what).delete()
    Acknowledgement.objects.create(
        order=version.order, what=what, by=submitter, at=timezone.now()
    )

    text = text_of(render_request(request_facts(version)))

    assert "There is a PEP Yes, by Sue Mitter 3 March 2026 at 10:00" in text


@pytest.mark.guidance("R-3.2-6")
def test_a_later_form_says_what_changed(make_version):
    make_version()
    second = make_version(corrected(), number=2)

    facts = request_facts(second)

    found = [(row["question"], row["before"], row["after"]) for row in facts["changes"]]
    assert found == [
        ("Floor", "Second", "Third"),
        ("Room", "", "B"),
        ("Shared with", "Calder Supply, SEC Party", ""),
    ]
    assert "What changed since form 1" in text_of(render_request(facts))


def test_the_first_form_has_nothing_to_differ_from(version):
    assert "What changed" not in text_of(render_request(request_facts(version)))


def test_it_is_the_same_whatever_the_answers_are_now(version, submitter):
    before = render_request(request_facts(version))
    version.order.floor = "Fourth"
    version.order.save()

    assert render_request(request_facts(version)) == before


def test_each_form_that_is_sent_has_its_record_owed(submitted_order):
    form = submitted_order.versions.get()

    assert the_job(commands.record_form, form.pk).state == "waiting"


@pytest.mark.guidance("R-0-5")
def test_a_worker_stores_it_once(version):
    assert do(commands.record_form, version.pk)
    assert not commands.record_form(version.pk)

    document = Document.objects.get(kind="request")
    version.refresh_from_db()
    assert version.document == document
    assert document.thread == version.order.reference
    assert document.template == TEMPLATE.whole


def test_it_is_tagged_for_screen_readers(version):
    reader = PdfReader(io.BytesIO(render_request(request_facts(version))))

    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert reader.trailer["/Root"]["/Lang"] == "en-GB"
    assert version.order.reference in reader.metadata.title


@pytest.fixture
def failed(version, monkeypatch):
    def refuse(facts):
        raise NotRendered("The font is missing.")

    monkeypatch.setattr("orders.commands.paper.render_request", refuse)
    assert not do(commands.record_form, version.pk)
    monkeypatch.undo()
    return FormVersion.objects.get(pk=version.pk)


def test_a_failure_is_kept_for_staff_and_not_tried_for_ever(failed):
    assert "The font is missing." in failed.rendering_error
    assert not FormVersion.objects.waiting_for_document().exists()
    event = Event.objects.get(name="record_form_failure")
    assert not event.is_public


def test_staff_see_a_failure_and_repeat_it(failed, client, desk):
    order = failed.order
    client.force_login(desk)
    page = reverse("admin:orders_connectionrequest_change", args=[order.pk])
    assert "Its PDF could not be made" in client.get(page).content.decode()
    again = reverse("admin:orders_connectionrequest_repeat-record", args=[order.pk])
    client.post(again)

    assert do(commands.record_form, failed.pk)
    assert "Its PDF could not be made" not in client.get(page).content.decode()


def test_staff_have_it_made_again_from_the_page_of_jobs(failed, desk):
    try_again(the_job(commands.record_form, failed.pk).pk, by=desk)

    assert do(commands.record_form, failed.pk)
    failed.refresh_from_db()
    assert (failed.rendering_error, bool(failed.document)) == ("", True)


def test_only_a_failed_record_is_made_again(version, desk, submitter):
    with pytest.raises(RecordNotFailed):
        commands.repeat_record(version.pk, by=desk)
    with pytest.raises(PermissionDenied):
        commands.repeat_record(version.pk, by=submitter)


def test_the_orders_page_says_that_it_is_being_prepared(client, version, submitter):
    client.force_login(submitter)
    shown = client.get(version.order.get_absolute_url()).content.decode()

    assert "Request, form 1" in shown
    assert "its PDF is being prepared" in shown


SEEN = [
    ("submitter", 200),
    ("colleague", 200),
    ("operator", 200),
    ("outsider", 404),
    ("installer", 404),
]


@pytest.mark.guidance("R-1.3-1", "R-1.3-3")
@pytest.mark.parametrize(("who", "status"), SEEN)
def test_the_party_and_dcc_have_it_and_nobody_else(
    request, client, authorised_order, who, status
):
    form = authorised_order.versions.get()
    commands.record_form(form.pk)
    form.refresh_from_db()
    client.force_login(request.getfixturevalue(who))

    answer = client.get(reverse("document", args=[form.document.pk]))

    assert answer.status_code == status
    read_to_the_end(answer)
