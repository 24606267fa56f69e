from datetime import timedelta

from celery import shared_task
from django.utils import timezone

from common.clock import uk_date
from orders import commands
from orders.forms.blank import blank_facts
from orders.models import ConnectionRequest, FormVersion

CHUNK = 500
# Longer than the slowest rendering, shorter than anybody waits.
SLOWEST = timedelta(minutes=2)


@shared_task(acks_late=True, time_limit=SLOWEST.seconds)
def render_request(version_id: int) -> None:
    """Make the record of one form that was sent."""
    commands.record_form(version_id)


@shared_task
def render_sent_requests() -> None:
    """Every 2 minutes: forms whose rendering was lost on its way to a worker."""
    waiting = FormVersion.objects.waiting_for_document().order_by("submitted_at")
    for version_id in list(waiting.values_list("pk", flat=True)[:CHUNK]):
        render_request.delay(version_id)


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


@shared_task(acks_late=True, time_limit=SLOWEST.seconds)
def render_blank_form() -> None:
    """Every 2 minutes: nothing, unless the form's questions are new."""
    commands.make_blank_form(blank_facts())
