"""Tables for spreadsheets: every file of rows that the portal gives is written here.

The same in all of them: UTF-8 with the mark by which Excel knows it, a comma between, a
day as 2026-03-05, a moment as 2026-03-05 14:30 in UK time, yes and no as words, and the
day it was made in the name of the file.

A spreadsheet guesses at text. It drops the zeros of "0042", turns a telephone number
into 4.4E+11 and runs "=1+1". Text that it would take for something else bears an
apostrophe in front, the sign by which people keep text in a spreadsheet themselves.
Excel and LibreOffice both leave such a cell alone, and a program strips one letter. The
other known sign, ="0042", is a formula, which LibreOffice shows as it stands. Figures
that are figures stay figures.
"""

import csv
import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from itertools import islice
from typing import Any

from django.http import StreamingHttpResponse
from django.utils import timezone

from common.clock import UK, uk_date

# A spreadsheet runs a cell that begins with one of these as a formula.
STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "%")
# Such as 0042, +44 20 7946 0018, 1e3, 1/2 and (01632) 960001: never kept as written.
LOOKS_LIKE_A_FIGURE = re.compile(
    r"[\d\s().,:/+-]*\d[\d\s().,:/+-]*(e\d+)?", re.IGNORECASE
)
MONTH = (
    r"(jan(uary)?|feb(ruary)?|mar(ch)?|apr(il)?|may|june?|july?|aug(ust)?"
    r"|sept?(ember)?|oct(ober)?|nov(ember)?|dec(ember)?)"
)
MONTHS = frozenset(
    ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
)
BETWEEN = "[ ./,-]*"
# Such as 3 March, Mar-27, SEPT2 and 3 March 2027, of which a spreadsheet makes its own
# date. A month alone, or a name that begins like one, it leaves alone.
LOOKS_LIKE_A_DAY = re.compile(
    rf"\d{{1,4}}{BETWEEN}{MONTH}({BETWEEN}\d{{1,4}})?"
    rf"|{MONTH}({BETWEEN}\d{{1,4}}){{1,2}}",
    re.IGNORECASE,
)
MARK = "\ufeff"
# Rows that are read at once, so that memory stays flat.
AT_ONCE = 500


@dataclass(frozen=True)
class LineFault:
    """What is wrong with a line of a table that somebody sent, and in which column.

    Args:
        number: of the line as a spreadsheet counts it; the heads are on the first.
    """

    number: int
    column: str
    why: str

    def __str__(self) -> str:
        return f"Line {self.number}, {self.column}: {self.why}"


def cell_of(fact: object) -> Any:
    """Return what is written of a fact: a figure, a day, a moment, a yes or words."""
    # Most facts are words, and are known at once by being nothing else.
    if type(fact) is str:
        return literal_text(fact)
    if fact is None:
        return ""
    if isinstance(fact, bool):
        return "Yes" if fact else "No"
    if isinstance(fact, datetime):
        return f"{fact.astimezone(UK):%Y-%m-%d %H:%M}"
    if isinstance(fact, date):
        return fact.isoformat()
    return fact if isinstance(fact, int | Decimal) else literal_text(str(fact))


@lru_cache(maxsize=4096)
def literal_text(words: str) -> str:
    """Return words as a spreadsheet leaves them: no formula, no figure, no date."""
    # Of what begins with a letter, only the name of a month begins any of them.
    if words[:1].isalpha() and words[:3].casefold() not in MONTHS:
        return words
    bare = words.strip()
    is_interpreted = (
        bare.startswith(STARTS_A_FORMULA)
        or words.startswith(STARTS_A_FORMULA)
        or LOOKS_LIKE_A_FIGURE.fullmatch(bare)
        or LOOKS_LIKE_A_DAY.fullmatch(bare)
    )
    return f"'{words}" if is_interpreted else words


def csv_lines(rows: Iterable[Iterable[Any]]) -> Iterator[str]:
    """Yield the lines of some rows at once, and keep none."""
    for piece in pieces(iter(rows), AT_ONCE):
        written = io.StringIO(newline="")
        csv.writer(written).writerows([list(map(cell_of, row)) for row in piece])
        yield written.getvalue()


def csv_download(
    name: str,
    head: Iterable[str],
    rows: Iterable[Iterable[Any]],
    *,
    on: date | None = None,
) -> StreamingHttpResponse:
    """Stream rows as the file `name` of today, such as orders-2026-03-05.csv.

    Args:
        on: the day that it is named by instead, where it is always the same file.
        rows: facts as they are, a day as a date, say; read one by one, so that memory
            stays flat however many there are.
    """

    def lines() -> Iterator[str]:
        yield MARK
        yield from csv_lines([head])
        yield from csv_lines(rows)

    response = StreamingHttpResponse(lines(), content_type="text/csv; charset=utf-8")
    day = (on or uk_date(timezone.now())).isoformat()
    response["Content-Disposition"] = f'attachment; filename="{name}-{day}.csv"'
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "no-store"
    return response


def pieces(rows: Iterator[Any], size: int) -> Iterator[list[Any]]:
    """Yield rows in lists of `size` at most."""
    while piece := list(islice(rows, size)):
        yield piece
