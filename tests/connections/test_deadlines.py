from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connections.deadlines import period_last_day, renewal_due_on, window_last_day

DAYS = st.dates(date(2015, 1, 26), date(2060, 1, 1))
YEARS = st.sampled_from([1, 3])


@pytest.mark.guidance("R-2.5-1", "R-2.5-4")
@pytest.mark.parametrize(
    ("completed", "years", "last_day", "notice", "why"),
    [
        ("2025-06-16", 3, "2028-06-15", "2028-02-16", "an ordinary day"),
        ("2026-03-01", 1, "2027-02-28", "2026-11-01", "not 28 October"),
        ("2028-02-29", 1, "2029-02-27", "2028-10-29", "common year after a leap day"),
        ("2028-02-29", 3, "2031-02-27", "2030-10-29", "the same over three years"),
        ("2027-03-01", 1, "2028-02-29", "2027-11-01", "ends on a leap day"),
        ("2026-06-30", 1, "2027-06-29", "2027-02-28", "notice in a short month"),
        ("2026-10-31", 1, "2027-10-30", "2027-06-30", "no 31 June"),
        ("2026-12-31", 3, "2029-12-30", "2029-08-31", "end of the year"),
    ],
)
def test_a_period_ends_the_day_before_and_its_notice_is_due_four_months_before(
    completed, years, last_day, notice, why
):
    day = date.fromisoformat(completed)

    assert period_last_day(day, years * 12) == date.fromisoformat(last_day), why
    assert renewal_due_on(day, years * 12) == date.fromisoformat(notice), why


@pytest.mark.guidance("R-2.5-6")
@pytest.mark.parametrize(
    ("sent", "last_day"),
    [
        ("2028-02-16", "2028-03-16"),
        ("2027-01-31", "2027-02-28"),
        ("2028-01-30", "2028-02-29"),
        ("2026-12-31", "2027-01-31"),
    ],
)
def test_the_window_is_one_month_from_the_notice(sent, last_day):
    day = date.fromisoformat(sent)

    assert window_last_day(day) == date.fromisoformat(last_day)


@pytest.mark.guidance("R-2.5-1")
@given(completed=DAYS, years=YEARS)
def test_a_period_is_whole_years_long(completed, years):
    anniversary = period_last_day(completed, years * 12) + timedelta(days=1)

    assert anniversary.year - completed.year == years
    assert anniversary.month == completed.month
    assert completed.day - anniversary.day in ({0, 1} if completed.day == 29 else {0})


@pytest.mark.guidance("R-2.5-4", "R-2.5-6")
@given(completed=DAYS, years=YEARS)
def test_the_window_is_over_before_the_period_is(completed, years):
    notice = renewal_due_on(completed, years * 12)
    last_day = period_last_day(completed, years * 12)

    assert completed < notice < last_day
    assert timedelta(days=118) <= last_day - notice <= timedelta(days=123)
    assert window_last_day(notice) < last_day


@given(completed=DAYS, years=YEARS)
def test_a_later_completion_never_ends_earlier(completed, years):
    later = completed + timedelta(days=1)

    assert period_last_day(completed, years * 12) <= period_last_day(later, years * 12)
    assert renewal_due_on(completed, years * 12) <= renewal_due_on(later, years * 12)


@pytest.mark.guidance("T5")
@given(sent=DAYS)
def test_a_window_is_never_shorter_than_its_month(sent):
    assert timedelta(days=28) <= window_last_day(sent) - sent <= timedelta(days=31)
