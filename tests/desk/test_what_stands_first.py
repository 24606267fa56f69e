"""What stands first in the desk's lists, and what their filters and search keep."""

import pytest

from tests.desk.conftest import WORK


def test_all_orders_are_listed_with_the_newest_first(at, make_order):
    ended = make_order("withdrawn")
    waiting = make_order("submitted")

    assert at.listed() == [waiting.reference, ended.reference]


def test_a_clock_that_waits_stands_after_those_that_run(at, make_order):
    returned, quoted = make_order("returned"), make_order("quoted")

    assert at.owed(turn="theirs") == [quoted.reference, returned.reference]
    page = at.client.get(WORK(), {"turn": "theirs"}).content.decode()
    assert "Clock paused" in page
    assert "since Tuesday 3 March 2026" in page


@pytest.mark.guidance("R-3.3-1")
def test_what_will_be_late_first_stands_first(on, make_order):
    first = make_order("accepted")
    make_order("quoted")
    form = make_order("submitted")
    at = on("2026-03-04T10:00Z")
    later = make_order("accepted")

    # A form within two days; the review and the quotation within five.
    expected = [form, first, first, later, later]
    assert at.owed() == [order.reference for order in expected]


@pytest.mark.parametrize(
    ("due", "moment", "is_kept"),
    [
        ("late", "2026-03-11T12:00Z", True),
        ("late", "2026-03-10T12:00Z", False),
        ("today", "2026-03-10T12:00Z", True),
        ("week", "2026-03-03T12:00Z", True),
        ("week", "2026-03-02T12:00Z", False),
    ],
)
def test_the_list_is_filtered_by_time_left(accepted_order, on, due, moment, is_kept):
    assert bool(on(moment).owed(due=due)) is is_kept


@pytest.mark.parametrize("words", ["reference", "quote", "visit", "party", "site"])
def test_an_order_is_found_by_any_reference(at, circuit_visit, words):
    order = circuit_visit.order
    asked = {
        "reference": order.reference,
        "quote": order.quotes.get().reference,
        "visit": circuit_visit.reference,
        "party": "northgate",
        "site": "Thornby",
    }

    assert at.listed(q=asked[words]) == [order.reference]
    assert at.listed(q="Nowhere") == []
