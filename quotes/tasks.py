from datetime import timedelta

from celery import shared_task
from django.utils import timezone

from common.clock import uk_date
from orders.models import ConnectionRequest
from orders.states import OrderState
from quotes import commands
from quotes.models import Authority, Quote
from quotes.states import QuoteState

CHUNK = 500
# A scan that arrived in the last second is still being read: it must not find its
# offer lapsed. Nothing can be accepted meanwhile, since commands ask the clock.
IN_HAND = timedelta(minutes=2)
# No two working days are further apart: the commands ask for the exact one.
LONGEST_WEEKEND = timedelta(days=7)


@shared_task
def lapse_due_quotes() -> None:
    """Every 5 minutes. Late, missed or doubled runs change nothing but the delay."""
    due = Quote.objects.due_to_lapse(timezone.now() - IN_HAND).order_by("lapses_at")
    for quote_id in list(due.values_list("pk", flat=True)[:CHUNK]):
        lapse_due_quote.delay(quote_id)


@shared_task(acks_late=True)
def lapse_due_quote(quote_id: int) -> None:
    """One quote a task, so that one bad row does not hold up the rest."""
    commands.lapse_quote(quote_id, now=timezone.now())


@shared_task
def hand_in_due_authorities() -> None:
    """Every minute: uploads that nobody confirmed in time are handed in as they are."""
    due = Authority.objects.due_in(timezone.now()).order_by("hands_in_at")
    for authority_id in list(due.values_list("pk", flat=True)[:CHUNK]):
        hand_in_due_authority.delay(authority_id)


@shared_task(acks_late=True)
def hand_in_due_authority(authority_id: int) -> None:
    commands.hand_in_due_authority(authority_id, now=timezone.now())


@shared_task
def remind_authorisers() -> None:
    """Every 10 minutes: each open offer gets the latest reminder due, once."""
    offers = Quote.objects.filter(state=QuoteState.ISSUED)
    for quote_id in offers.values_list("pk", flat=True).iterator(chunk_size=CHUNK):
        remind_authoriser.delay(quote_id)


@shared_task(acks_late=True)
def remind_authoriser(quote_id: int) -> None:
    commands.remind_authorisers(quote_id, now=timezone.now())


@shared_task
def watch_due_quotes() -> None:
    """Every 10 minutes: each quotation that DCC owes soon, or owed, is told of once."""
    now = timezone.now()
    orders = ConnectionRequest.objects.filter(state=OrderState.ACCEPTED)
    soon = orders.filter(quote_due_on__lte=uk_date(now) + LONGEST_WEEKEND)
    for order_id in soon.values_list("pk", flat=True).iterator(chunk_size=CHUNK):
        watch_due_quote.delay(order_id)


@shared_task(acks_late=True)
def watch_due_quote(order_id: int) -> None:
    now = timezone.now()
    commands.warn_of_due_quote(order_id, now=now)
    commands.report_missed_quote(order_id, now=now)
