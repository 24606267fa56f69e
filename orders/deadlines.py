"""Clocks of the request. Pure: dates in, dates out."""

from datetime import date, datetime, timedelta

from django.conf import settings

from common.clock import end_of_uk_day, uk_date
from common.working_days import WorkingCalendar

QUOTE_WORKING_DAYS = int(settings.QUOTE_WORKING_DAYS)
SERVICE_START = date(2015, 1, 26)
# To think again about a draft that was thrown away; our own figure.
UNDO_DAYS = 1


def quote_due_on(accepted_on: date, calendar: WorkingCalendar) -> date:
    """Return the last UK day on which the quotation is sent in time.

    Five working days after the day of acceptance, which is not counted.

    Source: R-3.3-1, R-3.2-7.
    """
    return calendar.add(accepted_on, QUOTE_WORKING_DAYS)


def discard_is_final_at(discarded_at: datetime) -> datetime:
    """Return the instant from which a draft that was thrown away stays so.

    The end of the next UK day, so that there is a whole day to think again. The
    guidance knows no drafts: the figure is our own.

    Returns:
        Aware, in UTC, a UK midnight. It can be put back while `now` is before it.

    Raises:
        ValueError: `discarded_at` is naive.

    Source: our own figure.
    """
    return end_of_uk_day(uk_date(discarded_at) + timedelta(days=UNDO_DAYS))
