"""Readings of a connection: read from a file row by row, packed a day at a time.

A reading is the mean rate over the five minutes that begin at its time, in bits per
second: towards DCC (up) and from DCC (down), as the Gateway Party sees it (R-2.6-6).
"""

import csv
import io
import struct
from array import array
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

from common.clock import UK, uk_date
from connections.errors import ReadingsWrong

SECONDS = 300
COLUMNS = ("timestamp", "up", "down")
# A terabit a second: no line that DCC supplies comes near it, whatever its unit was.
MOST_BITS = 10**12
# So many faults are named; somebody who meets more has another file in mind.
MOST_NAMED = 10
BYTES = 8
REPEATED = (
    "Times without a zone are UK times; in the hour that the clocks repeat, the first "
    "of two is summer time."
)


@dataclass
class Readings:
    """Readings in the order of time.

    Args:
        at: when each five minutes began, in seconds since 1970, UTC.
        up, down: bits per second, towards DCC and from it.
    """

    at: "array[int]" = field(default_factory=lambda: array("q"))
    up: "array[int]" = field(default_factory=lambda: array("q"))
    down: "array[int]" = field(default_factory=lambda: array("q"))

    def __len__(self) -> int:
        return len(self.at)

    def add(self, at: int, up: int, down: int) -> None:
        self.at.append(at)
        self.up.append(up)
        self.down.append(down)

    def rows(self) -> Iterator[tuple[int, int, int]]:
        return zip(self.at, self.up, self.down, strict=True)

    @property
    def first_at(self) -> datetime:
        return datetime.fromtimestamp(self.at[0], UTC)

    @property
    def last_at(self) -> datetime:
        return datetime.fromtimestamp(self.at[-1], UTC)


def read_csv(text: str) -> Readings:
    """Return what a file of readings says, or name what is wrong with it by line.

    The first line names the columns timestamp, up and down, in any order; others are
    left alone. A time is ISO 8601, with its zone or in UK time.

    Raises:
        ReadingsWrong: the file as a whole, or the lines that are wrong and why.

    Source: R-2.8-9.
    """
    lines = csv.reader(io.StringIO(text, newline=""))
    places = columns_of(next(lines, []))
    read, faults = RowReader(places), []
    for number, row in enumerate(lines, start=2):
        if not any(cell.strip() for cell in row):
            continue
        try:
            read.take(row)
        except ValueError as fault:
            faults.append(f"Line {number}: {fault}")
    if faults:
        raise ReadingsWrong(reason=named(faults))
    if not read.found:
        raise ReadingsWrong(reason="The file has no readings below its first line.")
    return read.sorted()


def columns_of(head: list[str]) -> dict[str, int]:
    names = [cell.strip().lower() for cell in head]
    missing = [name for name in COLUMNS if name not in names]
    if missing:
        raise ReadingsWrong(
            reason=(
                "The first line has to name the columns timestamp, up and down, with "
                f"commas between. Missing: {', '.join(missing)}."
            )
        )
    return {name: names.index(name) for name in COLUMNS}


def named(faults: list[str]) -> str:
    shown = " ".join(faults[:MOST_NAMED])
    more = len(faults) - MOST_NAMED
    return f"{shown} And {more} more lines." if more > 0 else shown


class RowReader:
    """Takes the rows of one file, each moment once."""

    def __init__(self, places: dict[str, int]) -> None:
        self.places = places
        self.found: dict[int, tuple[int, int]] = {}

    def take(self, row: list[str]) -> None:
        """Take one row.

        Raises:
            ValueError: what is wrong with it, in words.
        """
        at = self.moment(self.cell(row, "timestamp"))
        if at in self.found:
            raise ValueError("there is a reading for this time on an earlier line.")
        self.found[at] = (
            rate(self.cell(row, "up"), "up"),
            rate(self.cell(row, "down"), "down"),
        )

    def cell(self, row: list[str], name: str) -> str:
        place = self.places[name]
        text = row[place].strip() if place < len(row) else ""
        if not text:
            raise ValueError(f"{name} is empty.")
        return text

    def moment(self, text: str) -> int:
        """Return seconds since 1970. Without a zone it is UK time."""
        try:
            told = datetime.fromisoformat(text)
        except ValueError:
            words = "is no time such as 2026-10-24 13:05 or 2026-10-24T12:05:00Z."
            raise ValueError(f"{text[:40]} {words}") from None
        at = int((told if told.tzinfo else self.uk_moment(told, text)).timestamp())
        if at % SECONDS or told.microsecond:
            raise ValueError(f"{text} is not on a multiple of five minutes.")
        return at

    def uk_moment(self, told: datetime, text: str) -> datetime:
        """Return a UK wall time as the moment it was: some are twice, some never."""
        first = told.replace(tzinfo=UK, fold=0)
        if first.astimezone(UTC).astimezone(UK).replace(tzinfo=None) != told:
            raise ValueError(
                f"{text} did not exist: the clocks went forward past it. Give times "
                "with their zone, or leave the hour out."
            )
        is_told_before = int(first.timestamp()) in self.found
        return told.replace(tzinfo=UK, fold=1) if is_told_before else first

    def sorted(self) -> Readings:
        readings = Readings()
        for at in sorted(self.found):
            readings.add(at, *self.found[at])
        return readings


def rate(text: str, name: str) -> int:
    """Return whole bits per second; a fraction of a bit is rounded away."""
    try:
        bits = round(float(text))
    except (ValueError, OverflowError):
        raise ValueError(f"{name} is {text[:40]}, which is no number.") from None
    if bits < 0:
        raise ValueError(f"{name} is below zero.")
    if bits > MOST_BITS:
        raise ValueError(f"{name} is {text[:40]}: no line carries so many bits.")
    return bits


def by_day(readings: Readings) -> dict[date, Readings]:
    """Return the readings by the UK day on which each began."""
    found: dict[date, Readings] = {}
    for at, up, down in readings.rows():
        day = uk_date(datetime.fromtimestamp(at, UTC))
        found.setdefault(day, Readings()).add(at, up, down)
    return found


def readings_of_a_day(day: date) -> int:
    """Return how many a UK day has: 288, or 12 more or fewer where clocks change."""
    begins = datetime(day.year, day.month, day.day, tzinfo=UK)
    ends = (begins + timedelta(days=1)).astimezone(UTC)
    return int((ends - begins.astimezone(UTC)).total_seconds()) // SECONDS


def readings_between(first: date, last: date) -> int:
    """Return how many UK days have together, both inside."""
    count = (last - first).days + 1
    return sum(readings_of_a_day(first + timedelta(days=n)) for n in range(count))


def pack(readings: Readings) -> bytes:
    """Return readings as bytes: all times, then all rates up, then down."""
    numbers = [*readings.at, *readings.up, *readings.down]
    return struct.pack(f"<{len(numbers)}q", *numbers)


def unpack(packed: bytes) -> Readings:
    count = len(packed) // (3 * BYTES)
    numbers = struct.unpack(f"<{3 * count}q", packed)
    at, up, down = (
        array("q", numbers[first : first + count]) for first in (0, count, 2 * count)
    )
    return Readings(at, up, down)


def merged(days: Iterable[Readings]) -> Readings:
    """Return the readings of days, which are given in their order, as one."""
    whole = Readings()
    for one in days:
        whole.at.extend(one.at)
        whole.up.extend(one.up)
        whole.down.extend(one.down)
    return whole
