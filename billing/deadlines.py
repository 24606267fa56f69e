"""On which days invoices are issued, and which month a moment belongs to."""

from datetime import date, datetime, timedelta

from common.clock import add_months, start_of_uk_day


def last_run_on(today: date, day: int) -> date:
    """Return the UK day of the last monthly run: `day` of this month or the one before.

    Args:
        day: 1 to 28.

    Source: R-2.9.1-7. The day is our own rule.
    """
    if today.day >= day:
        return today.replace(day=day)
    return (today.replace(day=1) - timedelta(days=1)).replace(day=day)


def ends_of_month(first: date) -> tuple[datetime, datetime]:
    """Return when a UK month begins, and when the one after it does.

    Args:
        first: its first day.

    Source: R-2.9.1-9. That an export covers a month is our own rule.
    """
    after = add_months(first, 1)
    return start_of_uk_day(first), start_of_uk_day(after)
