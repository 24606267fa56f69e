"""The clocks of a contract period. Pure: dates in, dates out.

Every date is computed from the day of completion, never from another computed one.
"""

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from django.conf import settings

from common.clock import MONTHS_A_YEAR, add_months, uk_date

if TYPE_CHECKING:
    from connections.models import ContractPeriod

NOTICE_MONTHS = int(settings.RENEWAL_NOTICE_MONTHS)
RATE_CHANGE_DAYS = int(settings.RATE_CHANGE_DAYS)
FAILOVER_MONTHS = int(settings.FAILOVER_TEST_MONTHS)
UNREAD_DAYS = int(settings.RENEWAL_UNREAD_DAYS)
WINDOW_MONTHS = int(settings.RENEWAL_WINDOW_MONTHS)


def period_first_day(completed_on: date, from_month: int) -> date:
    """Return the UK day on which a period begins.

    Args:
        completed_on: UK day on which installation was complete.
        from_month: whole months of the contract before it; 0 for the minimum period.

    Source: R-2.5-1, R-2.5-2, R-3.7-5.
    """
    return add_months(completed_on, from_month)


def period_last_day(completed_on: date, to_month: int) -> date:
    """Return the last UK day of a period.

    The day before the corresponding date `to_month` months after completion.

    Source: R-2.5-1, R-3.7-5.
    """
    return add_months(completed_on, to_month) - timedelta(days=1)


def year_begins_on(completed_on: date, number: int) -> date:
    """Return the first UK day of a year, by corresponding date from completion.

    Source: R-2.9.1-6, R-2.5-1.
    """
    return add_months(completed_on, (number - 1) * MONTHS_A_YEAR)


def renewal_due_on(completed_on: date, to_month: int) -> date:
    """Return the UK day on which the renewal notice of a period is due.

    Four months before the corresponding date on which the next one would begin.

    Args:
        to_month: whole months from completion to the end of the period.

    Source: R-2.5-4.
    """
    return add_months(completed_on, to_month - NOTICE_MONTHS)


def window_last_day(notice_on: date) -> date:
    """Return the last UK day to cancel free of charge after a notice sent `notice_on`.

    One month by corresponding date, from the day on which the notice really went (T5).

    Source: R-2.5-6.
    """
    return add_months(notice_on, WINDOW_MONTHS)


def later_window(period: "ContractPeriod", went_at: datetime) -> date:
    """Return the last UK day to cancel free of charge if the notice goes at `went_at`.

    The notice, its page and its e-mail all state this one: never earlier than was
    promised when the notice was owed.

    Args:
        period: with the window that it has so far, if any.
        went_at: aware.

    Source: R-2.5-6, T5.
    """
    last_day = window_last_day(uk_date(went_at))
    promised: date | None = period.window_last_day
    return max(last_day, promised) if promised else last_day


def call_on(notice_on: date, window_last_day: date) -> date:
    """Return the UK day on which the desk calls about a notice that nobody opened.

    Our own figure, and never after the last day to cancel free of charge.

    Source: R-2.5-6, R-2.5-9.
    """
    return min(notice_on + timedelta(days=UNREAD_DAYS), window_last_day)


def ends_on(period: "ContractPeriod", said_on: date) -> date:
    """Return the last UK day of a connection that is cancelled free of charge.

    The last one of the period. Where the notice went so late that the period was over
    by then, the day on which it is said: nothing runs on that nobody wanted.

    Source: R-2.5-7, T5, T6.
    """
    return max(period.last_day, said_on)


def rate_change_target(from_on: date) -> date:
    """Return the UK day by which a change of rate or of broadband is to be done.

    Args:
        from_on: UK day of the request; where it is charged, of the acceptance.

    Source: R-2.6-11, T13.
    """
    return from_on + timedelta(days=RATE_CHANGE_DAYS)


def failover_test_due_on(since: date) -> date:
    """Return the UK day from which a pair is due for a failover test again.

    Args:
        since: UK day of the last test, or from which both links are in service.

    Source: R-7-1.
    """
    return add_months(since, FAILOVER_MONTHS)


def last_test_by(today: date) -> date:
    """Return the latest UK day from which a test is due again by `today`.

    Months are clipped to their last day: what began on 29 February is due on 28.

    Source: R-7-1.
    """
    day = add_months(today, -FAILOVER_MONTHS)
    while failover_test_due_on(day + timedelta(days=1)) <= today:
        day += timedelta(days=1)
    return day
