"""Clocks of the request. Pure: dates in, dates out."""

from collections.abc import Collection
from datetime import date, datetime, timedelta

from django.conf import settings

from common.clock import end_of_uk_day, uk_date
from common.working_days import WorkingCalendar

QUOTE_WORKING_DAYS = int(settings.QUOTE_WORKING_DAYS)
SERVICE_START = date(2015, 1, 26)
# To think again about a draft that was thrown away; our own figure.
UNDO_DAYS = 1
# Between the e-mail that names the day and the end of an order without an answer; our
# own figure.
WARNING_DAYS = 7


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


def answer_reminder_due(
    returned_on: date, today: date, *, days: Collection[int], close_after: int
) -> int | None:
    """Return the latest reminder of open questions that is due, by its day.

    Where such orders are closed, the last one comes a week before and names the day.

    Args:
        days: calendar days after the one of the return.
        close_after: after so many days it is closed; 0 is never.

    Source: our own figures; the guidance sets no day for answers.
    """
    if close_after:
        last = warning_day(close_after)
        days = [*(day for day in days if day < last), last]
    gone = (today - returned_on).days
    return max((day for day in days if day <= gone), default=None)


def warning_day(close_after: int) -> int:
    """Return how many days after the return an order's end is announced.

    Source: our own figures; the guidance sets no day for answers.
    """
    return max(close_after - WARNING_DAYS, 1)


def answer_last_day(returned_on: date, warned_on: date, close_after: int) -> date:
    """Return the last UK day for an answer: a whole week after the warning at least.

    Source: our own figures; the guidance sets no day for answers.
    """
    return max(
        returned_on + timedelta(days=close_after),
        warned_on + timedelta(days=WARNING_DAYS),
    )
