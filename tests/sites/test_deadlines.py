from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from common.working_days import WorkingCalendar
from orders.commands import working_calendar
from orders.models import BankHoliday
from sites.deadlines import last_free_day
from sites.models import SiteVisit

DAYS = st.dates(date(2015, 1, 1), date(2040, 1, 1))
HOLIDAYS = st.frozensets(DAYS, max_size=30)


@pytest.mark.django_db
@pytest.mark.guidance("R-3.5-7")
@pytest.mark.parametrize(
    ("visit_on", "last_day", "why"),
    [
        ("2015-04-14", "2015-04-07", "the specification's example"),
        ("2015-04-13", "2015-04-02", "Easter Monday and Good Friday lie between"),
        ("2026-03-10", "2026-03-03", "one weekend"),
        ("2026-01-05", "2025-12-24", "Christmas, Boxing Day and New Year's Day"),
        ("2026-03-14", "2026-03-09", "a visit on a Saturday"),
    ],
)
def test_a_visit_moves_free_until_the_fifth_working_day_before(visit_on, last_day, why):
    day = date.fromisoformat(visit_on)

    assert last_free_day(day, working_calendar()) == date.fromisoformat(last_day), why


@pytest.mark.django_db
@pytest.mark.guidance("R-3.5-7")
@pytest.mark.parametrize(
    ("visit_on", "last_days", "why"),
    [
        # England and Wales, Scotland, Northern Ireland
        ("2026-03-23", "03-16 03-16 03-13", "St Patrick's Day is Northern Ireland's"),
        ("2026-04-13", "04-02 04-06 04-02", "Scotland works on Easter Monday"),
        ("2026-07-17", "07-10 07-10 07-09", "the Battle of the Boyne, a day later"),
        ("2026-12-04", "11-27 11-26 11-27", "St Andrew's Day is Scotland's"),
        ("2027-01-06", "12-29 12-24 12-29", "Scotland rests on 2 January too"),
    ],
)
def test_each_part_of_the_kingdom_counts_by_its_own_bank_holidays(
    settings, visit_on, last_days, why
):
    found = []
    for division in BankHoliday.Division.values:
        settings.BANK_HOLIDAY_DIVISION = division
        last = last_free_day(date.fromisoformat(visit_on), working_calendar())
        found.append(f"{last:%m-%d}")

    assert " ".join(found) == last_days, why


@pytest.mark.guidance("R-3.5-7")
@given(visit_on=DAYS, holidays=HOLIDAYS)
def test_five_working_days_lie_from_the_last_free_day_up_to_the_visit(
    visit_on, holidays
):
    calendar = WorkingCalendar(holidays)
    last = last_free_day(visit_on, calendar)

    assert calendar.is_working_day(last)
    assert calendar.between(last - timedelta(1), visit_on - timedelta(1)) == 5


@given(visit_on=DAYS, holidays=HOLIDAYS)
def test_a_later_visit_never_has_an_earlier_free_day(visit_on, holidays):
    calendar = WorkingCalendar(holidays)
    later = last_free_day(visit_on + timedelta(1), calendar)

    assert last_free_day(visit_on, calendar) <= later


@pytest.mark.guidance("R-3.5-7")
def test_a_visit_is_free_to_move_on_its_last_free_day_and_not_on_the_next():
    visit = SiteVisit(last_free_day=date(2026, 3, 3))

    assert visit.is_free_to_move_on(date(2026, 3, 3))
    assert not visit.is_free_to_move_on(date(2026, 3, 4))
