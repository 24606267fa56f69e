"""How long an offer is open."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from common.clock import UK, last_day_before, uk_date
from quotes.deadlines import quote_lapses_at, quote_last_day, reminders_due

pytestmark = pytest.mark.guidance("R-2.11-1")
INSTANTS = st.datetimes(
    datetime.fromisoformat("2015-01-26"),
    datetime.fromisoformat("2037-11-01"),
    timezones=st.just(UK),
)


@pytest.mark.parametrize(
    ("issued", "last"),
    [("2015-02-03", "2015-03-05"), ("2015-11-05", "2015-12-05")],
    ids=["a Thursday", "a Saturday"],
)
def test_the_last_day_is_day_thirty_whatever_weekday(issued, last):
    assert quote_last_day(date.fromisoformat(issued)) == date.fromisoformat(last)


@pytest.mark.parametrize(
    ("issued", "lapses", "why"),
    [
        ("2015-02-03T12:00Z", "2015-03-06T00:00Z", "the example of the specification"),
        ("2026-01-05T12:00Z", "2026-02-05T00:00Z", "winter throughout"),
        ("2026-03-10T12:00Z", "2026-04-09T23:00Z", "clocks go forward on 29 March"),
        ("2026-02-26T12:00Z", "2026-03-29T00:00Z", "ends as 29 March begins"),
        ("2026-02-27T12:00Z", "2026-03-29T23:00Z", "lasts through 29 March"),
        ("2026-10-10T11:00Z", "2026-11-10T00:00Z", "clocks go back on 25 October"),
        ("2026-09-25T11:00Z", "2026-10-26T00:00Z", "lasts through 25 October"),
        ("2026-06-30T22:59Z", "2026-07-30T23:00Z", "still 30 June in the UK"),
        ("2026-06-30T23:30Z", "2026-07-31T23:00Z", "1 July in the UK, June in UTC"),
        ("2028-01-30T12:00Z", "2028-03-01T00:00Z", "lasts through 29 February"),
        ("2028-02-01T12:00Z", "2028-03-03T00:00Z", "leap year"),
        ("2026-12-31T23:59Z", "2027-01-31T00:00Z", "over the new year"),
    ],
)
def test_an_offer_lapses_at_the_uk_midnight_that_ends_day_thirty(issued, lapses, why):
    answer = quote_lapses_at(datetime.fromisoformat(issued))

    assert answer == datetime.fromisoformat(lapses), why
    assert answer.utcoffset() == timedelta(0)


def test_a_naive_time_is_refused():
    with pytest.raises(ValueError, match="naive"):
        quote_lapses_at(datetime.fromisoformat("2026-01-05T12:00"))


@given(INSTANTS, st.integers(1, 60))
def test_the_day_shown_is_the_day_computed_whatever_the_zone(issued_at, days):
    lapses_at = quote_lapses_at(issued_at, days)

    assert last_day_before(lapses_at) == uk_date(issued_at) + timedelta(days=days)
    assert lapses_at > issued_at


@pytest.mark.guidance("R-3.4-4")
@pytest.mark.parametrize(
    ("passed", "due"),
    [
        (0, []),
        (19, []),
        (20, [20]),
        (26, [20]),
        (27, [20, 27]),
        (29, [20, 27]),
        (30, [20, 27, 30]),
    ],
)
def test_reminders_come_on_days_20_27_and_the_last(passed, due):
    issued_on = date(2026, 3, 3)
    today = issued_on + timedelta(days=passed)

    assert reminders_due(issued_on, today, [30, 20, 27], 30) == due


def test_the_last_day_is_reminded_of_also_when_an_offer_is_open_for_less():
    issued_on = date(2026, 3, 3)

    assert reminders_due(issued_on, date(2026, 3, 17), [20, 27, 30], 14) == [14]
