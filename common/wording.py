"""How days and small numbers are written in a sentence. Pure."""

from datetime import date, datetime, time
from functools import lru_cache

from django.utils.dateformat import format as formatted

NUMBERS = (
    "no",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
)


# A page tells the same few days many times over: four years of them stay at hand.
@lru_cache(maxsize=2 * 4 * 366)
def written(day: date, how: str) -> str:
    return formatted(day, how)


def plain(day: date) -> date:
    return day.date() if isinstance(day, datetime) else day


def day_words(day: date | None) -> str:
    """Return "5 March 2026", or nothing for no day.

    Of an instant it is the day in the zone that the instant bears: make it the UK's.
    """
    return written(plain(day), "j F Y") if day else ""


def long_day_words(day: date | None) -> str:
    """Return "Thursday 5 March 2026": a last day is always told with its weekday."""
    return written(plain(day), "l j F Y") if day else ""


def time_words(moment: time) -> str:
    """Return "8:30am", "9am" or "12 noon"."""
    if (moment.hour, moment.minute) == (12, 0):
        return "12 noon"
    return formatted(moment, "g:ia" if moment.minute else "ga").replace(".", "")


def number_words(count: int) -> str:
    """Return "five" for 5 and "13" for 13; nothing at all is "no"."""
    return NUMBERS[count] if count < len(NUMBERS) else f"{count:,}"


def plural(count: int, noun: str) -> str:
    """Return "one order", "six orders", "10,000 orders", "no orders"."""
    return f"{number_words(count)} {noun}{'' if count == 1 else 's'}"


def years_words(years: int) -> str:
    """Return "1 year" or "3 years"."""
    return f"{years} year{'' if years == 1 else 's'}"


def months_words(months: int) -> str:
    """Return "1 month" or "12 months"."""
    return f"{months} month{'' if months == 1 else 's'}"
