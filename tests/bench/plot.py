"""Draw how long each page takes at each size: `python -m tests.bench.plot`."""

import math
from html import escape

from tests.bench import report
from tools.paths import ROOT

WIDTH, ROW, LEFT, TOP = 760, 20, 230, 60
LEAST, MOST = 1, 10_000
COLOURS = ("#1d70b8", "#d4351c", "#00703c")
SHOWN = ROOT / "docs" / "performance.svg"


def across(milliseconds):
    """Return where so many milliseconds stand: each ten times as far."""
    share = math.log(max(milliseconds, LEAST) / LEAST) / math.log(MOST / LEAST)
    return LEFT + share * (WIDTH - LEFT - 30)


def text(x, y, words, anchor="start"):
    return (
        f'<text x="{x:.0f}" y="{y:.0f}" text-anchor="{anchor}" font-size="12" '
        f'font-family="sans-serif">{escape(words)}</text>'
    )


def axis(height):
    for milliseconds in (1, 10, 100, 1000, 10_000):
        x = across(milliseconds)
        line = f'<line x1="{x:.0f}" y1="{TOP - 12}" x2="{x:.0f}" y2="{height}" '
        yield line + 'stroke="#b1b4b6"/>'
        yield text(x, TOP - 18, f"{milliseconds:,} ms", "middle")


def row(place, page, figures):
    y = TOP + ROW * place + ROW / 2
    yield text(LEFT - 10, y + 4, page, "end")
    places = [across(one["wall"]) for one in figures]
    ends = f'x1="{min(places):.0f}" x2="{max(places):.0f}"'
    yield f'<line {ends} y1="{y:.0f}" y2="{y:.0f}" stroke="#505a5f"/>'
    for x, colour in zip(places, COLOURS, strict=False):
        yield f'<circle cx="{x:.0f}" cy="{y:.0f}" r="5" fill="{colour}"/>'


def drawing(sizes):
    pages = list(next(iter(sizes.values())))
    height = TOP + ROW * len(pages) + 10
    title = "Milliseconds a page takes, by the number of orders"
    yield (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" '
        f'role="img"><title>{title}</title>'
    )
    for place, (size, colour) in enumerate(zip(sizes, COLOURS, strict=False)):
        x = LEFT + 140 * place
        yield f'<circle cx="{x}" cy="18" r="5" fill="{colour}"/>'
        yield text(x + 12, 22, f"{size:,} orders")
    yield from axis(height)
    for place, page in enumerate(pages):
        yield from row(place, page, [rows[page] for rows in sizes.values()])
    yield "</svg>"


if __name__ == "__main__":
    SHOWN.write_text("\n".join(drawing(report.kept())) + "\n")
