"""HTML to a tagged PDF. All is inlined: no address is fetched and no file is opened.

WeasyPrint takes two seconds to import, so only the functions that render import it.
"""

import base64
import hashlib
import json
import os
import re
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from django.conf import settings

from common.clock import start_of_uk_day
from common.typeface import faces_for, missing_in, missing_words

STATIC = settings.BASE_DIR / "static"
INLINED = {"woff2": "font/woff2", "svg": "image/svg+xml"}
LINKED = re.compile(r'url\("\.\./([\w/.-]+)"\)')
# Names no font of the machine's own, so that a document is the same on each.
FONT_SETTINGS = STATIC / "fonts" / "fonts.conf"
EPOCH = "SOURCE_DATE_EPOCH"
USUAL_PAGES = 2
ATTEMPTS = 3


class NotRendered(RuntimeError):
    """A document cannot be made; the message says why."""


@dataclass(frozen=True)
class PrintedPaper:
    """What is to be printed, with every picture and font in a data: address."""

    html: str
    css: str


def fingerprint(facts: dict[str, Any]) -> str:
    """Return the SHA-256 of frozen facts, hexadecimal.

    A file cannot state its own hash, so that of what it says stands on its pages.
    """
    canonical = json.dumps(facts, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


@cache
def stylesheet(name: str) -> str:
    """Return a style sheet of ours with its fonts and pictures inlined."""
    return LINKED.sub(inlined, (STATIC / "css" / f"{name}.css").read_text())


def inlined(link: re.Match[str]) -> str:
    path = STATIC / link[1]
    content = base64.b64encode(path.read_bytes()).decode()
    return f'url("data:{INLINED[path.suffix[1:]]};base64,{content}")'


def render_pdf(
    draw: Callable[[int], PrintedPaper], *, identifier: str, day: date
) -> bytes:
    """Return a document as PDF/UA: tagged, fonts embedded, the same bytes each time.

    Args:
        draw: makes the document for a number of pages, which its page codes name.
            Called again when it turns out to have another number.
        identifier: hexadecimal; the file's own identifier is made of it.
        day: UK date that the file bears as its time.

    Raises:
        NotRendered: it asks for something outside itself, its pages never settle, or
            it holds a letter that no bundled font has.
    """
    with_bundled_fonts_alone()
    from weasyprint.urls import FatalURLFetchingError  # noqa: PLC0415

    try:
        with dated(day):
            pdf: bytes = lay_out(draw).write_pdf(
                pdf_variant="pdf/ua-1", pdf_identifier=bytes.fromhex(identifier)
            )
    except FatalURLFetchingError as error:
        # A BaseException, which would end the worker instead of this document.
        raise NotRendered(str(error)) from error
    return pdf


def lay_out(draw: Callable[[int], PrintedPaper]) -> Any:
    """Return the document in pages, as many as its codes say.

    Raises:
        NotRendered: the number changed with every attempt.
    """
    paper = draw(USUAL_PAGES)
    for _ in range(ATTEMPTS):
        document = typeset(paper)
        drawn, paper = paper, draw(len(document.pages))
        # Most papers say nothing of how many pages they have: these are done at once.
        if paper == drawn:
            return document
    raise NotRendered("The number of pages does not settle.")


def with_bundled_fonts_alone() -> None:
    """Load WeasyPrint without the machine's fonts, which it misses in a warning."""
    os.environ["FONTCONFIG_FILE"] = str(FONT_SETTINGS)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import weasyprint  # noqa: F401, PLC0415


def typeset(paper: PrintedPaper) -> Any:
    """Lay out a document in the bundled fonts.

    Raises:
        NotRendered: none of them has a letter of it, or its style names no font. Set
            in none at all, it would end the whole process instead of this document.
    """
    if "@font-face" not in paper.css:
        raise NotRendered("The style of the document names no font.")
    if missing := missing_in(paper.html):
        raise NotRendered(missing_words(*missing))
    with_bundled_fonts_alone()
    from weasyprint import CSS, HTML  # noqa: PLC0415
    from weasyprint.urls import URLFetcher  # noqa: PLC0415

    fonts = font_configuration()
    fetcher = URLFetcher(
        allowed_protocols={"data"}, allow_redirects=False, fail_on_errors=True
    )
    css = paper.css + LINKED.sub(inlined, faces_for(paper.html))
    sheet = CSS(string=css, url_fetcher=fetcher, font_config=fonts)
    page = HTML(string=paper.html, url_fetcher=fetcher)
    return page.render(stylesheets=[sheet], font_config=fonts)


@cache
def font_configuration() -> Any:
    """Return the one set of fonts of this process: a new one each time leaks memory."""
    from weasyprint.text.fonts import FontConfiguration  # noqa: PLC0415

    return FontConfiguration()


@contextmanager
def dated(day: date) -> Iterator[None]:
    """Date the embedded fonts by `day`; they would bear the time of rendering."""
    before = os.environ.get(EPOCH)
    os.environ[EPOCH] = str(int(start_of_uk_day(day).timestamp()))
    try:
        yield
    finally:
        if before is None:
            del os.environ[EPOCH]
        else:
            os.environ[EPOCH] = before
