from datetime import timedelta

from celery import shared_task
from django.db.models import QuerySet
from django.utils import timezone

from common.clock import uk_date
from quotes import commands
from quotes.models import Authority, Quote
from quotes.obligations import DECIDE, SEND
from records.commands import work_through
from worklist.models import WorkItem

# A scan that arrived in the last second is still being read: it must not find its
# offer lapsed. Nothing can be accepted meanwhile, since commands ask the clock.
IN_HAND = timedelta(minutes=2)
# No two working days are further apart: the commands ask for the exact one.
LONGEST_WEEKEND = timedelta(days=7)
# Of the minute after which the next run begins.
MOST_SECONDS_OF_A_MINUTE = 30


@shared_task
def lapse_due_quotes() -> None:
    """Every 5 minutes. Late, missed or doubled runs change nothing but the delay."""
    due = Quote.objects.due_to_lapse(timezone.now() - IN_HAND)
    soonest_first = due.order_by("lapses_at", "pk")
    work_through("lapse_due_quotes", soonest_first, lapse, locked_by="order_id")


def lapse(quote_id: int) -> None:
    commands.lapse_quote(quote_id, now=timezone.now())


@shared_task
def hand_in_due_authorities() -> None:
    """Every minute: uploads that nobody confirmed in time are handed in as they are."""
    due = Authority.objects.due_in(timezone.now()).order_by("hands_in_at", "pk")
    seconds = MOST_SECONDS_OF_A_MINUTE
    work_through("hand_in_due_authorities", due, hand_in, seconds=seconds)


def hand_in(authority_id: int) -> None:
    commands.hand_in_due_authority(authority_id, now=timezone.now())


@shared_task
def remind_authorisers() -> None:
    """Every 10 minutes: each open offer gets the latest reminder due, once."""
    offers = WorkItem.objects.running(DECIDE.slug)
    still_open = offers.filter(due_on__gte=uk_date(timezone.now()))
    work_through("remind_authorisers", soonest(still_open), remind, of="subject_pk")


def remind(quote_id: int) -> None:
    commands.remind_authorisers(quote_id, now=timezone.now())


@shared_task
def watch_due_quotes() -> None:
    """Every 10 minutes: each quotation that DCC owes soon, or owed, is told of once."""
    owed = WorkItem.objects.running(SEND.slug)
    soon = owed.filter(due_on__lte=uk_date(timezone.now()) + LONGEST_WEEKEND)
    work_through("watch_due_quotes", soonest(soon), watch, of="subject_pk")


def watch(order_id: int) -> None:
    now = timezone.now()
    commands.warn_of_due_quote(order_id, now=now)
    commands.report_missed_quote(order_id, now=now)


def soonest(rows: "QuerySet[WorkItem]") -> "QuerySet[WorkItem]":
    return rows.order_by("due_on", "pk")
