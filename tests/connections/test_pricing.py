"""What ending costs: the worked examples, and a slow model that counts day by day."""

from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from connections.pricing import Commitment

COMPLETED = date(2026, 5, 5)
HV = Commitment(COMPLETED, (("Connection charge", Decimal(3000)),), Decimal(4000), 3)
LV = Commitment(COMPLETED, (("Connection charge", Decimal(2000)),), Decimal(600), 1)
NO_MINIMUM = Commitment(COMPLETED, (), Decimal(600), 0)


@pytest.mark.guidance("R-2.10-2", "T6", "T30")
@pytest.mark.parametrize(
    ("commitment", "last_day", "charge"),
    [
        (HV, date(2026, 9, 20), "8000"),
        (HV, date(2027, 5, 4), "8000"),
        (HV, date(2027, 5, 5), "4000"),
        (HV, date(2027, 6, 20), "4000"),
        (HV, date(2028, 6, 20), "0"),
        (HV, date(2029, 5, 4), "0"),
        (HV, date(2030, 1, 1), "0"),
        (LV, date(2026, 9, 20), "0"),
        (NO_MINIMUM, date(2026, 9, 20), "0"),
    ],
)
def test_ending_costs_what_is_committed_and_not_yet_invoiced(
    commitment, last_day, charge
):
    assert commitment.balance(last_day) == Decimal(charge)


MONEY = st.decimals(0, 99999, places=2)
CASES = st.tuples(
    st.dates(date(2015, 1, 26), date(2060, 12, 31)),
    st.lists(MONEY, max_size=3),
    MONEY,
    st.sampled_from([0, 1, 3]),
)


# Each order is asked about on each of so many days: 25 of them make 45,000 cases.
DAYS = 5 * 366


def counted_day_by_day(completed_on, once, annual, years):
    """Live through each day: what falls due is paid; what is left is owed at its end.

    Knows nothing of months: a year is over when day and month come round, on
    28 February for who began on the 29th of a leap year.

    Yields:
        Each day, and what ending on it costs.
    """
    owed = sum(once, Decimal(0)) + annual * years
    owed -= sum(once, Decimal(0))
    begun, day = 0, completed_on
    for _ in range(DAYS):
        if begun < years and is_anniversary(completed_on, day):
            owed -= annual
            begun += 1
        yield day, owed
        day += timedelta(days=1)


def is_anniversary(begin, day):
    if (begin.month, begin.day) == (2, 29) and not is_leap(day.year):
        return (day.month, day.day) == (2, 28)
    return (day.month, day.day) == (begin.month, begin.day)


def is_leap(year):
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


@pytest.mark.guidance("R-2.10-2")
@settings(max_examples=25)
@given(CASES)
@example((date(2028, 2, 29), [Decimal(1)], Decimal(600), 3))
@example((date(2026, 8, 31), [], Decimal("0.01"), 3))
def test_on_each_day_it_is_what_a_slow_count_of_days_says(case):
    completed_on, once, annual, years = case
    names = tuple((f"Item {number}", net) for number, net in enumerate(once))
    commitment = Commitment(completed_on, names, annual, years)

    slow = counted_day_by_day(completed_on, once, annual, years)

    assert [day for day, owed in slow if commitment.balance(day) != owed] == []


@given(CASES)
def test_the_charge_falls_at_each_anniversary_and_never_rises(case):
    completed_on, once, annual, years = case
    names = tuple((f"Item {number}", net) for number, net in enumerate(once))
    commitment = Commitment(completed_on, names, annual, years)

    stretches = list(commitment.stretches())

    for one, after in pairwise(stretches):
        assert after.first == one.last + timedelta(days=1)
        assert after.charge == one.charge - annual
    for one in stretches:
        assert commitment.balance(one.first) == commitment.balance(one.last)
        assert one.invoiced + one.charge == commitment.total
