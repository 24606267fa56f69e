from celery import shared_task
from django.utils import timezone

from common.clock import uk_date
from orders import commands
from orders.forms.blank import blank_facts
from orders.models import ConnectionRequest
from records.jobs import job
from records.states import JobQueue

CHUNK = 500


@shared_task
def alert_of_ended_standings() -> None:
    """Every 10 minutes: others share, and the Party is no SEC Party. Told of once."""
    lost = ConnectionRequest.objects.shared_without_standing(uk_date(timezone.now()))
    for order_id in lost.values_list("pk", flat=True).iterator(chunk_size=CHUNK):
        alert_of_ended_standing.delay(order_id)


@shared_task(acks_late=True)
def alert_of_ended_standing(order_id: int) -> None:
    """One order a task, so that one bad row does not hold up the rest."""
    commands.alert_of_ended_standing(order_id, now=timezone.now())


@job("Blank request form", queue=JobQueue.DOCUMENTS)
def render_blank_form(_: int = 0) -> None:
    """Make the blank form, unless there is one with just these questions."""
    commands.make_blank_form(blank_facts())
