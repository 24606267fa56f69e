"""The clocks of an offer and the days of its figures. Pure: dates in, dates out."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings

from common.clock import end_of_uk_day, uk_date
from common.dated import Days, overlap, require_order_of_days
from common.wording import day_words
from common.working_days import WorkingCalendar
from quotes.errors import (
    FiguresGap,
    FiguresOverlap,
    NothingFollows,
)

QUOTE_OPEN_DAYS = int(settings.QUOTE_OPEN_DAYS)
# Time to read what the codes say and to look for the missing page; our own figure.
TO_CONFIRM = timedelta(minutes=15)
ONE_DAY = timedelta(days=1)


def quote_last_day(received_on: date, open_days: int = QUOTE_OPEN_DAYS) -> date:
    """Return the last UK day on which an offer received on `received_on` can be taken.

    The day of receipt is not counted; weekends and bank holidays are.

    Source: R-2.11-1, R-3.4-1, R-3.6-5.
    """
    return received_on + timedelta(days=open_days)


def quote_lapses_at(
    received_at: datetime, open_days: int = QUOTE_OPEN_DAYS
) -> datetime:
    """Return the instant from which an offer received at `received_at` is over.

    Args:
        received_at: aware, in any zone.
        open_days: calendar days; 30 for a first offer, a setting for an updated one.

    Returns:
        Aware, in UTC, a UK midnight. The offer is open while `now` is before it.

    Raises:
        ValueError: `received_at` is naive.

    Source: R-2.11-1, R-3.4-3, T29.
    """
    return end_of_uk_day(quote_last_day(uk_date(received_at), open_days))


def hands_itself_in_at(uploaded_at: datetime) -> datetime:
    """Return the instant at which an upload that nobody confirmed is handed in.

    It counts from `uploaded_at` all the same. The guidance knows no such step: 15
    minutes are our own figure.

    Source: R-2.11-3.
    """
    return uploaded_at + TO_CONFIRM


def reminders_due(
    received_on: date, today: date, days: Iterable[int], open_days: int
) -> list[int]:
    """Return on which days after receipt a reminder has come due by `today`.

    Args:
        days: days after receipt; those past the last day are left out.
        open_days: for how many days the offer is open; its last day is always one.

    Source: R-3.4-4.
    """
    chosen = {day for day in days if day < open_days} | {open_days}
    passed = (today - received_on).days
    return [day for day in sorted(chosen) if day <= passed]


def ended_by(row: Days, others: Iterable[Days]) -> list[Any]:
    """Return the open rows that `row` ends by beginning later. Source: R-2.9.3-2."""
    return [one for one in others if one.until_on is None and one.from_on < row.from_on]


def require_one_a_day(row: Days, others: Iterable[Days], *, is_seamless: bool) -> None:
    """Refuse a row that would leave two figures for a day, or none for one.

    Args:
        row: as it is to be kept; an open row that began earlier ends the day before.
        others: the rows of the same series.
        is_seamless: whether the series may have no day without a figure.

    Raises:
        EndsBeforeItBegins, FiguresOverlap, FiguresGap, NothingFollows.

    Source: R-2.9.3-2, R-2.9.3-4.
    """
    require_order_of_days(row.from_on, row.until_on)
    kept = list(others)
    ended = ended_by(row, kept)
    for other in kept:
        if other not in ended and overlap(row, other):
            raise FiguresOverlap(other=other)
    if is_seamless and kept and not ended:
        require_no_gap_before(row, kept)
    if is_seamless:
        require_no_gap_after(row, kept)


def require_no_gap_before(row: Days, others: list[Days]) -> None:
    """Refuse days without a figure before `row`. Source: R-2.9.3-4."""
    ends = [one.until_on for one in others if one.from_on < row.from_on]
    latest = max((day for day in ends if day), default=None)
    if latest is not None and latest + ONE_DAY < row.from_on:
        first, last = latest + ONE_DAY, row.from_on - ONE_DAY
        raise FiguresGap(first=day_words(first), last=day_words(last))


def require_no_gap_after(row: Days, others: list[Days]) -> None:
    """Refuse days without a figure after `row`. Source: R-2.9.3-4."""
    if row.until_on is None:
        return
    first = row.until_on + ONE_DAY
    begins = min(
        (one.from_on for one in others if one.from_on > row.from_on), default=None
    )
    if begins is None:
        raise NothingFollows(first=day_words(first))
    if begins > first:
        last = day_words(begins - ONE_DAY)
        raise FiguresGap(first=day_words(first), last=last)


def warning_due_on(due_on: date, calendar: WorkingCalendar) -> date:
    """Return the UK day on which DCC is warned of a quotation due on `due_on`.

    The working day before; the guidance asks for a warning and names no day.

    Source: R-3.3-1.
    """
    return calendar.subtract(due_on, 1)


def is_in_time(sent_at: datetime, due_on: date) -> bool:
    """Say whether a quotation sent at `sent_at` kept its due day. Source: R-3.3-1."""
    return uk_date(sent_at) <= due_on
