"""Tables that people send as CSV: read into lines by the heads of their columns.

What the portal itself writes is read back as what it was (`common.csv_file`). What a
cell means is the business of whoever asked for the table.
"""

import csv
import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from common.csv_file import literal_text
from common.errors import DomainError
from common.lines import one_line

LONGEST = 400_000
MOST_LINES = 500


class TableWrong(DomainError):
    words = "{reason}"


@dataclass(frozen=True)
class TableKind:
    """What a table has to look like.

    Args:
        of: what one of its lines is, such as "session".
        heads: the columns that it must have, as they are written.
        may_have: those that are read where it has them.
        most_lines: below the heads; more are refused.
        longest: of the whole text, in characters.
    """

    of: str
    heads: tuple[str, ...]
    may_have: tuple[str, ...] = ()
    most_lines: int = MOST_LINES
    longest: int = LONGEST


@dataclass(frozen=True)
class TableLine:
    """One line of a table: its number, as a spreadsheet counts, and cells by head."""

    number: int
    cells: Mapping[str, str]


def read_table(text: str, kind: TableKind) -> list[TableLine]:
    """Return the lines of a table; columns that are not asked for are left alone.

    Raises:
        TableWrong: it is no such table, has no line below its heads, or too many.
    """
    if len(text) > kind.longest:
        raise TableWrong(reason=f"The file is too long for a list of {kind.of}s.")
    try:
        head, *rows = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    except (csv.Error, ValueError) as fault:
        reason = "The file is no table with commas between. Save it as CSV UTF-8."
        raise TableWrong(reason=reason) from fault
    places = places_of(head, kind)
    found = [
        TableLine(number, {name: cell(row, place) for name, place in places.items()})
        for number, row in enumerate(rows, start=2)
        if any(text.strip() for text in row)
    ]
    if not found:
        reason = f"The file has no {kind.of} below its first line."
        raise TableWrong(reason=reason)
    if len(found) > kind.most_lines:
        most = kind.most_lines
        reason = f"The file has {len(found)} {kind.of}s. Send {most} at most."
        raise TableWrong(reason=reason)
    return found


def places_of(head: Iterable[str], kind: TableKind) -> dict[str, int]:
    names = [one_line(name).lower() for name in head]
    missing = [name for name in kind.heads if name.lower() not in names]
    if missing:
        raise TableWrong(
            reason=(
                "The first line has to name the columns as in the table that we give. "
                f"Missing: {', '.join(missing)}."
            )
        )
    known = [*kind.heads, *(n for n in kind.may_have if n.lower() in names)]
    return {name: names.index(name.lower()) for name in known}


def cell(row: list[str], place: int) -> str:
    return bare(row[place]) if place < len(row) else ""


def bare(text: str) -> str:
    """Return what a cell says, without the sign that keeps spreadsheets from it."""
    line = one_line(text)
    inner = line.removeprefix("'")
    return inner if literal_text(inner) == line else line
