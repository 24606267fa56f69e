"""How a draft would look on paper, made by a worker like the document itself."""

from datetime import datetime

from django.utils import timezone

from common.clock import uk_date
from quotes.documents import quotation_facts, render_quotation
from quotes.models import Preview, PreviewPage, Quote
from quotes.scans import page_pictures
from quotes.states import QuoteState
from records.commands import owe
from records.jobs import job
from records.states import JobQueue


def ask_for_preview(quote: Quote, at: datetime) -> None:
    """Ask a worker for the preview of a draft, in the transaction that changed it."""
    empty = {"asked_at": at, "made_at": None, "content": None, "error": ""}
    preview, _ = Preview.objects.update_or_create(quote=quote, defaults=empty)
    preview.pages.all().delete()
    owe(render_preview, quote.pk, about=quote.reference, thread=quote.thread)


def record_preview_failure(quote_id: int, words: str) -> None:
    """Say on the draft why it has no preview. It can be issued all the same."""
    Preview.objects.waiting().filter(quote=quote_id).update(error=words)


def ask_for_preview_again(quote_id: int) -> None:
    Preview.objects.filter(quote=quote_id).update(error="")


@job(
    "Preview of a quotation",
    queue=JobQueue.DOCUMENTS,
    failed=record_preview_failure,
    again=ask_for_preview_again,
)
def render_preview(quote_id: int, *, at: datetime | None = None) -> bool:
    """Make the preview of a draft as if it were issued now; return whether it is made.

    Safe to repeat. One of a draft that changed meanwhile is dropped: another is on
    its way. It bears no code, so that nobody takes it for an offer. The desk reads it
    page by page as pictures, in any browser and without a script.

    Source: R-3.3-2.
    """
    waiting = Preview.objects.waiting().filter(quote=quote_id).first()
    if waiting is None:
        return False
    quotes = Quote.objects.for_pages().filter(state=QuoteState.DRAFT)
    quote = quotes.get(pk=quote_id)
    at = at or timezone.now()
    facts = quotation_facts(quote, issued_on=uk_date(at))
    pdf = render_quotation(facts, is_preview=True)
    same = Preview.objects.waiting().filter(pk=waiting.pk, asked_at=waiting.asked_at)
    if not same.update(content=pdf, made_at=at):
        return False
    PreviewPage.objects.bulk_create(
        PreviewPage(preview=waiting, number=number, picture=picture)
        for number, picture in enumerate(page_pictures(pdf), start=1)
    )
    return True
