"""What the codes on a signed scan say that it is. It decides nothing by itself."""

from datetime import datetime, timedelta

import structlog
from django.core.exceptions import PermissionDenied
from django.core.files.base import ContentFile
from django.db.models import F
from django.utils import timezone

from common.scans import Page, read_apart, why_not_read
from orders.models import ConnectionRequest
from parties.models import User
from parties.policies import is_desk
from quotes.errors import NothingToRead
from quotes.findings import PREFIX, verdict
from quotes.models import Authority, PagePicture, Quote
from records.commands import enqueue
from records.models import Document
from records.transitions import SYSTEM, record_event
from records.unit import command

log = structlog.get_logger(__name__)
READ_TASK = "quotes.tasks.read_scan"
# As long as a reading may take on a busy machine, and then some.
LEASE = timedelta(minutes=6)
MAX_ATTEMPTS = 3
GIVEN_UP = "Three workers stopped while they read it."


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
    rows = Authority.objects.for_pages().select_related("quote__document")
    authority = rows.get(pk=authority_id)
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
    """Return the files as they came and the document that was sent."""
    sent = authority.quote.document
    return [*authority.documents, *([sent] if sent else [])]


def pages_of(paper: Document) -> tuple[Document, list[Page]]:
    if paper.pages.exists():
        return paper, []
    with paper.file.open("rb") as file:
        return paper, read_apart(file.read(), paper.content_type, PREFIX)


@command
def keep_reading(authority_id: int, papers: list[tuple[Document, list[Page]]]) -> None:
    """Keep the pictures, the codes and what they say in words."""
    authority, quote = locked(authority_id)
    if authority.read_at is not None:
        return
    for paper, pages in papers:
        keep_pages(paper, pages)
    at = timezone.now()
    codes = [row.codes for paper in authority.documents for row in paper.pages.all()]
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


@command
def keep_failure(authority: Authority, words: str) -> None:
    """Keep in words why a scan was not read. The check by staff goes on without."""
    row, _ = locked(authority.pk)
    if row.read_at is not None:
        return
    row.reading_error, row.reading_until = words, None
    row.save()


@command
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
