"""What the quotation costs beside WeasyPrint alone, and whether memory stays flat."""

import gc
import statistics
import time
from pathlib import Path

import pytest
from weasyprint import CSS, HTML
from weasyprint.urls import URLFetcher

from common.pdf import fingerprint, font_configuration
from quotes.documents import drawn, render_quotation
from tests import journey
from tests.quotes.paper import facts_of

TIMES = 15
OURS_AT_MOST = 1.1
RENDERINGS = 300
WARM_UP = 60
MEBIBYTE = 1024 * 1024
GROWTH_ALLOWED = 6


@pytest.fixture
def facts(reviewed_order, operator):
    """What the usual quotation of two pages says."""
    return facts_of(journey.draft(reviewed_order, operator))


def alone(facts):
    """Render the same HTML and CSS with nothing of ours around it."""
    paper = drawn(facts, fingerprint(facts), 2)
    fetcher = URLFetcher(allowed_protocols={"data"}, fail_on_errors=True)
    fonts = font_configuration()
    sheet = CSS(string=paper.css, url_fetcher=fetcher, font_config=fonts)
    html = HTML(string=paper.html, url_fetcher=fetcher)
    return html.write_pdf(
        stylesheets=[sheet],
        font_config=fonts,
        pdf_variant="pdf/ua-1",
        pdf_identifier=bytes.fromhex(fingerprint(facts)),
    )


def milliseconds(make, facts):
    began = time.process_time()
    make(facts)
    return (time.process_time() - began) * 1000


def resident():
    """Return this process's memory in bytes."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * 4096


def test_a_quotation_costs_little_more_than_weasyprint_alone(facts, capsys):
    """By turns, so that what else the machine does falls on both alike."""
    render_quotation(facts), alone(facts)
    pairs = [
        (milliseconds(render_quotation, facts), milliseconds(alone, facts))
        for _ in range(TIMES)
    ]

    ours, theirs = (statistics.median(column) for column in zip(*pairs, strict=True))
    with capsys.disabled():
        words = f"\nquotation {ours:.0f} ms of processor, WeasyPrint alone {theirs:.0f}"
        print(f"{words}: {ours / theirs:.3f} times")
    assert ours <= OURS_AT_MOST * theirs


def test_memory_stays_flat_over_three_hundred_quotations(facts, capsys):
    seen = []
    for number in range(RENDERINGS):
        render_quotation({**facts, "note": f"Number {number}."})
        if number >= WARM_UP and number % WARM_UP == 0:
            gc.collect()
            seen.append(resident() / MEBIBYTE)
    gc.collect()
    seen.append(resident() / MEBIBYTE)

    with capsys.disabled():
        figures = ", ".join(f"{mebibytes:.1f}" for mebibytes in seen)
        print(f"\nMiB after each {WARM_UP} of {RENDERINGS} quotations: {figures}")
    assert max(seen) - seen[0] < GROWTH_ALLOWED
