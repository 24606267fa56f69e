"""Reminders while an offer is open, and who has read it."""

from collections.abc import Collection
from datetime import datetime

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from common.clock import uk_date
from orders.emails import nominated
from orders.models import ConnectionRequest
from parties.models import User
from parties.states import Purpose
from quotes import emails
from quotes.deadlines import reminders_due
from quotes.models import Quote, Reading
from quotes.states import QuoteState


@transaction.atomic
def remind_authorisers(quote_id: int, *, now: datetime) -> bool:
    """Owe the latest reminder that has come due; return whether one was. Repeatable.

    It goes to those who have opened the offer, who know what it is about; while none
    of them has, and on the last day, to everybody who may authorise. One missed while
    no worker ran is not sent beside the next: only the latest counts.

    Source: R-3.4-4.
    """
    order = ConnectionRequest.objects.locked().get(quotes=quote_id)
    quote: Quote = order.quotes.get(pk=quote_id)
    if quote.state != QuoteState.ISSUED or not quote.is_open_at(now):
        return False
    issued_on = uk_date(quote.issued_at or now)
    days = settings.AUTHORITY_REMINDER_DAYS
    due = reminders_due(issued_on, uk_date(now), days, quote.open_days)
    if not due:
        return False
    everybody = nominated(order, Purpose.AUTHORISE, now)
    readers = readers_among(quote, everybody)
    is_last = due[-1] == quote.open_days
    notices = emails.authority_reminder(
        quote,
        now,
        number=due[-1],
        to=everybody if is_last or not readers else readers,
        is_read=bool(readers),
    )
    return any(notice.owed_at == now for notice in notices)


def readers_among(quote: Quote, addresses: Collection[str]) -> list[str]:
    """Return those of `addresses` whose person has opened the offer."""
    read = quote.readings.filter(by__email__in=list(addresses))
    return list(read.values_list("by__email", flat=True))


def record_reading(
    quote_id: int, *, by: User, at: datetime | None = None
) -> Reading | None:
    """Keep when somebody of the Party first opened an offer. Later times keep nothing.

    Returns:
        The first reading; nothing for staff, and for what was never issued.

    Raises:
        PermissionDenied: the offer is another Party's.

    Source: R-3.4-4.
    """
    if by.is_staff:
        return None
    first: Reading | None = Reading.objects.filter(quote=quote_id, by=by).first()
    if first is not None:
        return first
    quote = Quote.objects.visible_to(by).filter(pk=quote_id).first()
    if quote is None:
        raise PermissionDenied
    at = at or timezone.now()
    first, _ = Reading.objects.get_or_create(quote=quote, by=by, defaults={"at": at})
    return first
