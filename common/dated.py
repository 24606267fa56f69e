"""What holds from a day to a day: which days, when two clash, and how it is told. Pure.

Both days are UK days and included; a row without a last day holds until further notice.
"""

from datetime import date
from typing import Protocol

from common.errors import DomainError
from common.wording import day_words


class Days(Protocol):
    """Anything that holds from a UK day to a UK day, both included."""

    from_on: date
    until_on: date | None


class EndsBeforeItBegins(DomainError):
    words = "The last day is before the first. Check both dates."


def require_order_of_days(from_on: date, until_on: date | None) -> None:
    """Refuse a last day before the first.

    Raises:
        EndsBeforeItBegins: in words that ask for both dates.
    """
    if until_on is not None and until_on < from_on:
        raise EndsBeforeItBegins


def holds(row: Days, day: date) -> bool:
    return row.from_on <= day <= last_of(row)


def overlap(one: Days, other: Days) -> bool:
    """Say whether there is a day on which both hold."""
    return one.from_on <= last_of(other) and other.from_on <= last_of(one)


def last_of(row: Days) -> date:
    """Return the last day to compare with: that of an open row comes after all."""
    return row.until_on or date.max


def span_words(row: Days) -> str:
    """Return "from 5 March 2026 until 4 March 2027", or without an end."""
    until = f" until {day_words(row.until_on)}" if row.until_on else ""
    return f"from {day_words(row.from_on)}{until}"
