"""Working days against the government's own list of bank holidays."""

from datetime import date, timedelta

import pytest
from django.core.management import call_command
from govuk_bank_holidays.bank_holidays import BankHolidays
from hypothesis import given
from hypothesis import strategies as st

from common.working_days import WorkingCalendar
from orders.commands import seed_bank_holidays
from orders.models import BankHoliday

OFFICIAL = BankHolidays(use_cached_holidays=True)
DIVISIONS = {
    "ENG": BankHolidays.ENGLAND_AND_WALES,
    "SCT": BankHolidays.SCOTLAND,
    "NIR": BankHolidays.NORTHERN_IRELAND,
}
COVERED = range(2015, 2029)
# Proclaimed after the bundled list was made: the day after Scotland's first match.
LATER = {"SCT": {date(2026, 6, 15)}}


def official(division):
    rows = OFFICIAL.get_holidays(division=DIVISIONS[division])
    days = {row["date"] for row in rows if row["date"].year in COVERED}
    # On a weekend it is no working day anyhow; the substitute is what counts.
    return {day for day in days if day.weekday() < 5}


ENGLAND = WorkingCalendar(official("ENG"))
SCOTLAND = WorkingCalendar(official("SCT"))
DAYS = st.dates(date(2015, 1, 1), date(2028, 6, 30))


@pytest.mark.django_db
@pytest.mark.guidance("R-3.3-1")
@pytest.mark.parametrize("division", DIVISIONS)
def test_the_seeded_bank_holidays_are_the_official_ones(division):
    rows = BankHoliday.objects.filter(division=division, day__year__in=COVERED)
    seeded = {row.day for row in rows if row.day.weekday() < 5}

    assert seeded == official(division) | LATER.get(division, set())


@pytest.mark.django_db
def test_seeding_again_leaves_what_staff_changed():
    BankHoliday.objects.filter(division="SCT", day=date(2026, 12, 25)).delete()

    seed_bank_holidays()
    call_command("migrate", verbosity=0)

    assert not BankHoliday.objects.filter(division="SCT", day="2026-12-25").exists()


@pytest.mark.parametrize(
    ("calendar", "day", "answer"),
    [
        (ENGLAND, "2015-04-02", "2015-04-13"),
        (SCOTLAND, "2015-04-02", "2015-04-10"),
        (ENGLAND, "2015-01-26", "2015-02-02"),
        (ENGLAND, "2026-12-23", "2027-01-04"),
        (ENGLAND, "2020-05-01", "2020-05-11"),
        (ENGLAND, "2022-05-27", "2022-06-07"),
    ],
    ids=["Easter", "Easter in Scotland", "plain", "Christmas", "VE Day", "Jubilee"],
)
def test_five_working_days_after_a_day(calendar, day, answer):
    assert calendar.add(date.fromisoformat(day), 5) == date.fromisoformat(answer)


def test_five_working_days_before_a_visit():
    assert ENGLAND.subtract(date(2015, 4, 14), 5) == date(2015, 4, 7)


@pytest.mark.parametrize("count", [0, -1])
def test_counting_no_day_is_refused(count):
    with pytest.raises(ValueError, match="at least one"):
        ENGLAND.add(date(2026, 3, 3), count)
    with pytest.raises(ValueError, match="at least one"):
        ENGLAND.subtract(date(2026, 3, 3), count)


@given(DAYS, st.integers(1, 60))
def test_the_nth_working_day_is_a_working_day_with_n_counted(day, count):
    later = ENGLAND.add(day, count)

    assert ENGLAND.is_working_day(later)
    between = (day + timedelta(days=n) for n in range(1, (later - day).days + 1))
    assert sum(ENGLAND.is_working_day(each) for each in between) == count
    assert ENGLAND.between(day, later) == count == -ENGLAND.between(later, day)


@given(DAYS, st.integers(1, 30))
def test_going_back_finds_the_day_that_one_came_from(day, count):
    start = ENGLAND.add(day, 1)

    assert ENGLAND.subtract(ENGLAND.add(start, count), count) == start


@given(DAYS, st.integers(1, 20), st.integers(1, 20))
def test_counting_in_two_parts_is_counting_at_once(day, first, second):
    assert SCOTLAND.add(SCOTLAND.add(day, first), second) == SCOTLAND.add(
        day, first + second
    )


@given(DAYS, DAYS)
def test_a_later_acceptance_is_never_due_earlier(first, second):
    earlier, later = sorted([first, second])

    assert ENGLAND.add(earlier, 5) <= ENGLAND.add(later, 5)
