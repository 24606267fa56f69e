"""Reminders while an offer is open."""

from collections.abc import Collection
from datetime import datetime

from django.conf import settings

from common.clock import uk_date
from orders.emails import nominated
from orders.models import ConnectionRequest
from parties.states import Purpose
from quotes import emails
from quotes.deadlines import reminders_due
from quotes.models import Quote
from quotes.states import QuoteState
from records.unit import command


@command
def remind_authorisers(quote_id: int, *, now: datetime) -> bool:
    """Owe the latest reminder that has come due; return whether one was. Repeatable.

    It goes to those who have opened the offer, who know what it is about; while none
    of them has, and on the last day, to everybody who may authorise. One missed while
    no worker ran is not sent beside the next: only the latest counts. Days are counted
    from receipt; before it nobody is reminded of what they do not have (T29).

    Source: R-3.4-4, T29.
    """
    order = ConnectionRequest.objects.locked().get(quotes=quote_id)
    quote: Quote = order.quotes.get(pk=quote_id)
    received_on = quote.received_on
    if quote.state != QuoteState.ISSUED or received_on is None:
        return False
    if not quote.is_open_at(now):
        return False
    days = settings.AUTHORITY_REMINDER_DAYS
    due = reminders_due(received_on, uk_date(now), days, quote.open_days)
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
