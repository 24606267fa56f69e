"""Issuing: asked by staff, rendered by a worker, opened when the document exists."""

from datetime import date, datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils import timezone

from common.clock import uk_date
from common.errors import DomainError
from common.money import percent_words
from common.pdf import fingerprint
from orders.models import ConnectionRequest
from orders.querysets import OrderQuerySet
from orders.states import OrderState
from parties.models import User
from parties.policies import is_operations
from quotes import emails
from quotes.commands.charging import check_charged
from quotes.commands.correct import require_prices_stand
from quotes.commands.lines import civil_works_found
from quotes.commands.prepare import stage_and_basis
from quotes.commands.prices import outside_ballpark, vat_rate_on
from quotes.commands.targets import record_sent
from quotes.documents import (
    TEMPLATE,
    quotation_facts,
    render_quotation,
)
from quotes.errors import (
    AlreadyBeingIssued,
    ChangeReasonMissing,
    CivilWorksNotPriced,
    DeliveryDateMissing,
    DocumentOvertaken,
    LinesMissing,
    NotADraft,
    NoteMissing,
    ReviewChanged,
    VatRateChanged,
)
from quotes.models import Preview, Quote
from quotes.pricing import compare
from quotes.states import ItemKind, QuoteState
from quotes.wording import version_before
from records.commands import (
    forget_failure_to_render,
    keep_failure_to_render,
    owe,
    store_document,
    waiting_under_lock,
)
from records.jobs import job
from records.models import Document
from records.states import JobQueue
from records.transitions import SYSTEM, perform, record_event
from records.unit import command

NEEDED = (ItemKind.CONNECTION, ItemKind.ANNUAL)


@command
def request_issue(quote_id: int, *, by: User, at: datetime | None = None) -> Quote:
    """Ask for a draft to be issued. A worker makes its document, which opens it.

    Also repeats a rendering that failed.

    Raises:
        NotADraft, AlreadyBeingIssued: there is nothing to issue.
        LinesMissing, CivilWorksNotPriced, DeliveryDateMissing: the offer does not say
            what it must.
        MustBeFree, DecidedFree, DecidedChargeable: the total is not what the rule, or
            DCC's decision about an RDP's HV, says.
        ChargingUndecided: DCC has not decided about the charges of an RDP's HV.
        NoteMissing: a charge is outside the indicative range, and no note says why.
        VatRateChanged: the draft was saved under another rate.
        PriceOvertaken: an amount was put right in the price list since.
        ChangeReasonMissing: it differs from the version before, and nothing says why.
        NoQuoteHere, SiteReviewFirst, TypeNotAvailable: the order moved on.

    Source: R-3.3-2, R-2.9.1-1, R-2.9.2-1, R-2.9.3-3, R-3.6-4.
    """
    if not is_operations(by):
        raise PermissionDenied
    at = at or timezone.now()
    order: ConnectionRequest = ConnectionRequest.objects.locked().get(quotes=quote_id)
    quote: Quote = order.quotes.get(pk=quote_id)
    check_complete(quote, uk_date(at))
    quote.stage, quote.basis = stage_and_basis(order)
    quote.issue_requested_at, quote.rendering_error = at, ""
    quote.save()
    what = f"Quotation {quote} to be issued: its document is being prepared"
    record_event(quote, "request_issue", by=by, at=at, what=what, is_public=False)
    owe(render_quote, quote.pk, about=quote.reference, thread=quote.thread)
    return quote


def check_complete(quote: Quote, day: date) -> None:
    """Refuse a draft that does not say what an offer must, if issued on `day`."""
    if quote.state != QuoteState.DRAFT:
        raise NotADraft(quote=quote, state=quote.get_state_display().lower())
    if quote.is_being_prepared:
        raise AlreadyBeingIssued(quote=quote)
    check_stated(quote)
    require_prices_stand(quote)
    check_explained(quote, day)
    if quote.vat_rate != vat_rate_on(day):
        raise VatRateChanged(rate=percent_words(vat_rate_on(day)))


def check_stated(quote: Quote) -> None:
    """Refuse a draft that leaves out a charge or the day.

    Source: R-3.3-2, R-2.9.1-1, R-2.9.3-5.
    """
    kinds = {line.kind for line in quote.lines.all()}
    for kind in NEEDED:
        if kind not in kinds:
            raise LinesMissing(kind=f"a line for the {ItemKind(kind).label.lower()}")
    works = civil_works_found(quote.order)
    if works and ItemKind.CIVIL_WORKS not in kinds:
        raise CivilWorksNotPriced(works=works)
    if quote.delivery_on is None:
        raise DeliveryDateMissing
    check_charged(quote)


def check_explained(quote: Quote, day: date) -> None:
    """Refuse an amount that the Party would ask about. Source: R-2.9.3-3, R-3.6-4."""
    found = outside_ballpark(quote, day)
    if found and not quote.note.strip():
        raise NoteMissing(outside="; ".join(found))
    before = version_before(quote)
    if before is None or quote.change_reason.strip():
        return
    if any(one.is_any for one in compare(quote.priced_lines, before.priced_lines)):
        raise ChangeReasonMissing(version=before.version)


@command
def record_rendering_failure(quote_id: int, words: str) -> None:
    """Keep why no document could be made; the clock has not started.

    Nothing is kept when another worker made it meanwhile.
    """
    quote = waiting_quote(quote_id)
    keep_failure_to_render(
        quote,
        words,
        action="record_rendering_failure",
        what=f"The document of quotation {quote} could not be made",
    )


@command
def forget_rendering_failure(quote_id: int) -> None:
    """Let a draft wait for its document again, as the desk's own step does."""
    rows = Quote.objects.filter(pk=quote_id)
    forget_failure_to_render(order_of(quote_id), rows)


def waiting_quote(quote_id: int) -> Quote | None:
    """Lock the order of a draft; return the draft while it waits for its document."""
    waiting = Quote.objects.waiting_for_document().select_related("order")
    return waiting_under_lock(order_of(quote_id), waiting.filter(pk=quote_id))


def order_of(quote_id: int) -> OrderQuerySet:
    return ConnectionRequest.objects.locked().filter(quotes=quote_id)


@job(
    "Document of a quotation",
    queue=JobQueue.DOCUMENTS,
    transient=(DocumentOvertaken,),
    failed=record_rendering_failure,
    again=forget_rendering_failure,
)
def render_quote(quote_id: int, *, at: datetime | None = None) -> bool:
    """Make the document of a requested quote and issue it; return whether it is open.

    Safe to repeat and to race: only the first document that is stored opens the offer.

    Args:
        at: when the offer opens; the demonstration and tests give it, a worker never.

    Raises:
        DocumentOvertaken: midnight passed meanwhile; it is to be made again.
        ReviewChanged: the site review asks for another kind of offer.
    """
    waiting = Quote.objects.waiting_for_document().filter(pk=quote_id)
    quote = waiting.select_related("order__party", "order__data_centre").first()
    if quote is None:
        return False
    facts = quotation_facts(quote, issued_on=uk_date(at or timezone.now()))
    is_open = issue_quote(quote_id, pdf=render_quotation(facts), facts=facts, at=at)
    if not is_open and waiting.exists():
        raise DocumentOvertaken(quote=quote)
    return is_open


@command
def issue_quote(
    quote_id: int, *, pdf: bytes, facts: dict[str, Any], at: datetime | None = None
) -> bool:
    """Store the document and open the offer with the same instant; owe its e-mail.

    Returns:
        False when another worker was first, when the draft changed meanwhile, or when
        midnight has passed since the document stated its last day: it is then made
        again.

    Raises:
        ReviewChanged: the site review asks for another kind of offer.
        PriceOvertaken: an amount was put right in the price list meanwhile.

    Source: R-2.11-1, R-3.3-1, R-3.4-1, R-0-5.
    """
    order: ConnectionRequest = ConnectionRequest.objects.locked().get(quotes=quote_id)
    at = at or timezone.now()
    quote: Quote | None = (
        order.quotes.waiting_for_document().filter(pk=quote_id).first()
    )
    if quote is not None and not still_fits(order, quote):
        raise ReviewChanged(quote=quote)
    if quote is not None:
        require_prices_stand(quote)
    if quote is None or facts != quotation_facts(quote, issued_on=uk_date(at)):
        return False
    document = store_document(
        pdf,
        kind=Document.Kind.QUOTATION,
        name=f"{quote.reference}.pdf",
        content_type="application/pdf",
        thread=quote.thread,
        by=SYSTEM,
        at=at,
        template=TEMPLATE,
    )
    perform(
        quote.issue, by=SYSTEM, at=at, document=document, fingerprint=fingerprint(facts)
    )
    Preview.objects.filter(quote=quote).delete()
    if order.state == OrderState.ACCEPTED:
        record_sent(order, at)
        perform(order.quote, by=SYSTEM, at=at)
    emails.quote_issued(quote, at)
    return True


def still_fits(order: ConnectionRequest, quote: Quote) -> bool:
    """Say whether the order is still ready for just this kind of offer."""
    try:
        return stage_and_basis(order) == (quote.stage, quote.basis)
    except DomainError:
        return False
