"""The end of the time for which an offer is open."""

from datetime import datetime

from orders.commands import tell_partner_of_the_end
from orders.models import ConnectionRequest
from quotes import emails
from quotes.models import Quote
from records.transitions import SYSTEM, perform
from records.unit import command


@command
def lapse_quote(quote_id: int, *, now: datetime) -> bool:
    """Lapse an offer and its order if due at `now`; return whether. Safe to repeat.

    The history bears the deadline, however late this runs.

    Source: R-3.4-3, R-3.4-4, R-3.6-6.
    """
    order: ConnectionRequest = ConnectionRequest.objects.locked().get(quotes=quote_id)
    quote: Quote | None = order.quotes.due_to_lapse(now).filter(pk=quote_id).first()
    if quote is None:
        return False
    perform(quote.lapse, by=SYSTEM, at=quote.deadline)
    perform(order.lapse, by=SYSTEM, at=quote.deadline)
    tell_partner_of_the_end(order, by=SYSTEM, at=now)
    emails.quote_lapsed(quote, now)
    return True
