"""The quotation on paper: frozen facts in, bytes out."""

import re
from datetime import date
from typing import Any

import segno
from django.template.loader import render_to_string

from common.pdf import PrintedPaper, fingerprint, render_pdf, stylesheet

FINGERPRINT_SHOWN = 16


def render_quotation(facts: dict[str, Any], *, is_preview: bool = False) -> bytes:
    """Return the document as PDF/UA; the same facts give the same bytes.

    Args:
        is_preview: say on each page that it is no offer, and leave the codes out.

    Raises:
        NotRendered: it asks for something outside itself.

    Source: R-0-5, R-2.11-3.
    """
    mark = fingerprint(facts)

    def draw(pages: int) -> PrintedPaper:
        return drawn(facts, mark, pages, is_preview=is_preview)

    day = date.fromisoformat(facts["issued_on"])
    return render_pdf(draw, identifier=mark, day=day)


def drawn(
    facts: dict[str, Any], mark: str, pages: int, *, is_preview: bool = False
) -> PrintedPaper:
    """Return the quotation as HTML and style sheet, for a number of pages."""
    codes = [] if is_preview else page_codes(facts, pages)
    shown = mark[:FINGERPRINT_SHOWN]
    context = {
        "q": facts,
        "codes": codes,
        "pages": pages,
        "fingerprint": " ".join(re.findall("....", shown)),
        "is_preview": is_preview,
    }
    html = render_to_string("documents/quotation.html", context)
    return PrintedPaper(html, stylesheet("quote") + code_rules(len(codes)))


def page_codes(facts: dict[str, Any], pages: int) -> list[dict[str, Any]]:
    """Return each page's code, by which a scan is matched to its version and page."""
    quote, version = facts["reference"], facts["version"]
    mark = fingerprint(facts)[:FINGERPRINT_SHOWN].upper()
    # Capitals, digits and colons fill fewer squares, which leaves room to mend a
    # quarter of them: a fax at 100 dpi loses that many.
    return [
        {
            "page": page,
            "image": segno.make(
                f"DCCQ1:{quote}:{version}:{page}/{pages}:{mark}",
                error="q",
                micro=False,
                boost_error=False,
            ).svg_data_uri(),
        }
        for page in range(1, pages + 1)
    ]


def code_rules(pages: int) -> str:
    """Return the style that puts each page's own code at its foot."""
    return "".join(
        f".code-{page} {{ position: running(code{page}) }}"
        f"@page :nth({page}) {{ @bottom-left {{ content: element(code{page}) }} }}"
        for page in range(1, pages + 1)
    )
