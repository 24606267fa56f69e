"""What was offered on answers that are corrected, taken back before anybody signs."""

from datetime import date, datetime

from django.core.exceptions import PermissionDenied
from django.utils import timezone

from common.clock import uk_date
from orders import commands as orders
from orders.commands.mirror import lock_with_partner
from orders.deadlines import quote_due_on
from orders.models import ConnectionRequest
from orders.models.corrections import Corrections
from orders.states import ON_SITE, UNDER_WAY, OrderState
from parties.models import DataCentre, User
from parties.policies import is_desk
from quotes import emails
from quotes.commands.hand_in import refuse_while_one_waits
from quotes.errors import SignedAlready, SiteSigned
from quotes.models import Quote
from quotes.states import QuoteState
from records.transitions import SYSTEM, perform
from records.unit import command

BEFORE_A_SIGNATURE = (OrderState.ACCEPTED, OrderState.QUOTED)


@command
def correct_form(
    order_id: int,
    *,
    by: User,
    said: orders.Said,
    corrections: Corrections,
    reason: str = "",
    at: datetime | None = None,
) -> ConnectionRequest:
    """Correct a form as a submitter said, and take back what was offered on it before.

    Where the site review or the price rests on an answer that changes, an open
    quotation is withdrawn, the order goes back to desk review, and another version has
    to follow. Whatever else changes leaves both as they are.

    Raises:
        SignedAlready, UploadWaiting: somebody has signed, and that is never rewritten.
        QuoteLapsed: its last day has passed, even if no timer has run.
        As `record_corrections`.

    Source: T35, R-3.2-6, R-3.3-1.
    """
    if not is_desk(by):
        raise PermissionDenied
    at = at or timezone.now()
    order = lock_with_partner(order_id)
    for row, part in orders.parts_corrected(order, corrections):
        if part.reopens_review and row.state in BEFORE_A_SIGNATURE:
            why = reason.strip() or "The form that it was made for was corrected"
            due = next_offer_due(row, said)
            take_back(row, why, due_on=due, at=at)
    return orders.record_corrections(
        order_id, by=by, said=said, corrections=corrections, reason=reason
    )


@command
def review_moved_site(centre: DataCentre, *, by: User, why: str, at: datetime) -> None:
    """Begin again with the orders to premises that are elsewhere than was written.

    As for an answer of the form. Where somebody has signed and the work is under way,
    the place is part of what was signed.

    Raises:
        SiteSigned, SignedAlready, UploadWaiting, QuoteLapsed.

    Source: R-3.2-8, R-2.3-4.
    """
    rows = ConnectionRequest.objects.locked().filter(data_centre=centre)
    for order in rows.filter(state__in=UNDER_WAY).order_by("pk"):
        if order.state in ON_SITE:
            raise SiteSigned(order=order)
        due = quote_due_on(uk_date(at), orders.working_calendar())
        take_back(order, why, due_on=due, at=at)
        orders.review_again(order.pk, by=by, at=at, why=f"Put right: {centre.address}")


def next_offer_due(order: ConnectionRequest, said: orders.Said) -> date:
    """Return the last day of the target for what is offered after a correction.

    It runs anew from the UK day on which a contact said it, which is our own rule. A
    slip of DCC gives DCC no more time: the target stays that of the form.

    Source: R-3.3-1, T35.
    """
    anew = quote_due_on(uk_date(said.came_at), orders.working_calendar())
    return (said.is_our_slip and order.quote_due_on) or anew


def take_back(
    order: ConnectionRequest, why: str, *, due_on: date, at: datetime
) -> None:
    """Withdraw what nobody has signed; its order, locked, is then in desk review.

    Args:
        due_on: the last day of the target for the next version.

    Raises:
        SignedAlready, UploadWaiting, QuoteLapsed.

    Source: R-3.3-1, T35.
    """
    for quote in order.quotes.undecided():
        require_unsigned(quote)
        was_issued = quote.state == QuoteState.ISSUED
        if was_issued:
            quote.require_open(at)
        cause = perform(quote.withdraw, by=SYSTEM, at=at, why=why, is_public=was_issued)
        if order.state == OrderState.QUOTED:
            perform(order.reopen, by=SYSTEM, at=at, cause=cause, quote_due_on=due_on)
        if was_issued:
            emails.quote_withdrawn(quote, at, why)


def require_unsigned(quote: Quote) -> None:
    if quote.state == QuoteState.AUTHORITY_RECEIVED:
        raise SignedAlready(quote=quote)
    refuse_while_one_waits(quote)
