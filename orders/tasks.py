from datetime import timedelta

from celery import shared_task
from django.conf import settings
from django.utils import timezone

from common.clock import uk_date
from orders import commands
from orders.forms.blank import blank_facts
from orders.models import ConnectionRequest
from orders.obligations import ANSWER
from records.commands import work_through
from records.jobs import job
from records.states import JobQueue
from worklist.models import WorkItem

# So long after its day a reminder that no worker sent is still worth sending.
MISSED_DAYS = 31


@shared_task
def alert_of_ended_standings() -> None:
    """Every 10 minutes: others share, and the Party is no SEC Party. Told of once."""
    lost = ConnectionRequest.objects.shared_without_standing(uk_date(timezone.now()))
    work_through("alert_of_ended_standings", lost.order_by("pk"), alert)


def alert(order_id: int) -> None:
    commands.alert_of_ended_standing(order_id, now=timezone.now())


@shared_task
def follow_up_returned() -> None:
    """Every 10 minutes: silent forms are reminded of, and closed after their day."""
    waiting = WorkItem.objects.open().filter(kind=ANSWER.slug)
    today = uk_date(timezone.now())
    over = waiting.filter(due_on__lt=today).order_by("due_on", "pk")
    work_through("close_unanswered", over, close, of="subject_pk")
    silent = waiting.filter(due_on=None)
    if not settings.RETURNED_CLOSE_DAYS:
        # What has had its last reminder long ago is left in peace.
        longest = timedelta(days=max(settings.RETURNED_REMINDER_DAYS) + MISSED_DAYS)
        silent = silent.filter(opened_at__gte=timezone.now() - longest)
    work_through("remind_of_questions", silent.order_by("pk"), remind, of="subject_pk")


def close(order_id: int) -> None:
    commands.close_unanswered(order_id, now=timezone.now())


def remind(order_id: int) -> None:
    commands.remind_of_questions(order_id, now=timezone.now())


@job("Blank request form", queue=JobQueue.DOCUMENTS)
def render_blank_form(_: int = 0) -> None:
    """Make the blank form, unless there is one with just these questions."""
    commands.make_blank_form(blank_facts())
