"""The clocks of an offer. Pure: dates in, dates out."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.conf import settings

from common.clock import end_of_uk_day, uk_date

QUOTE_OPEN_DAYS = int(settings.QUOTE_OPEN_DAYS)


def quote_last_day(issued_on: date, open_days: int = QUOTE_OPEN_DAYS) -> date:
    """Return the last UK day on which an offer issued on `issued_on` can be taken.

    The day of issue is not counted; weekends and bank holidays are.

    Source: R-2.11-1, R-3.4-1, R-3.6-5.
    """
    return issued_on + timedelta(days=open_days)


def quote_lapses_at(issued_at: datetime, open_days: int = QUOTE_OPEN_DAYS) -> datetime:
    """Return the instant from which an offer issued at `issued_at` is over.

    Args:
        issued_at: aware, in any zone.
        open_days: calendar days; 30 for a first offer, a setting for an updated one.

    Returns:
        Aware, in UTC, a UK midnight. The offer is open while `now` is before it.

    Raises:
        ValueError: `issued_at` is naive.

    Source: R-2.11-1, R-3.4-3.
    """
    return end_of_uk_day(quote_last_day(uk_date(issued_at), open_days))


def reminders_due(
    issued_on: date, today: date, days: Iterable[int], open_days: int
) -> list[int]:
    """Return on which days after issue a reminder has come due by `today`.

    Args:
        days: days after issue; those past the last day are left out.
        open_days: for how many days the offer is open; its last day is always one.

    Source: R-3.4-4.
    """
    chosen = {day for day in days if day < open_days} | {open_days}
    passed = (today - issued_on).days
    return [day for day in sorted(chosen) if day <= passed]
