"""What the codes on a signed scan say that it is. It decides nothing by itself."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import structlog
from django.core.exceptions import PermissionDenied
from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from common.scans import Page, read_apart, why_not_read
from orders.models import ConnectionRequest
from parties.models import User
from parties.policies import is_desk
from quotes.documents import FINGERPRINT_SHOWN
from quotes.errors import NothingToRead
from quotes.models import Authority, PagePicture, Quote
from quotes.states import ScanVerdict
from records.commands import enqueue
from records.models import Document
from records.transitions import SYSTEM, record_event

log = structlog.get_logger(__name__)
READ_TASK = "quotes.tasks.read_scan"
PREFIX = "DCCQ1"
# Colons since the codes became larger; bars before.
PAGE_CODE = re.compile(
    PREFIX + r"[:|]([\w-]{1,24})[:|](\d{1,4})[:|](\d{1,3})/(\d{1,3})[:|]([0-9A-Fa-f]+)"
)
# As long as a reading may take on a busy machine, and then some.
LEASE = timedelta(minutes=6)
MAX_ATTEMPTS = 3
GIVEN_UP = "Three workers stopped while they read it."


@dataclass(frozen=True)
class Code:
    """What one page of a quotation says of itself."""

    reference: str
    version: int
    page: int
    pages: int
    mark: str

    @property
    def paper(self) -> tuple[str, int, str]:
        return self.reference, self.version, self.mark


def read_scan(authority_id: int) -> bool:
    """Read the codes of a scan and picture its pages; return whether that was done.

    Safe to repeat and to race: the claim is one conditional update. A scan on which
    three workers died is given up in words, until staff ask again.

    Source: R-2.11-3.
    """
    now = timezone.now()
    waiting = Authority.objects.waiting_to_be_read(now).filter(pk=authority_id)
    attempts = F("reading_attempts") + 1
    if not waiting.update(reading_until=now + LEASE, reading_attempts=attempts):
        return False
    authority = Authority.objects.select_related("document", "quote__document").get(
        pk=authority_id
    )
    if authority.reading_attempts > MAX_ATTEMPTS:
        keep_failure(authority, GIVEN_UP)
        return False
    try:
        pages = [pages_of(paper) for paper in papers_of(authority)]
    except Exception as error:  # whatever a stranger's file does, staff must see it
        log.exception("scan not read", authority=authority_id)
        keep_failure(authority, why_not_read(error)[:500])
        return False
    keep_reading(authority_id, pages)
    return True


def papers_of(authority: Authority) -> list[Document]:
    """Return the scan, and the document that was sent, to look at side by side."""
    both = (authority.document, authority.quote.document)
    return [paper for paper in both if paper is not None]


def pages_of(paper: Document) -> tuple[Document, list[Page]]:
    if paper.pages.exists():
        return paper, []
    with paper.file.open("rb") as file:
        return paper, read_apart(file.read(), paper.content_type, PREFIX)


@transaction.atomic
def keep_reading(authority_id: int, papers: list[tuple[Document, list[Page]]]) -> None:
    """Keep the pictures, the codes and what they say in words."""
    authority, quote = locked(authority_id)
    if authority.read_at is not None:
        return
    for paper, pages in papers:
        keep_pages(paper, pages)
    at = timezone.now()
    codes = [row.codes for row in papers[0][0].pages.all()]
    authority.verdict, authority.verdict_words = verdict(codes, quote)
    authority.read_at, authority.reading_until = at, None
    authority.save()
    why = authority.verdict_words
    record_event(
        authority,
        "read_scan",
        by=SYSTEM,
        at=at,
        what="Codes of the signed scan read",
        why=why,
        is_public=False,
    )


def locked(authority_id: int) -> tuple[Authority, Quote]:
    """Lock the order, then read the authority and its offer."""
    orders = ConnectionRequest.objects.locked()
    order: ConnectionRequest = orders.get(quotes__authorities=authority_id)
    authority = Authority.objects.get(pk=authority_id)
    quote: Quote = order.quotes.get(pk=authority.quote_id)
    authority.quote = quote
    return authority, quote


def keep_pages(paper: Document, pages: list[Page]) -> None:
    if paper.pages.exists():
        return
    for number, page in enumerate(pages, start=1):
        name = f"{paper.sha256[:24]}-{number}.jpg"
        PagePicture.objects.create(
            document=paper,
            number=number,
            codes=page.codes,
            picture=ContentFile(page.picture, name=name),
        )


@transaction.atomic
def keep_failure(authority: Authority, words: str) -> None:
    """Keep in words why a scan was not read. The check by staff goes on without."""
    row, _ = locked(authority.pk)
    if row.read_at is not None:
        return
    row.reading_error, row.reading_until = words, None
    row.save()


@transaction.atomic
def read_scan_again(
    authority_id: int, *, by: User, at: datetime | None = None
) -> Authority:
    """Ask a worker to read a scan once more, after it failed.

    Raises:
        NothingToRead: it was read, or is being read.
        PermissionDenied: `by` does not work for DCC's desk or operations.
    """
    if not is_desk(by):
        raise PermissionDenied
    at = at or timezone.now()
    authority, _ = locked(authority_id)
    if not authority.reading_error:
        raise NothingToRead
    authority.reading_error, authority.reading_attempts = "", 0
    authority.save()
    what = "Reading the signed scan asked for again"
    record_event(authority, "read_scan_again", by=by, at=at, what=what, is_public=False)
    enqueue(READ_TASK, authority.pk)
    return authority


def verdict(pages: list[list[str]], quote: Quote) -> tuple[str, str]:
    """Return what a scan is, and the same in words for staff.

    Args:
        pages: the codes found on each page of the scan, in order.
        quote: the offer that the scan was handed in for.
    """
    found = [[code for text in page if (code := parsed(text))] for page in pages]
    codes = [code for page in found for code in page]
    if not codes:
        return ScanVerdict.NO_CODE, no_code_words(len(pages))
    kinds = {kind_of(code, quote) for code in codes}
    kind = next(kind for kind in WORST_FIRST if kind in kinds)
    numbers = {code.page for code in codes if kind_of(code, quote) == ScanVerdict.WHOLE}
    missing = sorted(set(range(1, codes[0].pages + 1)) - numbers)
    if kind == ScanVerdict.WHOLE and missing:
        kind = ScanVerdict.PART
    words = [*papers_in_words(codes), *REMARKS[kind](quote, missing), *blank(found)]
    return kind, " ".join(words)


def parsed(text: str) -> Code | None:
    match = PAGE_CODE.fullmatch(text)
    if match is None:
        return None
    reference, version, page, pages, mark = match.groups()
    return Code(reference, int(version), int(page), int(pages), mark.lower())


def kind_of(code: Code, quote: Quote) -> str:
    if (code.reference, code.version) != (quote.reference, quote.version):
        return ScanVerdict.OTHER
    is_ours = code.mark == quote.fingerprint[:FINGERPRINT_SHOWN]
    return ScanVerdict.WHOLE if is_ours else ScanVerdict.ALTERED


WORST_FIRST = (ScanVerdict.ALTERED, ScanVerdict.OTHER, ScanVerdict.WHOLE)


def papers_in_words(codes: list[Code]) -> list[str]:
    """Name each paper that the scan holds pages of, with its pages."""
    papers = {code.paper: code for code in codes}
    return [
        f"The scan holds {pages_words({c.page for c in codes if c.paper == paper})} "
        f"of {one.pages} of {one.reference}, version {one.version}."
        for paper, one in papers.items()
    ]


def pages_words(numbers: Any) -> str:
    *first, last = [str(number) for number in sorted(numbers)]
    if not first:
        return f"page {last}"
    return f"pages {', '.join(first)} and {last}"


def no_code_words(pages: int) -> str:
    where = "the page" if pages == 1 else f"any of the {pages} pages"
    return f"No code was found on {where}. Compare the scan with the quotation by eye."


def blank(found: list[list[Code]]) -> list[str]:
    bare = [number for number, codes in enumerate(found, start=1) if not codes]
    if not bare:
        return []
    return [f"No code was found on {pages_words(bare)} of the scan."]


def all_there(quote: Quote, missing: list[int]) -> list[str]:
    return ["That is the whole document that DCC sent."]


def some_missing(quote: Quote, missing: list[int]) -> list[str]:
    are = "is missing, or its code" if len(missing) == 1 else "are missing, or their"
    end = "could" if len(missing) == 1 else "codes could"
    return [f"{pages_words(missing).capitalize()} {are} {end} not be read."]


def another(quote: Quote, missing: list[int]) -> list[str]:
    return [f"It was handed in for {quote.reference}, version {quote.version}."]


def altered(quote: Quote, missing: list[int]) -> list[str]:
    words = (
        "The fingerprint on it is not that of the document that DCC sent, so it may "
        "say something else. Compare every figure."
    )
    return [words]


REMARKS = {
    ScanVerdict.WHOLE: all_there,
    ScanVerdict.PART: some_missing,
    ScanVerdict.OTHER: another,
    ScanVerdict.ALTERED: altered,
}
