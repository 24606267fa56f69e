"""Whether working days can still be counted."""

from datetime import datetime

from dateutil.relativedelta import relativedelta
from django.conf import settings
from django.db.models import Max

from common.clock import uk_date
from orders.models import BankHoliday
from records.health import HealthCheck

CALENDAR_REACHES = relativedelta(years=1)


def calendar_ends_soon(now: datetime) -> HealthCheck:
    """Count 1 when the bank holidays on record end within a year."""
    ours = BankHoliday.objects.filter(division=settings.BANK_HOLIDAY_DIVISION)
    last = ours.aggregate(last=Max("day"))["last"]
    ends_soon = last is None or last < uk_date(now) + CALENDAR_REACHES
    remedy = "Add the bank holidays to come, or working days are counted wrongly."
    name = "Bank holiday calendars that end within a year"
    return HealthCheck("bank_holidays", name, int(ends_soon), remedy)
