"""What an authoriser said by e-mail, phone or letter, recorded by the desk (T35)."""

from decimal import Decimal

from orders import emails as order_emails
from orders.commands.behalf import AUTHORISERS, Said, on_behalf
from orders.models import ConnectionRequest
from parties.models import User
from quotes.commands.cancel import accepted_quote, cancel_order
from quotes.commands.decide import decline_quote
from quotes.models import Quote
from records.unit import command


@command
def record_decline(quote_id: int, *, by: User, said: Said, reason: str = "") -> Quote:
    """Decline an offer as an authoriser said, from when that came.

    One that came before the last day was over counts although the offer has lapsed
    since: the lapse is then set aside.

    Raises:
        As `on_behalf`, and as `decline_quote`.

    Source: T35, R-3.4-5, R-3.4-3.
    """
    order: ConnectionRequest = ConnectionRequest.objects.locked().get(quotes=quote_id)
    quote: Quote = order.quotes.get(pk=quote_id)
    who = on_behalf(
        order,
        said,
        by=by,
        purposes=AUTHORISERS,
        since=quote.issued_at,
        what=f"quotation {quote} has been open",
    )
    declined = decline_quote(quote_id, by=who.actor, reason=reason, at=said.came_at)
    order_emails.recorded_for_you(order, who, f"that quotation {quote} is declined")
    return declined


@command
def record_cancellation(
    order_id: int,
    *,
    by: User,
    said: Said,
    acknowledged: Decimal,
    reason: str = "",
) -> Decimal:
    """Cancel an order as an authoriser said, from when that came; return the charge.

    Args:
        acknowledged: the amount, in pounds net, that the authoriser was told.

    Raises:
        As `on_behalf`, and as `cancel_order`.

    Source: T35, R-2.10-2, R-3.4-2.
    """
    order: ConnectionRequest = ConnectionRequest.objects.locked().get(pk=order_id)
    quote = accepted_quote(order)
    who = on_behalf(
        order,
        said,
        by=by,
        purposes=AUTHORISERS,
        since=quote.decided_at,
        what=f"quotation {quote} has been accepted",
    )
    charge = cancel_order(
        order_id,
        by=who.actor,
        acknowledged=acknowledged,
        reason=reason,
        at=said.came_at,
    )
    order_emails.recorded_for_you(order, who, f"the cancellation of order {order}")
    return charge
