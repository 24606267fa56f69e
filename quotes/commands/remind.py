"""Reminders while an offer is open."""

from datetime import datetime

from django.conf import settings
from django.db import transaction

from common.clock import uk_date
from orders.models import ConnectionRequest
from quotes import emails
from quotes.deadlines import reminders_due
from quotes.models import Quote
from quotes.states import QuoteState


@transaction.atomic
def remind_authorisers(quote_id: int, *, now: datetime) -> bool:
    """Owe the latest reminder that has come due; return whether one was. Repeatable.

    One missed while no worker ran is not sent beside the next: only the latest counts.

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
    notices = emails.authority_reminder(quote, now, number=due[-1])
    return any(notice.owed_at == now for notice in notices)
