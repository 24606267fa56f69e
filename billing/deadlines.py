"""On which days invoices are issued."""

from datetime import date, timedelta


def last_run_on(today: date, day: int) -> date:
    """Return the UK day of the last monthly run: `day` of this month or the one before.

    Args:
        day: 1 to 28.

    Source: R-2.9.1-7. The day is our own rule.
    """
    if today.day >= day:
        return today.replace(day=day)
    return (today.replace(day=1) - timedelta(days=1)).replace(day=day)
