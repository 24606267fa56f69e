"""A warning where the page to sign came back as it was sent."""

import io
from types import SimpleNamespace

import pytest
from django.core.files.base import ContentFile
from PIL import ImageDraw

from quotes.findings.ink import ink_finding
from tests.quotes.scanned import pages_of_paper


def pictured(image):
    """Return a page as a worker keeps it."""
    shown, buffer = image.copy(), io.BytesIO()
    shown.thumbnail((1400, 1400))
    shown.save(buffer, "JPEG", quality=70)
    return SimpleNamespace(picture=ContentFile(buffer.getvalue()))


def signed(page):
    """Return a page with a name, a position, a day and a signature written on it."""
    written = page.copy()
    pen = ImageDraw.Draw(written)
    for top in (2200, 2300, 2400, 2500):
        pen.line([(400 + 12 * n, top + (n * 37) % 60) for n in range(60)], 0, width=7)
    return written


def warning(came, sent):
    sheet = SimpleNamespace(number=2, picture=pictured(came))
    return ink_finding([(sheet, pictured(sent))])


@pytest.fixture
def last_page(issued_quote):
    return pages_of_paper(issued_quote)[-1]


@pytest.mark.guidance("R-2.11-3")
def test_a_page_that_came_back_as_it_was_sent_is_warned_about(last_page):
    assert warning(last_page, last_page).title == "Page 2 seems not to be signed."


@pytest.mark.guidance("R-2.11-3")
def test_a_page_that_was_written_on_is_not(last_page):
    assert warning(signed(last_page), last_page) is None


def test_what_did_not_come_cannot_be_compared(last_page):
    missing = SimpleNamespace(number=2, picture=None)

    assert ink_finding([(missing, pictured(last_page))]) is None
