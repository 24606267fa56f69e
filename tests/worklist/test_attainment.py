"""How much of our work is done in time, and how long it takes."""

from datetime import UTC, date, datetime, timedelta

import pytest

from tests import journey
from tests.cast import NOW
from worklist.attainment import Attainment, attainment
from worklist.kinds import KINDS

SINCE, TODAY = date(2026, 1, 1), date(2026, 3, 20)


@pytest.fixture
def accept_after(people):
    """Send a form and accept it so many days later."""

    def accept(days):
        order = journey.order_in("submitted", people, at=NOW)
        journey.accept(order, people.operator, at=NOW + timedelta(days=days))

    return accept


@pytest.fixture
def people(party, submitter, authoriser, operator, data_centre):
    return journey.People(party, submitter, authoriser, operator, data_centre)


def checks(today=TODAY, since=SINCE):
    found = {one.kind.slug: one for one in attainment(since, today)}
    return found.get("check_form")


def test_the_share_in_time_and_the_days_that_it_took_are_counted(accept_after):
    for days in (0, 1, 2, 7):
        accept_after(days)

    found = checks()

    # Two working days are our target: the last of four was late.
    assert (found.met, found.of, found.share) == (3, 4, 75)
    assert (found.half, found.nine_in_ten) == (1, 5)


def test_what_was_done_in_the_last_moment_of_its_last_day_is_in_time(people):
    order = journey.order_in("submitted", people, at=NOW)
    last = datetime(2026, 3, 5, 23, 59, 59, tzinfo=UTC)
    journey.accept(order, people.operator, at=last)

    assert (checks().met, checks().of) == (1, 1)


def test_what_is_still_to_be_done_counts_once_it_is_late(people):
    journey.order_in("submitted", people, at=NOW)

    assert checks(today=date(2026, 3, 5)) is None
    late = checks(today=date(2026, 3, 6))
    assert (late.met, late.of, late.half) == (0, 1, None)


def test_what_was_withdrawn_was_not_for_us_to_do(people):
    journey.order_in("withdrawn", people, at=NOW)

    assert checks() is None


def test_what_was_due_before_is_left_out(accept_after):
    accept_after(1)

    assert checks(since=date(2026, 3, 5)).of == 1
    assert checks(since=date(2026, 3, 6)) is None


def test_what_a_party_owes_is_not_our_work(issued_quote):
    late = date(2026, 6, 1)

    assert "decide_on_quotation" not in {
        one.kind.slug for one in attainment(SINCE, late)
    }


@pytest.mark.parametrize(
    ("days", "half", "nine"),
    [
        ({}, None, None),
        ({3: 1}, 3, 3),
        ({1: 5, 2: 5}, 1, 2),
        ({1: 9, 8: 1}, 1, 1),
        ({1: 8, 8: 2}, 1, 8),
    ],
)
def test_half_and_nine_in_ten_are_days_within_which_so_many_were_done(days, half, nine):
    found = Attainment(KINDS["check_form"], days=days)

    assert (found.half, found.nine_in_ten) == (half, nine)
