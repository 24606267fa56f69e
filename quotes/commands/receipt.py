"""Receipt of an offer: what shows it, and announcing the offer once more."""

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.utils import timezone

from common.wording import day_words
from orders.models import ConnectionRequest
from parties.models import User
from parties.policies import is_desk
from quotes import emails
from quotes.errors import NobodyToTell, NothingToAnnounce
from quotes.models import Quote, Reading
from quotes.states import OPEN, Receipt
from records.transitions import SYSTEM, System, record_event
from records.unit import command


@command
def record_receipt(
    quote_id: int, *, at: datetime, how: str, by: User | System = SYSTEM, why: str = ""
) -> bool:
    """Keep when an open offer was first received; return whether that is news.

    Its days run from there. Safe to repeat and to race: whichever of two receipts is
    written down first, the earlier one counts, and none counts before issue.

    Args:
        at: aware; when the mail server had the e-mail, or somebody opened the offer.
        how: a `Receipt`.
        by: who opened it.
        why: words for the history.

    Source: R-2.11-1, R-3.4-1, T29.
    """
    order: ConnectionRequest = ConnectionRequest.objects.locked().get(quotes=quote_id)
    quote: Quote | None = order.quotes.filter(pk=quote_id, state__in=OPEN).first()
    if quote is None or quote.issued_at is None:
        return False
    # Two machines' clocks differ by a little.
    at = max(at, quote.issued_at)
    if not quote.record_receipt(at, how):
        return False
    quote.save()
    record_event(
        quote, "record_receipt", by=by, at=at, what=receipt_words(quote), why=why
    )
    return True


def receipt_words(quote: Quote) -> str:
    return f"Quotation received: the last day is {day_words(quote.last_day)}"


def record_reading(
    quote_id: int, *, by: User, at: datetime | None = None
) -> Reading | None:
    """Keep when somebody of the Party first opened an offer. Later times keep nothing.

    Opening it is receiving it, if nothing showed that before.

    Returns:
        The first reading; nothing for staff, and for what was never issued.

    Raises:
        PermissionDenied: the offer is another Party's.

    Source: R-3.4-4, T29.
    """
    if by.is_staff:
        return None
    first: Reading | None = Reading.objects.filter(quote=quote_id, by=by).first()
    if first is not None:
        return first
    quote = Quote.objects.visible_to(by).filter(pk=quote_id).first()
    if quote is None:
        raise PermissionDenied
    return store_reading(quote, by, at or timezone.now())


@command
def store_reading(quote: Quote, by: User, at: datetime) -> Reading:
    """Keep one reading and, if it is the first sign of receipt, that. Source: T29."""
    if quote.received_at is None or at < quote.received_at:
        why = f"{by} opened it in the portal"
        record_receipt(quote.pk, at=at, how=Receipt.PORTAL, by=by, why=why)
    kept: Reading
    kept, _ = Reading.objects.get_or_create(quote=quote, by=by, defaults={"at": at})
    return kept


@command
def announce_again(quote_id: int, *, by: User, at: datetime | None = None) -> Quote:
    """Write once more to the Party's people that an offer waits, while none has it.

    Raises:
        NothingToAnnounce: it is not open, or was received.
        NobodyToTell: the Party has nominated nobody to write to.
        PermissionDenied: `by` does not work at DCC's desk.

    Source: R-3.4-1, T29.
    """
    if not is_desk(by):
        raise PermissionDenied
    at = at or timezone.now()
    order: ConnectionRequest = ConnectionRequest.objects.locked().get(quotes=quote_id)
    quote: Quote = order.quotes.get(pk=quote_id)
    if not quote.is_unreceived:
        raise NothingToAnnounce(quote=quote)
    told = emails.quote_issued(quote, at, again=True)
    if not told:
        raise NobodyToTell(party=order.party)
    what = f"Quotation {quote} announced again by e-mail"
    record_event(quote, "announce_again", by=by, at=at, what=what, is_public=False)
    return quote
