"""Where a page's code stands, and that every printer's paper still bears it."""

import io

import pytest
from PIL import Image

from quotes import findings
from quotes.scans import read_codes
from tests.quotes.scanned import FULL, PNG, pages_of_paper

pytestmark = pytest.mark.guidance("R-2.11-3")
DOTS_A_MM = FULL / 25.4
A4, LETTER = (210, 297), (215.9, 279.4)
HALF_AN_INCH = 12.7
FREE_MM = 15


def dark_box(page):
    """Return how far in mm the code's dark squares are from left and bottom."""
    low = page.crop((0, page.height * 3 // 4, page.width // 4, page.height))
    left, _, _, bottom = low.point(lambda shade: 255 * (shade < 128)).getbbox()
    return left / DOTS_A_MM, (low.height - bottom) / DOTS_A_MM


def test_no_part_of_a_code_is_within_15_mm_of_the_papers_edge(issued_quote):
    for page in pages_of_paper(issued_quote):
        left, bottom = dark_box(page)
        assert min(left, bottom) >= FREE_MM


def on_paper(page, size, *, scale=1.0, edge=HALF_AN_INCH):
    """Return a page as a printer puts it in the middle of a sheet, 200 dpi.

    Args:
        size: of the sheet, width and height in mm.
        edge: mm on each side on which the printer prints nothing.
    """
    dots = 200 / 25.4
    shown = page.resize((round(A4[0] * scale * dots), round(A4[1] * scale * dots)))
    sheet = Image.new("L", (round(size[0] * dots), round(size[1] * dots)), 255)
    middle = ((sheet.width - shown.width) // 2, (sheet.height - shown.height) // 2)
    sheet.paste(shown, middle)
    inner = (
        round(edge * dots),
        round(edge * dots),
        sheet.width - round(edge * dots),
        sheet.height - round(edge * dots),
    )
    bare = Image.new("L", sheet.size, 255)
    bare.paste(sheet.crop(inner), inner[:2])
    return bare


FIT = LETTER[1] / A4[1]
PRINTED = {
    "A4, half an inch unprintable": (A4, 1.0, HALF_AN_INCH),
    "A4, fit to what is printable": (A4, (A4[1] - 2 * HALF_AN_INCH) / A4[1], 12.7),
    "Letter, fit to the page": (LETTER, FIT, 0),
    "Letter, fit to the page, half an inch unprintable": (LETTER, FIT, HALF_AN_INCH),
    "Letter, actual size, quarter of an inch unprintable": (LETTER, 1.0, 6.35),
}


@pytest.mark.parametrize("how", PRINTED)
def test_the_code_is_read_however_the_page_was_printed(issued_quote, how):
    size, scale, edge = PRINTED[how]

    for number, page in enumerate(pages_of_paper(issued_quote), start=1):
        buffer = io.BytesIO()
        on_paper(page, size, scale=scale, edge=edge).save(buffer, "PNG")
        ((text,),) = read_codes(buffer.getvalue(), PNG, findings.PREFIX)
        assert findings.parsed(text).page == number


def test_two_pages_on_one_sheet_are_both_read(issued_quote):
    """Two-up: each page at 71 per cent, side by side on a sheet laid across."""
    pages = pages_of_paper(issued_quote)
    sheet = Image.new("L", (pages[0].height, pages[0].width), 255)
    for number, page in enumerate(pages):
        half = page.resize(
            (sheet.width // 2, page.height * sheet.width // 2 // page.width)
        )
        sheet.paste(half, (number * sheet.width // 2, 0))
    buffer = io.BytesIO()
    sheet.resize((sheet.width * 2 // 3, sheet.height * 2 // 3)).save(buffer, "PNG")

    (codes,) = read_codes(buffer.getvalue(), PNG, findings.PREFIX)

    assert [findings.parsed(text).page for text in codes] == [1, 2]
