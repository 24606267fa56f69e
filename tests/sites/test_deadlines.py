from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from common.working_days import WorkingCalendar
from orders.commands import working_calendar
from sites.deadlines import last_free_day

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
