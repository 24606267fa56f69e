"""What the form asks beyond the first answers: every field, and what each refuses."""

from datetime import date

import pytest
from django.urls import reverse

from orders.forms import bound_sections
from tests import journey
from tests.reading import words_of

ROOM = {"ac_sockets": "4", "has_access_control": "True", "power": "on", "space": "on"}
CARE = dict.fromkeys(("no_availability", "pep", "protection", "no_damage"), "on")
CONTACTS = {
    "technical_contact_name": "Tess Hall",
    "technical_contact_email": "tess@example.com",
    "technical_contact_phone": "0113 496 0000",
    "site_contact_name": "Sam Gate",
    "site_contact_phone": "0113 496 0001",
}
REFERENCE = {"customer_reference": "", "purchase_order": ""}


@pytest.fixture
def fill(client, submitter):
    """Sends one section of an order as the submitter; without answers it reads it."""
    client.force_login(submitter)

    def send(order, slug, **answers):
        place = reverse("order-section", args=[order.reference, slug])
        return client.post(place, answers) if answers else client.get(place)

    return send


def status(order, slug):
    parts = bound_sections(journey.fresh(order))
    return next(part.status for part in parts if part.slug == slug)


LONG = "x" * 500
WIDE = "Ünïté 5, Łódź, Tŷ Ŵyn"
BAD = [
    ("room", ROOM, "floor", LONG, "Shorten this to 40 characters"),
    ("room", ROOM, "room", LONG, "Shorten this to 60 characters"),
    ("room", ROOM, "rack_position", LONG, "Shorten this to 60 characters"),
    ("room", ROOM, "room", "a\0b", "Null characters are not allowed"),
    ("room", ROOM, "ac_sockets", "", "Enter how many power sockets are free"),
    ("room", ROOM, "ac_sockets", "many", "Enter the number of sockets as a whole"),
    ("room", ROOM, "ac_sockets", "-1", "Enter 0 or more sockets"),
    ("room", ROOM, "ac_sockets", "100", "Enter 99 or fewer sockets"),
    ("room", ROOM, "has_access_control", "", "Say whether entry to the room"),
    ("room", ROOM, "has_access_control", "perhaps", "Choose one of the answers"),
    ("room", ROOM, "power", "", "Tick the box to confirm adequate power"),
    ("room", ROOM, "space", "", "Tick the box to accept that space"),
    ("building", {}, "landlord", LONG, "Shorten this to 200 characters"),
    ("building", {}, "is_multi_tenanted", "x", "Choose one of the answers"),
    ("building", {}, "was_built_before_2000", "True", "Say whether there is an asb"),
    ("building", {}, "needs_induction", "1", "Choose one of the answers"),
    ("contacts", CONTACTS, "site_contact_email", "sam", "like name@example.com"),
    ("contacts", CONTACTS, "informed_by", "pigeon", "Choose one of the answers"),
    ("contacts", CONTACTS, "informed_by", "email", "or choose “By phone”"),
    ("contacts", CONTACTS, "informed_by", "both", "or choose “By phone”"),
    ("reference", REFERENCE, "purchase_order", LONG, "Shorten this to 40 characters"),
    ("reference", REFERENCE, "customer_reference", LONG, "Shorten this to 40"),
    ("use", {"uses": ["duis"]}, "uses", ["testing"], "at least one kind of testing"),
    ("use", {"uses": ["duis"]}, "continuity", "luck", "Choose one of the answers"),
    ("care", CARE, "no_availability", "", "has no availability target"),
    ("care", CARE, "pep", "", "confirm the Policy Enforcement Point"),
    ("care", CARE, "protection", "", "that you protect the equipment"),
    ("care", CARE, "no_damage", "", "do not damage the equipment"),
]


@pytest.mark.parametrize(("slug", "rest", "name", "typed", "refusal"), BAD)
def test_what_is_wrong_is_named_and_nothing_typed_is_lost(
    fill, empty_order, *, slug, rest, name, typed, refusal
):
    before = journey.fresh(empty_order).saved_at

    page = words_of(fill(empty_order, slug, **(rest | {name: typed})))

    assert refusal in page
    assert typed not in (LONG, "many", "sam") or f'value="{typed}"' in page
    assert journey.fresh(empty_order).saved_at == before


@pytest.mark.parametrize(
    ("slug", "rest", "name"),
    [
        ("room", ROOM, "floor"),
        ("room", ROOM, "rack_position"),
        ("building", {}, "landlord"),
        ("reference", {}, "purchase_order"),
    ],
)
def test_any_european_letter_is_kept_as_it_was_typed(
    fill, empty_order, slug, rest, name
):
    fill(empty_order, slug, **(rest | {name: WIDE}))

    assert getattr(journey.fresh(empty_order), name) == WIDE


def day(text):
    keys = ("required_by_day", "required_by_month", "required_by_year")
    return dict(zip(keys, text.split(), strict=True))


@pytest.mark.parametrize(
    ("typed", "kept", "refusal"),
    [
        ("3 3 2026", "2026-03-03", ""),
        ("1 June 2027", "2027-06-01", ""),
        ("2 3 2026", "None", "Enter a day that is not in the past"),
        ("31 2 2027", "None", "Enter a real date"),
    ],
)
def test_a_wished_day_is_a_real_one_to_come(fill, empty_order, typed, kept, refusal):
    response = fill(empty_order, "reference", **day(typed))

    assert refusal in words_of(response)
    assert str(journey.fresh(empty_order).required_by) == kept


def test_a_wished_day_that_has_passed_is_asked_for_again(fill, draft_order, clock):
    fill(draft_order, "reference", **day("4 3 2026"))
    assert status(draft_order, "reference") == "Complete"

    clock.move_to("2026-03-05T10:00Z")

    assert status(draft_order, "reference") == "In progress"


@pytest.mark.guidance("R-2.1.1-1", "R-2.1.1-3", "R-2.1.1-5", "R-2.4-2")
def test_uses_kinds_of_testing_and_purpose_are_kept(fill, empty_order):
    answers = {"uses": ["ssi", "testing"], "testing_kinds": ["sandpit", "end_to_end"]}

    fill(empty_order, "use", **answers, continuity="bcdr")

    order = journey.fresh(empty_order)
    assert (order.uses, order.testing_kinds) == tuple(answers.values())
    assert order.continuity == "bcdr"


@pytest.mark.guidance("R-2.1.1-3")
def test_each_kind_of_testing_says_when_it_is_available(fill, empty_order, settings):
    settings.TESTING_AVAILABLE_FROM = {
        "sandpit": date(2015, 3, 2),
        "interface": date(2026, 9, 1),
    }

    page = words_of(fill(empty_order, "use"))

    assert "Available since 2 March 2015" in page
    assert "Available from 1 September 2026" in page
    assert "When DCC makes it available" in page


@pytest.mark.guidance("R-5.2.1-3", "R-5.2.1-5", "R-5.2.1-2")
def test_room_rack_and_power_are_kept(fill, empty_order):
    page = words_of(fill(empty_order, "room"))
    fill(empty_order, "room", **ROOM, floor="2", room="Hall 2")

    order = journey.fresh(empty_order)
    assert (order.ac_sockets, order.has_access_control, order.floor) == (4, True, "2")
    assert "under air conditioning: water could damage it" in page


@pytest.mark.guidance("R-3.7-2", "R-5.1-1", "R-5.2-1")
@pytest.mark.parametrize(("kind", "units"), [("hv", "needs 4U"), ("lv", "needs 1U")])
def test_the_space_that_the_type_needs_is_said(
    fill, empty_order, submitter, data_centre, *, kind, units
):
    journey.answer(empty_order, submitter, data_centre, connection_type=kind)

    assert units in words_of(fill(empty_order, "room"))


ACKNOWLEDGED = [
    ("care", CARE, "no_availability", "no_availability"),
    ("care", CARE, "pep", "pep"),
    ("care", CARE, "protection", "protection"),
    ("care", CARE, "no_damage", "no_damage"),
    ("room", ROOM, "power", "power"),
    ("room", ROOM, "space", "space"),
]


@pytest.mark.guidance(
    "R-4.1-3", "R-4.1-4", "R-4.1-6", "R-5.2.1-1", "R-5.2.1-4", "R-5.2.2-1"
)
@pytest.mark.parametrize(("slug", "rest", "name", "kind"), ACKNOWLEDGED)
def test_each_box_is_kept_with_person_and_time_and_can_be_taken_back(
    fill, empty_order, submitter, *, slug, rest, name, kind
):
    fill(empty_order, slug, **rest)
    row = empty_order.acknowledgements.get(what=kind)
    assert (row.by, row.at.date().isoformat()) == (submitter, "2026-03-03")

    fill(empty_order, slug, **(rest | {name: "", "later": "1"}))

    assert not empty_order.acknowledgements.filter(what=kind).exists()


def test_ticking_again_keeps_who_ticked_first(fill, empty_order, submitter):
    fill(empty_order, "care", **CARE)
    first = empty_order.acknowledgements.get(what="pep").at

    fill(empty_order, "care", **CARE)

    assert empty_order.acknowledgements.get(what="pep").at == first


def test_what_was_acknowledged_is_shown_with_its_person(client, submitter, draft_order):
    client.force_login(submitter)

    page = words_of(client.get(reverse("order-check", args=[draft_order.reference])))

    assert "no availability target is guaranteed" in page
    assert "Yes, by Sue Mitter, 3 March 2026" in page


@pytest.mark.parametrize(
    ("slug", "first", "then", "name", "empty"),
    [
        (
            "use",
            {"uses": ["testing"], "testing_kinds": ["sandpit"]},
            {"uses": ["duis"], "testing_kinds": ["sandpit"]},
            "testing_kinds",
            [],
        ),
        (
            "building",
            {"was_built_before_2000": "True", "has_asbestos_register": "True"},
            {"was_built_before_2000": "False", "has_asbestos_register": "True"},
            "has_asbestos_register",
            None,
        ),
        (
            "connection",
            {"connection_type": "hv", "hv_rating_mbps": "20"},
            {"connection_type": "lv", "hv_rating_mbps": "fast"},
            "hv_rating_mbps",
            None,
        ),
    ],
)
def test_an_answer_that_another_makes_needless_is_dropped(
    fill, empty_order, *, slug, first, then, name, empty
):
    fill(empty_order, slug, **first)
    assert getattr(journey.fresh(empty_order), name) != empty

    assert fill(empty_order, slug, **then).status_code == 302

    assert getattr(journey.fresh(empty_order), name) == empty


def test_a_needless_question_is_not_listed_among_the_answers(
    client, submitter, draft_order
):
    client.force_login(submitter)

    page = words_of(client.get(reverse("order-check", args=[draft_order.reference])))

    assert "which kinds?" not in page
    assert "asbestos register" not in page


@pytest.mark.guidance("R-2.10-5")
@pytest.mark.parametrize(
    ("kind", "said", "unsaid"),
    [
        ("hv", "HV, 3 years: £15,000 to £111,000", "LV, 1 year"),
        ("", "LV, 1 year", "nothing is unsaid"),
    ],
)
def test_what_a_period_costs_roughly_stands_beside_it(
    fill, empty_order, *, kind, said, unsaid
):
    if kind:
        fill(empty_order, "connection", connection_type=kind, hv_rating_mbps="20")

    page = words_of(fill(empty_order, "period"))

    assert said in page
    assert unsaid not in page


@pytest.mark.guidance("R-2.11-6")
@pytest.mark.parametrize("slug", ["", "check/"])
def test_a_party_without_authoriser_is_warned_from_the_first_draft_on(
    client, submitter, empty_order, slug
):
    client.force_login(submitter)
    place = reverse("order-form", args=[empty_order.reference]) + slug

    assert "Nobody at your organisation is nominated" in words_of(client.get(place))


@pytest.mark.parametrize(
    "slug",
    [
        "connection",
        "period",
        "use",
        "sharing",
        "site",
        "room",
        "building",
        "contacts",
        "reference",
        "care",
    ],
)
def test_each_section_asks_few_questions_of_the_database(
    fill, draft_order, slug, django_assert_max_num_queries
):
    with django_assert_max_num_queries(14):
        fill(draft_order, slug)
