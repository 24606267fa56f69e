"""The warning before a visit, the site's and ours. Pure: dates in, dates out."""

from datetime import date

from django.conf import settings

from common.working_days import WorkingCalendar

VISIT_WARNING_WORKING_DAYS = int(settings.VISIT_WARNING_WORKING_DAYS)


def last_free_day(visit_on: date, calendar: WorkingCalendar) -> date:
    """Return the last UK day on which a visit can be moved free of charge.

    The fifth working day before the visit; the day of the visit is not counted.

    Source: R-3.5-7.
    """
    return calendar.subtract(visit_on, VISIT_WARNING_WORKING_DAYS)


def last_day_of_notice(
    visit_on: date, working_days: int, calendar: WorkingCalendar
) -> date:
    """Return the last UK day on which a site can be told of a visit in time.

    The day of the visit is not counted; a site that wants no notice takes that day.

    Source: R-2.13-2.
    """
    return calendar.subtract(visit_on, working_days) if working_days else visit_on
