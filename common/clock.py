"""UK civil time: the only module that names the zone.

An instant is aware and stored in UTC. A deadline is a UK date, met by anything done
before the UK midnight that ends it.
"""

from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from dateutil.relativedelta import relativedelta

UK = ZoneInfo("Europe/London")
NOON = 12
MONTHS_A_YEAR = 12


def uk_date(instant: datetime) -> date:
    """Return the day in the UK on which `instant` falls.

    Raises:
        ValueError: `instant` is naive.
    """
    if instant.tzinfo is None:
        raise ValueError(f"A naive time has no UK date: {instant!r}.")
    return instant.astimezone(UK).date()


def start_of_uk_day(day: date) -> datetime:
    """Return, aware and in UTC, the midnight that begins `day` in the UK.

    UK clocks change at 01:00 UTC, so midnight never repeats and is never skipped.
    """
    return datetime.combine(day, time(), tzinfo=UK).astimezone(UTC)


def end_of_uk_day(day: date) -> datetime:
    """Return, aware and in UTC, the midnight that ends `day` in the UK.

    It is the first instant that is too late for a deadline whose last day is `day`.
    """
    return start_of_uk_day(day + timedelta(days=1))


def last_day_before(instant: datetime) -> date:
    """Return the last UK day that is wholly or partly before `instant`.

    For a deadline held as an instant this is the day to show to people.
    """
    return uk_date(instant - timedelta(microseconds=1))


def uk_time(instant: datetime) -> str:
    """Return "5 March 2026, 2:40pm", in the UK."""
    local = instant.astimezone(UK)
    return f"{local.day} {local:%B %Y}, {uk_clock(instant)}"


def uk_clock(instant: datetime) -> str:
    """Return "2:40pm", in the UK."""
    local = instant.astimezone(UK)
    half = "am" if local.hour < NOON else "pm"
    return f"{local.hour % NOON or NOON}:{local:%M}{half}"


# A forecast or a list counts the same months from the same days many times over.
@lru_cache(maxsize=8192)
def add_months(day: date, months: int) -> date:
    """Return the corresponding date `months` later (earlier if negative).

    Clipped to the last day of a shorter month. Always call it with the original date:
    chaining clipped dates drifts.
    """
    return day + relativedelta(months=months)
