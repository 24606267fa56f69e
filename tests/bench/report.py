"""What was measured, kept by size, and shown as one table."""

import json
from dataclasses import asdict

from tools.paths import ROOT

HERE = ROOT / "build" / "bench"
WIDTH, CELL = 34, 39


def keep(size, figures):
    HERE.mkdir(parents=True, exist_ok=True)
    rows = {one.page: asdict(one) for one in figures}
    (HERE / f"{size}.json").write_text(json.dumps(rows, indent=1))


def kept():
    """Return all that was measured on this machine: by size, then by page."""
    files = sorted(HERE.glob("*.json"), key=lambda file: int(file.stem))
    return {int(file.stem): json.loads(file.read_text()) for file in files}


def lines():
    """Yield the table: a page a line, of each size its figures, then their ratio."""
    sizes = kept()
    heads = "".join(f"{f'{size:,} orders':>{CELL}}" for size in sizes)
    yield f"{'milliseconds, calmest medians':{WIDTH}}{heads}"
    one = f"{'calls':>9}{'CPU':>8}{'wall':>8}{'bare':>8}{'wall':>6}"
    yield f"{'page':{WIDTH}}{one * len(sizes)}{'ratio':>8}"
    for page in dict.fromkeys(page for rows in sizes.values() for page in rows):
        yield line(page, [rows.get(page) for rows in sizes.values()])


def line(page, figures):
    cells = "".join(map(cell, figures))
    first, last = figures[0], figures[-1]
    ratio = f"{last['wall'] / first['wall']:8.2f}" if first and last else ""
    return f"{page:{WIDTH}}{cells}{ratio}"


def cell(row):
    if row is None:
        return " " * CELL
    wide = (f"{row[name]:8.1f}" for name in ("cpu", "wall", "bare_cpu"))
    calls = f"{row['calls']:9,}"
    return "".join((calls, *wide)) + f"{row['bare_wall']:6.0f}"
