"""How the quotation's document is made: pages, codes, tags, fonts, the same bytes."""

import re
from decimal import Decimal

import pytest
import segno

from common.pdf import NotRendered, PrintedPaper, fingerprint, stylesheet
from parties.models import DataCentre, Party
from quotes import commands
from quotes.commands import LineEntry
from quotes.documents import TEMPLATE, drawn, render_quotation
from quotes.models import Quote
from tests import journey
from tests.quotes.paper import ISSUED_ON, facts_of, other_lines, pages_of, reader_of


def test_it_is_two_pages_and_each_says_which(draft_quote):
    first, second = pages_of(draft_quote)

    assert f"{draft_quote}, version 1, firm" in first
    assert "Page 1 of 2" in first
    assert f"{draft_quote}, version 1, firm" in second
    assert "Page 2 of 2" in second


def drawn_code(page):
    """Return the dark squares of a page's code, from the strokes that draw it."""
    content = page.get_contents().get_data().decode("latin-1")
    strokes = re.findall(r"^(\d+) (\d+)\.5 m\s(\d+) \2\.5 l$", content, re.MULTILINE)
    return {
        (int(row) - 4, column - 4)
        for first, row, last in strokes
        for column in range(int(first), int(last))
    }


def code_of(words):
    rows = segno.make(words, error="q", micro=False, boost_error=False).matrix
    return {(y, x) for y, row in enumerate(rows) for x, dark in enumerate(row) if dark}


@pytest.mark.parametrize(("lines", "pages"), [(0, 2), (60, 4)])
def test_each_page_has_a_code_of_its_own(reviewed_order, operator, lines, pages):
    lines = [*journey.LINES, *other_lines(lines)]
    quote = journey.draft(reviewed_order, operator, lines=lines)
    mark = fingerprint(facts_of(quote))[:16].upper()

    drawn = [drawn_code(page) for page in reader_of(quote).pages]

    assert drawn == [
        code_of(f"DCCQ1:{quote}:1:{page}/{pages}:{mark}")
        for page in range(1, pages + 1)
    ]


def test_forty_lines_run_over_and_all_pages_are_to_be_scanned(reviewed_order, operator):
    lines = [*journey.LINES, *other_lines(38)]
    pages = pages_of(journey.draft(reviewed_order, operator, lines=lines))

    text = " ".join(pages)
    assert all(f"Item {n}." in text for n in range(38))
    assert f"scan all {len(pages)} pages" in text
    assert all(f"Page {n} of {len(pages)}" in page for n, page in enumerate(pages, 1))


@pytest.mark.parametrize(
    ("net", "total"),
    [("0.00", "£0.00 £0.00 £0.00"), ("1000000.00", "£4,000,000.00 £800,000.00")],
)
def test_no_amount_breaks_it(reviewed_order, operator, net, total):
    lines = [
        LineEntry("connection", Decimal(net), reason="Priced by hand"),
        LineEntry("annual", Decimal(net), reason="Priced by hand"),
    ]
    pages = pages_of(journey.draft(reviewed_order, operator, lines=lines))

    assert len(pages) == 2
    assert f"Total commitment over 3 years {total}" in pages[0]


def test_long_names_break_nothing(draft_quote):
    DataCentre.objects.update(name="W" * 100, street="Long Road " * 20, town="T" * 100)
    Party.objects.update(name="Northgate and Sons " * 10)

    pages = pages_of(draft_quote)

    assert len(pages) == 2
    assert "Date How to return it" in pages[1]


NARROWEST = 0.4  # of the font's size: less than a small x is wide


def right_ends(page, letter):
    """Return, in points, how far at least each run of one letter reaches."""
    ends = []

    def note(text, outer, inner, _font, size):
        if set(text.strip()) == {letter}:
            start = inner[4] * outer[0] + outer[4]
            ends.append(start + len(text.strip()) * size * outer[0] * NARROWEST)

    page.extract_text(visitor_text=note)
    return ends


def test_a_word_without_end_stays_on_the_paper(draft_quote):
    draft_quote.lines.update(description="x" * 300)
    page = reader_of(draft_quote).pages[0]

    ends = right_ends(page, "x")

    assert len(ends) > 2
    assert max(ends) < page.mediabox.right


@pytest.mark.guidance("R-0-5")
def test_it_is_tagged_titled_in_english_and_dated(draft_quote):
    reader = reader_of(draft_quote)

    root, about = reader.trailer["/Root"], reader.metadata
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "en-GB"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert about.title.startswith(f"Quotation {draft_quote}, version 1: HV 20 Mbps")
    assert about.creation_date.date() == ISSUED_ON
    assert "pdfuaid:part" in reader.xmp_metadata.stream.get_data().decode()


def tags_under(element):
    """Return every structure type under `element`, with the alternative texts."""
    element = element.get_object()
    if not isinstance(element, dict):
        return []
    children = element.get("/K", [])
    children = children if isinstance(children, list) else [children]
    below = [found for child in children for found in tags_under(child)]
    return [(element.get("/S"), element.get("/Alt")), *below]


def test_headings_tables_lists_and_the_drawing_have_their_tags(draft_quote):
    reader = reader_of(draft_quote)

    found = tags_under(reader.trailer["/Root"]["/StructTreeRoot"])

    names = {name for name, _ in found}
    assert {"/H1", "/H2", "/Table", "/TH", "/TD", "/L", "/LI", "/Figure"} <= names
    assert all(alternative for name, alternative in found if name == "/Figure")


def elements_under(element):
    """Return every structure element under `element`."""
    element = element.get_object()
    if not isinstance(element, dict):
        return []
    children = element.get("/K", [])
    children = children if isinstance(children, list) else [children]
    return [element, *(one for child in children for one in elements_under(child))]


def test_every_cell_of_a_table_names_its_headers(draft_quote):
    root = reader_of(draft_quote).trailer["/Root"]["/StructTreeRoot"]
    elements = elements_under(root)
    headers = {one["/ID"] for one in elements if one.get("/S") == "/TH"}
    cells = [one["/A"].get("/Headers") for one in elements if one.get("/S") == "/TD"]

    assert len(headers) > 5
    assert cells
    assert all(cell and set(cell) <= headers for cell in cells)


def names_in_order(element):
    """Return the headings under `element` as their reader meets them."""
    return [name for name, _ in tags_under(element) if name and name[:2] == "/H"]


def test_headings_begin_with_one_title_and_skip_no_level(draft_quote):
    root = reader_of(draft_quote).trailer["/Root"]["/StructTreeRoot"]

    found = names_in_order(root)

    assert found[0] == "/H1"
    assert found.count("/H1") == 1
    assert set(found[1:]) == {"/H2"}


@pytest.mark.parametrize("count", [6, 8, 9, 10, 11, 12, 24, 30, 36, 38])
def test_no_page_begins_with_the_total_alone(reviewed_order, operator, count):
    lines = [*journey.LINES, *other_lines(count)]
    pages = pages_of(journey.draft(reviewed_order, operator, lines=lines))

    page = next(page for page in pages if "Total commitment over" in page)
    before, _, _ = page.partition("Total commitment over")
    assert f"Item {count - 1}." in before


def test_no_network_and_no_file_is_asked_for(draft_quote):
    """What is drawn refers to nothing outside itself."""
    paper = drawn(facts_of(draft_quote), "ab" * 32, 2)

    links = re.findall(r"""(?:src|href)="([^"]*)"|url\(["']?([^"')]*)""", paper.html)
    links += re.findall(r"""()url\(["']?([^"')]{0,40})""", paper.css)
    assert links
    assert all("".join(link).startswith("data:") for link in links)


@pytest.mark.parametrize("way", ["file:///etc/hostname", "http://127.0.0.1/x.png"])
def test_a_document_that_asks_for_more_is_not_made(draft_quote, monkeypatch, way):
    asking = PrintedPaper(
        f'<html lang="en"><title>T</title><img src="{way}" alt=""></html>',
        stylesheet("quote"),
    )
    monkeypatch.setattr("quotes.documents.paper.drawn", lambda *_, **__: asking)

    with pytest.raises(NotRendered, match=r"etc|127"):
        render_quotation(facts_of(draft_quote))


def test_only_the_bundled_font_is_used_and_all_of_it_is_embedded(draft_quote):
    fonts = {}
    for page in reader_of(draft_quote).pages:
        fonts |= page["/Resources"]["/Font"]

    for font in fonts.values():
        (inner,) = font.get_object()["/DescendantFonts"]
        described = inner.get_object()["/FontDescriptor"]
        assert "Source-Sans" in described["/FontName"]
        assert {"/FontFile2", "/FontFile3"} & set(described)


def test_the_same_facts_give_the_same_bytes(draft_quote, clock):
    first = render_quotation(facts_of(draft_quote))

    clock.shift(3600)

    assert render_quotation(facts_of(draft_quote)) == first


@pytest.mark.guidance("R-0-5")
def test_a_worker_stores_the_document_and_the_template_that_made_it(
    draft_quote, operator
):
    commands.request_issue(draft_quote.pk, by=operator)

    assert commands.render_quote(draft_quote.pk)

    quote = Quote.objects.get(pk=draft_quote.pk)
    with quote.document.file.open() as stored:
        assert stored.read() == render_quotation(facts_of(quote))
    assert quote.document.template_version == TEMPLATE.version
    assert quote.document.template == TEMPLATE.whole
    assert quote.fingerprint == fingerprint(facts_of(quote))


@pytest.mark.guidance("R-0-5")
def test_it_says_which_template_of_the_guidance_it_follows_beside_its_own(draft_quote):
    text = " ".join(" ".join(pages_of(draft_quote)).split())

    assert "“Connection Request Quotation”, version 1.2, by DCC Connections" in text
    followed = "version 1.0, by A Bradford, 19 January 2015"
    assert f"the guidance’s “Connection Request Quotation”, {followed}" in text
