"""Drafting an offer, and taking one back."""

from collections.abc import Sequence
from datetime import date, datetime

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from common.clock import uk_date
from orders.commands import working_calendar
from orders.deadlines import quote_due_on
from orders.errors import ReasonMissing
from orders.models import ConnectionRequest
from orders.states import OrderState
from parties.models import User
from parties.policies import is_operations
from quotes import emails
from quotes.commands.charging import require_charging_decision
from quotes.commands.hand_in import refuse_while_one_waits
from quotes.commands.lines import LineEntry, rows_of
from quotes.commands.preview import ask_for_preview
from quotes.commands.prices import vat_rate_on
from quotes.deadlines import QUOTE_OPEN_DAYS
from quotes.errors import (
    AlreadyBeingIssued,
    DiversityOpen,
    NoQuoteHere,
    SiteReviewFirst,
    SurveyMissing,
    TypeNotAvailable,
)
from quotes.models import Quote, QuoteLine
from quotes.states import Basis, QuoteStage, QuoteState
from records.transitions import perform, record_event
from records.unit import command


@command
def draft_quote(
    order_id: int,
    *,
    by: User,
    lines: Sequence[LineEntry],
    delivery_on: date | None,
    note: str = "",
    change_reason: str = "",
    at: datetime | None = None,
) -> Quote:
    """Draft the next version of an order's offer, or change the draft that it has.

    Whether it is firm follows from the site review; an offer after the survey is firm.
    A worker then shows how it would look on paper.

    Args:
        change_reason: why it differs from the version before, which the Party reads.

    Raises:
        LineReasonMissing: an amount comes from nowhere and has no reason.
        NoQuoteHere: the order is neither in desk review nor surveyed.
        SiteReviewFirst, TypeNotAvailable: nothing can be quoted yet, or at all.
        DiversityOpen: a firm offer would leave open whether routes can be diverse.
        ChargingUndecided: it is an RDP's HV, and DCC has not decided about its charges.
        AlreadyBeingIssued: its document is being made.

    Source: R-3.3-2, R-3.3-3, R-3.6-4, R-2.9.1-3, R-2.9.1-4.
    """
    if not is_operations(by):
        raise PermissionDenied
    at = at or timezone.now()
    order: ConnectionRequest = ConnectionRequest.objects.locked().get(pk=order_id)
    quote = the_draft(order, by, at)
    quote.delivery_on = delivery_on
    quote.note, quote.change_reason = note, change_reason
    quote.vat_rate = vat_rate_on(uk_date(at))
    quote.save()
    rows = rows_of(quote, lines, uk_date(at))
    quote.lines.all().delete()
    QuoteLine.objects.bulk_create(rows)
    ask_for_preview(quote, at)
    what = f"Quotation {quote} drafted"
    record_event(quote, "draft_quote", by=by, at=at, what=what, is_public=False)
    return quote


def the_draft(order: ConnectionRequest, by: User, at: datetime) -> Quote:
    """Return the order's editable draft, made on the spot if there is none."""
    draft: Quote | None = order.quotes.filter(state=QuoteState.DRAFT).first()
    stage, basis = stage_and_basis(order)
    if draft is None:
        latest = order.quotes.order_by("-version").first()
        version = latest.version + 1 if latest else 1
        draft = Quote(
            reference=f"{order.reference.replace('ORD', 'QUO')}-{version}",
            order=order,
            version=version,
            previous=latest,
            open_days=open_days(stage),
            prepared_by=by,
        )
    elif draft.is_being_prepared:
        raise AlreadyBeingIssued(quote=draft)
    draft.stage, draft.basis = stage, basis
    draft.period_years = order.minimum_period_years
    draft.issue_requested_at, draft.rendering_error = None, ""
    return draft


def stage_and_basis(order: ConnectionRequest) -> tuple[QuoteStage, Basis]:
    """Return what kind of offer the order is ready for.

    Source: R-3.3-3, R-3.6-4, R-2.14-5, T25.
    """
    if order.state == OrderState.SURVEY:
        require_surveyed(order)
        found = QuoteStage.UPDATED, Basis.FIRM
    elif order.state == OrderState.ACCEPTED:
        found = QuoteStage.INITIAL, basis_of_review(order)
    else:
        raise NoQuoteHere(state=order.get_state_display().lower())
    if found[1] == Basis.FIRM:
        require_nothing_open(order)
    require_charging_decision(order)
    return found


def require_surveyed(order: ConnectionRequest) -> None:
    if order.surveyed_at is None:
        raise SurveyMissing
    if order.quotes.open().exists():
        raise NoQuoteHere(state="waiting for a decision on its updated quotation")


def basis_of_review(order: ConnectionRequest) -> Basis:
    review = getattr(order, "site_review", None)
    if review is None:
        raise SiteReviewFirst
    if not review.is_type_available:
        raise TypeNotAvailable
    return Basis.INDICATIVE if review.is_survey_needed else Basis.FIRM


def require_nothing_open(order: ConnectionRequest) -> None:
    """Refuse a firm offer while it is not known whether routes can be diverse.

    What is open then would need a survey, which a firm offer does not promise.

    Raises:
        DiversityOpen: in words that name the two ways out.

    Source: R-2.14-5.
    """
    review = getattr(order, "site_review", None)
    found = review.is_diversity_available if review else None
    if order.wants_diverse_routing and found is None:
        raise DiversityOpen(order=order)


def open_days(stage: str) -> int:
    """Return for how many calendar days an offer is open (T9 for updated ones)."""
    if stage == QuoteStage.UPDATED:
        return int(settings.UPDATED_QUOTE_OPEN_DAYS)
    return QUOTE_OPEN_DAYS


@command
def withdraw_quote(
    quote_id: int, *, by: User, reason: str, at: datetime | None = None
) -> Quote:
    """Take back an open offer to issue it anew; the 5-working-day target runs again.

    Raises:
        ReasonMissing: the Party reads why its offer went.
        QuoteLapsed: its last day has passed, even if no timer has run.
        UploadWaiting: it may have been taken already.
        NotPossibleInState: it is not open, or its authority is being checked.
    """
    at = at or timezone.now()
    if not reason.strip():
        raise ReasonMissing
    order: ConnectionRequest = ConnectionRequest.objects.locked().get(quotes=quote_id)
    quote: Quote = order.quotes.get(pk=quote_id)
    was_issued = quote.state == QuoteState.ISSUED
    refuse_while_one_waits(quote)
    if was_issued:
        quote.require_open(at)
    cause = perform(quote.withdraw, by=by, at=at, why=reason, is_public=was_issued)
    if was_issued and order.state == OrderState.QUOTED:
        due = quote_due_on(uk_date(at), working_calendar())
        perform(order.reopen, by=by, at=at, cause=cause, quote_due_on=due)
    if was_issued:
        emails.quote_withdrawn(quote, at, reason)
    return quote
