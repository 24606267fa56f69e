"""Printing: nothing is fetched, and pages know how many they are."""

import os
from datetime import date

import pytest

from common.pdf import EPOCH, NotRendered, PrintedPaper, render_pdf, stylesheet

DAY = date(2026, 3, 3)


def page(body, css=""):
    html = f'<html lang="en-GB"><title>T</title><body><p>{body}</p></body></html>'
    return PrintedPaper(html, css + stylesheet("quote"))


def printed(paper):
    return render_pdf(lambda _pages: paper, identifier="ab" * 16, day=DAY)


@pytest.mark.parametrize(
    "address",
    [
        "http://127.0.0.1:9/picture.png",
        "https://dcc.example/picture.png",
        "file:///etc/hostname",
        "ftp://127.0.0.1/picture.png",
    ],
)
@pytest.mark.parametrize(
    "wrap",
    [
        lambda address: page(f'<img src="{address}" alt="A">'),
        lambda address: page("A", f'p {{ background: url("{address}") }}'),
        lambda address: page("A", f'@import url("{address}");'),
        lambda address: page(
            "A", f'@font-face {{ font-family: "F"; src: url("{address}") }}'
        ),
        lambda address: page(f'<link rel="stylesheet" href="{address}">'),
    ],
    ids=["picture", "background", "import", "font", "link"],
)
def test_nothing_outside_the_document_is_opened(wrap, address):
    with pytest.raises(NotRendered, match=r"127|dcc|etc"):
        printed(wrap(address))


def test_a_document_that_names_no_font_is_refused_and_the_process_lives():
    with pytest.raises(NotRendered, match="names no font"):
        printed(PrintedPaper(page("A").html, "p { margin: 0 }"))


@pytest.mark.parametrize("before", [None, "86400"])
def test_the_time_of_the_process_is_left_as_it_was(monkeypatch, before):
    monkeypatch.delenv(EPOCH, raising=False)
    if before:
        monkeypatch.setenv(EPOCH, before)

    printed(page("A"))

    assert os.environ.get(EPOCH) == before


def test_a_document_is_drawn_again_with_the_pages_that_it_has():
    asked = []

    def draw(pages):
        asked.append(pages)
        return page('<p style="break-after: page">A</p>' * 2 + "B")

    render_pdf(draw, identifier="ab" * 16, day=DAY)

    assert asked == [2, 3]


def test_a_document_whose_pages_never_settle_is_refused():
    def draw(pages):
        return page('<p style="break-after: page">A</p>' * pages + "B")

    with pytest.raises(NotRendered, match="does not settle"):
        render_pdf(draw, identifier="ab" * 16, day=DAY)
