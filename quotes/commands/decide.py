"""What the Gateway Party decides against: a refusal."""

from datetime import datetime

from django.utils import timezone

from orders.commands import tell_partner_of_the_end
from orders.models import ConnectionRequest
from orders.states import OrderState
from parties.models import User
from quotes import emails
from quotes.commands.hand_in import refuse_while_one_waits
from quotes.errors import AuthorityBeingChecked
from quotes.models import Quote
from quotes.states import QuoteState
from records.behalf import OnBehalf
from records.transitions import perform
from records.unit import command


@command
def decline_quote(
    quote_id: int, *, by: User, reason: str = "", at: datetime | None = None
) -> Quote:
    """Decline an open offer; its order ends, free of charge. It cannot be revived.

    What the desk records for an authoriser counts from when it came, also when the
    offer has lapsed since.

    Raises:
        QuoteLapsed, AuthorityBeingChecked, UploadWaiting.
        NotPossibleInState, PermissionDenied.

    Source: R-3.4-5, R-3.4-6, R-3.6-6, T35.
    """
    at = at or timezone.now()
    order: ConnectionRequest = ConnectionRequest.objects.locked().get(quotes=quote_id)
    quote: Quote = order.quotes.get(pk=quote_id)
    if quote.state == QuoteState.AUTHORITY_RECEIVED:
        raise AuthorityBeingChecked
    refuse_while_one_waits(quote)
    if quote.state == QuoteState.LAPSED and isinstance(by, OnBehalf):
        steps = [quote.decline_late, order.decline_late]
    elif order.state == OrderState.SURVEY:
        steps = [quote.decline, order.refuse]
    else:
        steps = [quote.decline, order.decline]
    for step in steps:
        perform(step, by=by, at=at, why=reason)
    tell_partner_of_the_end(order, by=by, at=at)
    emails.quote_declined(quote, at)
    return quote
