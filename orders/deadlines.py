"""Clocks of the request. Pure: dates in, dates out."""

from datetime import date

from django.conf import settings

from common.working_days import WorkingCalendar

QUOTE_WORKING_DAYS = int(settings.QUOTE_WORKING_DAYS)
SERVICE_START = date(2015, 1, 26)


def quote_due_on(accepted_on: date, calendar: WorkingCalendar) -> date:
    """Return the last UK day on which the quotation is sent in time.

    Five working days after the day of acceptance, which is not counted.

    Source: R-3.3-1, R-3.2-7.
    """
    return calendar.add(accepted_on, QUOTE_WORKING_DAYS)
