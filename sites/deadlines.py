"""The warning before a visit, the time to dispute its cost. Pure: dates in and out."""

from datetime import date

from django.conf import settings

from common.working_days import WorkingCalendar

VISIT_WARNING_WORKING_DAYS = int(settings.VISIT_WARNING_WORKING_DAYS)
VISIT_DISPUTE_WORKING_DAYS = int(settings.VISIT_DISPUTE_WORKING_DAYS)
ACCESS_WORKING_DAYS = int(settings.ACCESS_WORKING_DAYS)


def last_free_day(visit_on: date, calendar: WorkingCalendar) -> date:
    """Return the last UK day on which a visit can be moved free of charge.

    The fifth working day before the visit; the day of the visit is not counted.

    Source: R-3.5-7.
    """
    return calendar.subtract(visit_on, VISIT_WARNING_WORKING_DAYS)


def last_day_to_dispute(confirmed_on: date, calendar: WorkingCalendar) -> date:
    """Return the last UK day to dispute that the next visit is charged: our own rule.

    The day on which DCC confirmed it is not counted.

    Source: R-2.9.1-10.
    """
    return calendar.add(confirmed_on, VISIT_DISPUTE_WORKING_DAYS)


def last_day_of_notice(
    visit_on: date, working_days: int, calendar: WorkingCalendar
) -> date:
    """Return the last UK day on which a site can be told of a visit in time.

    The day of the visit is not counted; a site that wants no notice takes that day.

    Source: R-2.13-2.
    """
    return calendar.subtract(visit_on, working_days) if working_days else visit_on


def last_day_for_access(asked_on: date, calendar: WorkingCalendar) -> date:
    """Return the last UK day for what a site asks for before a visit: our own rule.

    The day on which it was asked for is not counted.

    Source: R-2.13-4.
    """
    return calendar.add(asked_on, ACCESS_WORKING_DAYS)
