"""What the codes on a signed scan say that it is. It decides nothing by itself."""

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.core.files.base import ContentFile
from django.utils import timezone

from common.apart import MachineTooBusy
from common.errors import DomainError
from orders.models import ConnectionRequest
from parties.models import User
from parties.policies import is_desk
from quotes.errors import NothingToRead
from quotes.findings import PREFIX, verdict
from quotes.models import Authority, PagePicture, Quote
from quotes.scans import Page, read_apart, why_not_read
from records.commands import owe
from records.jobs import LONGEST_WORDS, job
from records.models import Document
from records.states import JobQueue
from records.transitions import SYSTEM, record_event
from records.unit import command


@command
def record_failure(authority_id: int, words: str) -> None:
    """Keep in words why a scan was not read. The check by staff goes on without."""
    row, _ = locked(authority_id)
    if row.read_at is not None:
        return
    row.reading_error = words
    row.save()


@command
def forget_failure(authority_id: int) -> None:
    """Let a scan wait to be read again, as the desk's own step does."""
    row, _ = locked(authority_id)
    row.reading_error = ""
    row.save()


def why(error: Exception) -> str:
    """Return for staff why a scan was not read."""
    words = str(error) if isinstance(error, DomainError) else why_not_read(error)
    return words[:LONGEST_WORDS]


@job(
    "Reading of a signed scan",
    queue=JobQueue.DOCUMENTS,
    transient=(MachineTooBusy,),
    words=why,
    failed=record_failure,
    again=forget_failure,
)
def read_scan(authority_id: int) -> bool:
    """Read the codes of a scan and picture its pages; return whether that was done.

    Safe to repeat and to race: only the first reading is kept.

    Source: R-2.11-3.
    """
    waiting = Authority.objects.unread().filter(pk=authority_id)
    authority = waiting.for_pages().select_related("quote__document").first()
    if authority is None:
        return False
    record_scan_reading(
        authority_id, [pages_of(paper) for paper in papers_of(authority)]
    )
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
def record_scan_reading(
    authority_id: int, papers: list[tuple[Document, list[Page]]]
) -> None:
    """Keep the pictures, the codes and what they say in words."""
    authority, quote = locked(authority_id)
    if authority.read_at is not None:
        return
    for paper, pages in papers:
        store_pages(paper, pages)
    at = timezone.now()
    codes = [row.codes for paper in authority.documents for row in paper.pages.all()]
    authority.verdict, authority.verdict_words = verdict(codes, quote)
    authority.read_at = at
    authority.save()
    record_event(
        authority,
        "read_scan",
        by=SYSTEM,
        at=at,
        what="Codes of the signed scan read",
        why=authority.verdict_words,
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


def store_pages(paper: Document, pages: list[Page]) -> None:
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


def owe_reading(authority: Authority) -> None:
    """Ask a worker to read a scan."""
    about = f"{authority.quote.reference}, {authority}"
    owe(read_scan, authority.pk, about=about, thread=authority.thread)


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
    authority.reading_error = ""
    authority.save()
    what = "Reading the signed scan asked for again"
    record_event(authority, "read_scan_again", by=by, at=at, what=what, is_public=False)
    owe_reading(authority)
    return authority
