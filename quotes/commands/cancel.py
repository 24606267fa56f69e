"""Cancelling between authority and completion."""

from datetime import datetime
from decimal import Decimal

from django.core.exceptions import PermissionDenied
from django.utils import timezone

from common.money import ZERO, pounds
from orders import policies as order_policies
from orders.commands import tell_partner_of_the_end
from orders.models import ConnectionRequest
from parties.models import User
from quotes import emails
from quotes.commands.hand_in import refuse_while_one_waits
from quotes.errors import (
    AuthorityBeingChecked,
    CancellationChargeChanged,
    NoneToCancel,
)
from quotes.models import Quote
from quotes.pricing import cancellation_before_completion
from quotes.signals import order_cancelled
from quotes.states import QuoteState
from records.transitions import SYSTEM, perform
from records.unit import command


def accepted_quote(order: ConnectionRequest) -> Quote:
    """Return the offer whose authority is in force.

    Raises:
        NoneToCancel: there is none yet.
    """
    quote: Quote | None = order.quotes.filter(state=QuoteState.ACCEPTED).first()
    if quote is None:
        raise NoneToCancel
    return quote


def cancellation_charge(order: ConnectionRequest) -> Decimal:
    """Return in pounds net what cancelling now costs. Source: R-2.10-2, R-3.4-2."""
    quote = accepted_quote(order)
    return cancellation_before_completion(quote.basis, quote.total.net)


@command
def cancel_order(
    order_id: int,
    *,
    by: User,
    acknowledged: Decimal,
    reason: str = "",
    at: datetime | None = None,
) -> Decimal:
    """Cancel an authorised order and return the charge, in pounds net.

    Args:
        acknowledged: the amount that the person was shown and agreed to.

    Raises:
        CancellationChargeChanged: that is not the amount.
        AuthorityBeingChecked, UploadWaiting: the commitment may be about to change.
        NoneToCancel, NotPossibleInState, PermissionDenied.

    Source: R-2.10-2, R-3.4-2, R-3.6-6.
    """
    at = at or timezone.now()
    order: ConnectionRequest = ConnectionRequest.objects.locked().get(pk=order_id)
    # Asked first, so that nobody learns the amount by guessing at it.
    if not order_policies.may_authorise(order, by):
        raise PermissionDenied
    quote = accepted_quote(order)
    charge = cancellation_before_completion(quote.basis, quote.total.net)
    if acknowledged != charge:
        raise CancellationChargeChanged(amount=pounds(charge))
    withdraw_undecided(order, at=at, why="The order was cancelled")
    words = f"Charge {pounds(charge)} excluding VAT" if charge > ZERO else "No charge"
    why = ". ".join(filter(None, [words, reason]))
    perform(order.cancel, by=by, at=at, why=why, tells_price=True)
    tell_partner_of_the_end(order, by=by, at=at)
    order_cancelled.send(
        ConnectionRequest, order=order, quote=quote, charge=charge, by=by, at=at
    )
    emails.order_cancelled(order, at, charge)
    return charge


def withdraw_undecided(order: ConnectionRequest, *, at: datetime, why: str) -> None:
    """End the undecided offers of an order that ends, but not past an authority.

    A draft was never shown to the Party, so neither is its end.
    """
    for quote in order.quotes.undecided():
        if quote.state == QuoteState.AUTHORITY_RECEIVED:
            raise AuthorityBeingChecked
        refuse_while_one_waits(quote)
        was_issued = quote.state == QuoteState.ISSUED
        perform(quote.withdraw, by=SYSTEM, at=at, why=why, is_public=was_issued)
