"""Tables that people send as CSV: read into lines by the heads of their columns.

What the portal itself writes is read back as what it was (`common.csv_file`). What a
cell means is the business of whoever asked for the table.
"""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches

from common.csv_file import LineFault, literal_text
from common.errors import DomainError
from common.lines import one_line

LONGEST = 400_000
MOST_LINES = 500
# From here on, of 1, a head is taken for one of ours that was written wrongly.
ALIKE = 0.8
OTHER_SIGNS = {";": "semicolons", "\t": "tabs"}
LONGEST_SHOWN = 40


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
    """One line of a table: its number, as a spreadsheet counts, and cells by head.

    Args:
        spare: what stands in cells above which there is no head.
    """

    number: int
    cells: Mapping[str, str]
    spare: str = ""

    def shape_faults(self) -> Iterator[LineFault]:
        """Yield that the line is wider than its heads: what it says is then shifted."""
        if self.spare:
            why = (
                f"“{self.spare[:LONGEST_SHOWN]}” stands where the first line names no "
                "column. Text with a comma in it needs quotation marks around it."
            )
            yield LineFault(self.number, "After the last column", why)


def read_table(text: str, kind: TableKind) -> list[TableLine]:
    """Return the lines of a table; columns that are not asked for are left alone.

    Raises:
        TableWrong: it is no such table, has no line below its heads, or too many.
    """
    if len(text) > kind.longest:
        raise TableWrong(reason=f"The file is too long for a list of {kind.of}s.")
    head, *rows = rows_in(text)
    places = places_of(head, kind)
    headless = [place for place, name in enumerate(head) if not one_line(name)]
    found = [
        TableLine(
            number,
            {name: cell(row, place) for name, place in places.items()},
            spare_in(row, headless, len(head)),
        )
        for number, row in enumerate(rows, start=2)
        if any(text.strip() for text in row)
    ]
    if not found:
        reason = f"The file has no {kind.of} below its first line."
        raise TableWrong(reason=reason)
    if len(found) > kind.most_lines:
        most = kind.most_lines
        reason = (
            f"The file has {len(found):,} lines below its first. "
            f"Send it in parts of {most:,} at most."
        )
        raise TableWrong(reason=reason)
    return found


def rows_in(text: str) -> list[list[str]]:
    """Return the cells of each line, the first included.

    Raises:
        TableWrong: it has other signs between, or a quotation mark that is not closed.
    """
    rows: list[list[str]] = []
    try:
        rows.extend(csv.reader(io.StringIO(text, newline=""), strict=True))
    except csv.Error as fault:
        reason = (
            f"From line {len(rows) + 1} on the file is no table with commas between: a "
            "quotation mark is open, or stands inside a word. Save it as CSV UTF-8."
        )
        raise TableWrong(reason=reason) from fault
    [first, *_] = rows or [[]]
    other = [name for sign, name in OTHER_SIGNS.items() if sign in "".join(first)]
    if len(first) == 1 and other:
        reason = f"The file has {other[0]} between its columns. Save it with commas."
        raise TableWrong(reason=reason)
    return rows or [[]]


def spare_in(row: list[str], headless: list[int], wide: int) -> str:
    """Return what a line says in cells above which there is no head."""
    places = (
        *(place for place in headless if place < len(row)),
        *range(wide, len(row)),
    )
    return " ".join(filter(None, (one_line(row[place]) for place in places)))


def places_of(head: Iterable[str], kind: TableKind) -> dict[str, int]:
    names = [one_line(name).lower() for name in head]
    require_each_once(names, kind)
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


def require_each_once(names: list[str], kind: TableKind) -> None:
    """Refuse a column that stands there twice, or that is ours but for a slip.

    Raises:
        TableWrong: it would be left alone, and nobody would see that.
    """
    ours = {name.lower(): name for name in (*kind.heads, *kind.may_have)}
    for name in filter(None, names):
        if name in ours and names.count(name) > 1:
            raise TableWrong(reason=f"The column “{ours[name]}” is there twice.")
        absent = [one for one in ours if one not in names]
        if name not in ours and (near := get_close_matches(name, absent, 1, ALIKE)):
            meant = ours[near[0]]
            reason = f"No column is called “{name}”. “{meant}” may be meant."
            raise TableWrong(reason=reason)


def cell(row: list[str], place: int) -> str:
    return bare(row[place]) if place < len(row) else ""


def bare(text: str) -> str:
    """Return what a cell says, without the sign that keeps spreadsheets from it."""
    line = one_line(text)
    inner = line.removeprefix("'")
    return inner if literal_text(inner) == line else line
