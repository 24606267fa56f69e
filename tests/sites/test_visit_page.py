"""The page of one visit: what, when, who, what must be ready, and until when free."""

from datetime import UTC, date, datetime, time
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils.html import strip_tags

from sites.commands import rearrange_visit
from tests import journey_on_site
from tests.factories.quotes import PriceItemFactory
from tests.journey_on_site import write_passport

TUESDAY, LATER = date(2026, 3, 17), date(2026, 3, 24)
MORNING = (time(8), time(13))
LAST_FREE = datetime(2026, 3, 10, 12, tzinfo=UTC)
TOO_LATE = datetime(2026, 3, 11, 12, tzinfo=UTC)
ON_THE_DAY = datetime(2026, 3, 17, 10, tzinfo=UTC)


def told(response):
    """Return what a page says, without its tags."""
    page = response.content.decode()
    for tag in ("<b>", "<br>", "<span>", "<dd>", "<li"):
        page = page.replace(tag, f" {tag}")
    return " ".join(strip_tags(page).split())


@pytest.fixture
def visit(ready_order, installer):
    """On Tuesday 17 March 2026, free to move until the end of the 10th."""
    return journey_on_site.book(
        ready_order, installer, "circuit", on=TUESDAY, window=MORNING
    )


@pytest.fixture
def price():
    """£385.00, as DCC's price list has it, excluding VAT."""
    return PriceItemFactory(kind="rescheduled_visit", net=Decimal(385))


@pytest.fixture
def page(client, submitter):
    """Return a function that reads a page of a visit as its Party's submitter."""

    def read(visit, name="visit"):
        # Time may have passed, and a sign-in with it.
        client.force_login(submitter)
        return told(client.get(reverse(name, args=[visit.reference])))

    return read


def typed(**more):
    days = {"on_day": "24", "on_month": "3", "on_year": "2026"}
    return {**days, "reason": "The escort is away", **more}


@pytest.fixture
def send(client, submitter):
    """Return a function that sends the form which moves a visit."""

    def post(visit, **more):
        client.force_login(submitter)
        address = reverse("visit-move", args=[visit.reference])
        return client.post(address, typed(**more))

    return post


@pytest.mark.guidance("R-3.6-2", "R-2.9.1-11")
def test_it_says_what_when_where_who_and_whom_to_call(page, visit):
    said = page(visit)

    for words in (
        "Circuit installation on Tuesday 17 March 2026, 8am to 1pm",
        str(visit.order.data_centre.name),
        "Who comes Openreach",
        "First call Ashby Yard control room 01632 960155",
    ):
        assert words in said


@pytest.mark.guidance("R-3.6-2")
def test_it_says_what_must_be_ready(page, visit, submitter):
    write_passport(visit.order, submitter, rack="D4", own_documents="Visitor permit")

    said = page(visit)
    assert "Access agreed with the site Ready" in said
    assert "of rack space, free Ready D4" in said
    assert "Power To do not said yet" in said
    assert "Visitor permit" in said


@pytest.mark.guidance("R-3.5-7", "T10")
@pytest.mark.parametrize(
    ("at", "words", "not_said"),
    [
        (LAST_FREE, "free of charge until the end of Tuesday 10 March", "was Tuesday"),
        (TOO_LATE, "free of charge was Tuesday 10 March", "until the end of"),
    ],
)
def test_a_day_that_has_passed_is_never_offered_as_free(
    page, visit, clock, *, at, words, not_said
):
    clock.move_to(at)

    for name in ("visit", "visit-move"):
        assert not_said not in page(visit, name)
    assert words in page(visit)


def test_it_counts_the_days_back_and_leaves_out_the_weekend(page, visit):
    said = page(visit)

    assert "Tue 10 Last free day Wed 11 4 before" in said
    assert "Sat 14 Does not count Sun 15 Does not count Mon 16 1 before" in said
    assert "1 before Tue 17 Visit" in said
    assert "bank holidays in England and Wales" in said


@pytest.mark.guidance("T11")
def test_what_a_late_move_costs_is_the_price_lists_with_and_without_vat(
    page, visit, price
):
    said = page(visit)

    assert "£385.00 excluding VAT, £462.00 including it" in said
    assert "price list of 26 January 2015" in said


@pytest.mark.guidance("T11")
def test_no_amount_is_invented_where_the_price_list_has_none(page, visit):
    assert "price list names no amount yet" in page(visit)


def test_it_says_what_changed_at_the_site_since_it_was_booked(page, visit, submitter):
    assert "Changed at the site" not in page(visit)

    write_passport(visit.order, submitter, closes_at=time(17), why="Escort leaves at 5")
    said = page(visit)
    assert "Closes: 5pm (was 6pm)" in said
    assert "Escort leaves at 5" in said


@pytest.mark.guidance("R-2.9.1-11")
def test_a_moved_visit_leads_to_the_one_in_its_place_and_back_says_why(
    page, visit, submitter
):
    moved = rearrange_visit(visit.pk, by=submitter, on=LATER, reason="Escort away")

    said = page(visit)
    assert "Why: Escort away" in said
    assert "the visit on Tuesday 24 March 2026, 8am to 1pm" in said
    assert f"Move the visit on {moved.when}" not in page(visit, "visit-move")
    assert "This visit cannot be moved" in page(visit, "visit-move")


@pytest.mark.guidance("R-3.6-3", "T11")
def test_a_failed_visit_says_why_and_what_the_next_costs(
    page, visit, installer, clock, price
):
    clock.move_to(ON_THE_DAY)
    journey_on_site.turn_away(visit, installer, note="Guard had no list")
    again = journey_on_site.book(visit.order, installer, "circuit", on=LATER)

    said = page(visit)
    assert "Why: Not let in at the gate or the door. Guard had no list" in said
    assert "The engineer came on 17 March 2026, 10:00am" in said
    assert "Not confirmed The next visit may be charged" in said
    assert "That is £385.00 excluding VAT, £462.00 including it" in said
    assert "it was to be from 8am to 1pm" in said
    assert "24 March 2026, which may be charged" in said
    assert f"This visit may be charged: {visit} failed" in page(again)


@pytest.mark.guidance("R-3.5-7", "T10")
def test_moving_in_time_costs_nothing_and_needs_no_tick(page, send, visit, price):
    said = page(visit, "visit-move")
    assert "Moving it today costs nothing" in said
    assert "I understand" not in said

    send(visit, from_time="1pm", until_time="5pm")
    moved = visit.order.visits.get(state="confirmed")
    assert (moved.on, moved.window) == (LATER, (time(13), time(17)))
    assert not moved.is_chargeable


@pytest.mark.guidance("R-3.5-7", "T10", "T11")
def test_moving_too_late_says_first_what_it_costs_and_wants_it_understood(
    page, send, visit, clock, *, price
):
    clock.move_to(TOO_LATE)
    tick = f"I understand that {visit.order.party} will be charged £385.00 excluding"
    said = page(visit, "visit-move")
    assert said.index("£385.00 excluding VAT, £462.00 including it") < said.index(
        "New day"
    )
    assert tick in said

    refused = told(send(visit))
    assert "Tick that you understand what it costs" in refused
    assert "The escort is away" in refused
    assert visit.order.visits.count() == 1

    send(visit, is_understood="on")
    moved = visit.order.visits.get(state="confirmed")
    assert (moved.is_chargeable, moved.window) == (True, MORNING)


@pytest.mark.parametrize(
    ("answers", "words"),
    [
        ({"on_day": "17"}, "is already on 17 March 2026"),
        ({"on_month": "2"}, "24 February 2026 has passed"),
        ({"reason": ""}, "Say why it moves"),
        ({"on_day": "29"}, "Sunday 29 March 2026 is no working day. Is that right?"),
        ({"from_time": "5pm", "until_time": "8pm"}, "people in from 7am until 6pm"),
        ({"from_time": "5pm"}, "Enter both times, or neither"),
    ],
)
def test_what_cannot_be_or_is_unusual_is_said_and_nothing_typed_is_lost(
    send, visit, answers, words
):
    said = send(visit, **answers)

    assert words in told(said)
    assert typed(**answers)["reason"] in told(said)
    assert f'value="{typed(**answers)["on_day"]}"' in said.content.decode()
    assert visit.order.visits.count() == 1


@pytest.mark.parametrize("who", ["colleague", "authoriser", "operator"])
def test_a_reader_is_told_who_may_move_it_and_cannot(request, client, visit, who):
    client.force_login(request.getfixturevalue(who))
    address = reverse("visit-move", args=[visit.reference])

    said = told(client.get(address))
    assert "to submit requests, or the Service Desk, can move it" in said
    assert client.post(address, typed()).status_code == 403
    assert visit.order.visits.count() == 1


def test_the_order_leads_to_each_of_its_visits(client, visit, submitter):
    client.force_login(submitter)
    address = reverse("visit", args=[visit.reference])

    order = client.get(visit.order.get_absolute_url()).content.decode()

    assert f'href="{address}">The circuit installation on Tuesday 17 March' in order


@pytest.mark.parametrize(("name", "count"), [("visit", 11), ("visit-move", 10)])
def test_it_asks_the_same_few_queries_however_much_was_written_of_the_site(
    client, visit, submitter, django_assert_num_queries, *, name, count
):
    for bay in range(4):
        write_passport(visit.order, submitter, parking=f"Bay {bay}")
    client.force_login(submitter)

    with django_assert_num_queries(count):
        client.get(reverse(name, args=[visit.reference]))
