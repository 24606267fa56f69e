from collections.abc import Iterator
from datetime import timedelta
from typing import TYPE_CHECKING

from celery import shared_task
from django.utils import timezone

from common.clock import uk_date
from quotes import commands
from quotes.models import Authority, Quote
from quotes.obligations import DECIDE, SEND
from worklist.models import WorkItem

if TYPE_CHECKING:
    from django.db.models import QuerySet

CHUNK = 500
# A scan that arrived in the last second is still being read: it must not find its
# offer lapsed. Nothing can be accepted meanwhile, since commands ask the clock.
IN_HAND = timedelta(minutes=2)
# No two working days are further apart: the commands ask for the exact one.
LONGEST_WEEKEND = timedelta(days=7)


def subjects(rows: "QuerySet[WorkItem]") -> Iterator[int]:
    """Yield what the rows of the register are about, the soonest due first."""
    keys = rows.order_by("due_on", "pk").values_list("subject_pk", flat=True)
    return keys.iterator(chunk_size=CHUNK)


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
    offers = WorkItem.objects.running(DECIDE.slug)
    still_open = offers.filter(due_on__gte=uk_date(timezone.now()))
    for quote_id in subjects(still_open):
        remind_authoriser.delay(quote_id)


@shared_task(acks_late=True)
def remind_authoriser(quote_id: int) -> None:
    commands.remind_authorisers(quote_id, now=timezone.now())


@shared_task
def watch_due_quotes() -> None:
    """Every 10 minutes: each quotation that DCC owes soon, or owed, is told of once."""
    now = timezone.now()
    owed = WorkItem.objects.running(SEND.slug)
    soon = owed.filter(due_on__lte=uk_date(now) + LONGEST_WEEKEND)
    for order_id in subjects(soon):
        watch_due_quote.delay(order_id)


@shared_task(acks_late=True)
def watch_due_quote(order_id: int) -> None:
    now = timezone.now()
    commands.warn_of_due_quote(order_id, now=now)
    commands.report_missed_quote(order_id, now=now)
