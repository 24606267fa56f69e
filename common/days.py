"""Days and times as people type or paste them, and as the portal writes them.

The day stands before the month, as in the United Kingdom. A year of two figures is one
of this century.
"""

import re
from datetime import date, datetime, time
from unicodedata import category

from common.clock import UK
from common.lines import MINUS, one_line

MONTHS = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]
WEEKDAYS = [
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
]
SHORTEST_NAME = 3
FIRST_YEAR, LAST_YEAR = 1900, 2199
CENTURY = 2000
TWO_FIGURES = 2
NOON = 12

WEEKDAY = re.compile(r"([a-z]{3,9}),? +(?=\d)")
YEAR = r"(?P<year>\d{4}|\d{2})"
NAME = r"(?P<month>[a-z]{3,9})\.?"
ORDINAL = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
FORMS = [
    re.compile(pattern, re.ASCII)
    for pattern in (
        r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})",
        rf"(?P<day>\d{{1,2}}) ?[/.-] ?(?P<month>\d{{1,2}}) ?[/.-] ?{YEAR}",
        rf"(?P<day>\d{{1,2}}) (?P<month>\d{{1,2}}) {YEAR}",
        rf"{ORDINAL}[ -]?(?:of )?{NAME},?[ -]?{YEAR}",
        rf"{NAME} {ORDINAL},? {YEAR}",
    )
]
TIME = re.compile(
    r"(?P<hour>\d{1,2})(?:[:.](?P<minute>\d{2})(?::\d{2})?)? ?(?P<half>am|pm)?",
    re.ASCII,
)
DAY_AND_TIME = re.compile(
    r"(?P<day>.*?\d)(?:t|,? (?:at )?)(?P<time>\d{1,2}[:.]\d{2}(?::\d{2})?(?: ?[ap]m)?|"
    r"\d{1,2} ?[ap]m)",
    re.ASCII,
)


def plain(text: str) -> str:
    """Return `text` as one line in small letters, every dash a hyphen."""
    signs = one_line(text).casefold()
    return "".join("-" if s == MINUS or category(s) == "Pd" else s for s in signs)


def read_day(text: str) -> date:
    """Return the day: "14 January 2027", "14 Jan 27", "14/01/27" or "2027-01-14".

    Raises:
        ValueError: there is no such day, or its weekday is another one.
    """
    typed = plain(text)
    named = WEEKDAY.match(typed)
    rest = typed[named.end() :] if named else typed
    for form in FORMS:
        if found := form.fullmatch(rest):
            return checked(named, day_of(found))
    if named and (found := FORMS[-1].fullmatch(typed)):
        return day_of(found)
    raise ValueError(f"{typed!r} is no day.")


def day_of(found: re.Match[str]) -> date:
    month, year = month_number(found["month"]), year_number(found["year"])
    return date(year, month, int(found["day"]))


def checked(named: re.Match[str] | None, day: date) -> date:
    """Return the day, if it falls on the weekday that was named with it, if any."""
    if named and not WEEKDAYS[day.weekday()].startswith(named[1]):
        raise ValueError(f"{day} is no {named[1]}.")
    return day


def figures(text: str) -> int:
    """Return a whole number of plain figures.

    Raises:
        ValueError: `text` has anything else.
    """
    if not (text.isascii() and text.isdecimal()):
        raise ValueError(f"{text!r} is no number.")
    return int(text)


def year_number(text: str) -> int:
    """Return the year, which people mean only if it is of our time: "27" is 2027.

    Raises:
        ValueError: `text` is no year, or one of long ago.
    """
    year = figures(text)
    if len(text) == TWO_FIGURES:
        return CENTURY + year
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise ValueError(f"Nobody means the year {year}.")
    return year


def month_number(text: str) -> int:
    """Return 1 to 12 for "3", "Mar" or "March".

    Raises:
        ValueError: `text` names no month.
    """
    if text.isdecimal():
        return figures(text)
    word = text.casefold().rstrip(".")
    # "Sept" begins September; three letters are enough for each.
    if len(word) >= SHORTEST_NAME:
        for number, name in enumerate(MONTHS, start=1):
            if name.startswith(word):
                return number
    raise ValueError(f"No month is called {text!r}.")


def read_time(text: str) -> time:
    """Return the time of day: "14:30", "2.30pm" or "2pm".

    Raises:
        ValueError: there is no such time.
    """
    found = TIME.fullmatch(plain(text))
    if found is None or not (found["minute"] or found["half"]):
        raise ValueError(f"{text!r} is no time.")
    hour, minute = int(found["hour"]), int(found["minute"] or 0)
    if found["half"]:
        if not 1 <= hour <= NOON:
            raise ValueError(f"{text!r} is no time.")
        hour = hour % NOON + (NOON if found["half"] == "pm" else 0)
    return time(hour, minute)


def read_moment(text: str) -> datetime:
    """Return the day and the time, in the UK: "14 Jan 2027, 2:30pm". Aware.

    Raises:
        ValueError: there is no such day, or no such time.
    """
    found = DAY_AND_TIME.fullmatch(plain(text))
    if found is None:
        raise ValueError(f"{text!r} is no day with a time.")
    day, moment = read_day(found["day"].rstrip(",")), read_time(found["time"])
    return datetime.combine(day, moment, tzinfo=UK)
