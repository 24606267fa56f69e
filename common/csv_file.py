"""Tables for spreadsheets."""

import csv
from collections.abc import Iterable, Iterator
from typing import Any

from django.http import StreamingHttpResponse

# A spreadsheet runs a cell that begins with one of these as a formula.
STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")


class Echo:
    """Gives back each line that the writer writes, so that none is kept."""

    def write(self, line: str) -> str:
        return line


def harmless(cell: Any) -> str:
    """Return the cell as text that no spreadsheet takes for a formula."""
    text = "" if cell is None else str(cell)
    return f"'{text}" if text.startswith(STARTS_A_FORMULA) else text


def csv_lines(rows: Iterable[Iterable[Any]]) -> Iterator[str]:
    writer = csv.writer(Echo())
    for row in rows:
        yield writer.writerow([harmless(cell) for cell in row])


def csv_download(
    name: str, head: Iterable[str], rows: Iterable[Iterable[Any]]
) -> StreamingHttpResponse:
    """Stream rows as a file `name`, in UTF-8 with the mark that spreadsheets look for.

    Args:
        rows: read one by one, so that memory stays flat however many there are.
    """

    def lines() -> Iterator[str]:
        yield "\ufeff"
        yield from csv_lines([head])
        yield from csv_lines(rows)

    response = StreamingHttpResponse(lines(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["X-Content-Type-Options"] = "nosniff"
    return response
