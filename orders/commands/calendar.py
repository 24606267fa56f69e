"""The bank holidays on record, and the working days that follow from them."""

from datetime import date, datetime

import holidays
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.utils import timezone

from common.prepared import prepared
from common.working_days import WorkingCalendar
from orders.deadlines import SERVICE_START
from orders.models import BankHoliday
from parties.models import User
from parties.policies import is_operations
from records.transitions import record_event
from records.unit import command

NEEDS_HIGHEST_HOLIDAY_YEAR = 2037


def working_calendar() -> WorkingCalendar:
    """Return the working days of the division that the settings name."""
    return WorkingCalendar(frozenset(holidays_of(settings.BANK_HOLIDAY_DIVISION)))


@prepared
def holidays_of(division: str) -> QuerySet[BankHoliday, date]:
    return BankHoliday.objects.days_of(division)


def seed_bank_holidays() -> None:
    """Fill in each division's bank holidays from 2015, where it has none yet."""
    years = range(SERVICE_START.year, NEEDS_HIGHEST_HOLIDAY_YEAR + 1)
    for division in BankHoliday.Division.values:
        if BankHoliday.objects.filter(division=division).exists():
            continue
        days = holidays.country_holidays("GB", subdiv=division, years=years)
        BankHoliday.objects.bulk_create(
            BankHoliday(division=division, day=day, name=name)
            for day, name in sorted(days.items())
        )


@command
def save_bank_holiday(
    *, division: str, day: date, name: str, by: User, at: datetime | None = None
) -> BankHoliday:
    """Add or rename a bank holiday. Deadlines already written keep their day."""
    if not is_operations(by):
        raise PermissionDenied
    at = at or timezone.now()
    row, is_new = BankHoliday.objects.update_or_create(
        division=division, day=day, defaults={"name": name}
    )
    what = f"{row} {'entered' if is_new else 'renamed'}"
    record_event(row, "save_bank_holiday", by=by, at=at, what=what, is_public=False)
    return row
