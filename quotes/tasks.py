from datetime import timedelta

from celery import shared_task
from django.utils import timezone

from quotes import commands
from quotes.models import Quote
from quotes.states import QuoteState

CHUNK = 500
# A scan that arrived in the last second is still being read: it must not find its
# offer lapsed. Nothing can be accepted meanwhile, since commands ask the clock.
IN_HAND = timedelta(minutes=2)


@shared_task(acks_late=True, time_limit=120)
def render_quote(quote_id: int) -> None:
    """Make one document and open its offer."""
    commands.render_quote(quote_id)


@shared_task
def render_requested_quotes() -> None:
    """Every 2 minutes: offers whose rendering was lost on its way to a worker."""
    waiting = Quote.objects.waiting_for_document().order_by("issue_requested_at")
    for quote_id in list(waiting.values_list("pk", flat=True)[:CHUNK]):
        render_quote.delay(quote_id)


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
def remind_authorisers() -> None:
    """Every 10 minutes: each open offer gets the latest reminder due, once."""
    offers = Quote.objects.filter(state=QuoteState.ISSUED)
    for quote_id in offers.values_list("pk", flat=True).iterator(chunk_size=CHUNK):
        remind_authoriser.delay(quote_id)


@shared_task(acks_late=True)
def remind_authoriser(quote_id: int) -> None:
    commands.remind_authorisers(quote_id, now=timezone.now())
