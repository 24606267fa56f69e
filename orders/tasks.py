from celery import shared_task
from django.utils import timezone

from common.clock import uk_date
from orders import commands
from orders.forms.blank import blank_facts
from orders.models import ConnectionRequest
from records.commands import work_through
from records.jobs import job
from records.states import JobQueue


@shared_task
def alert_of_ended_standings() -> None:
    """Every 10 minutes: others share, and the Party is no SEC Party. Told of once."""
    lost = ConnectionRequest.objects.shared_without_standing(uk_date(timezone.now()))
    work_through("alert_of_ended_standings", lost.order_by("pk"), alert)


def alert(order_id: int) -> None:
    commands.alert_of_ended_standing(order_id, now=timezone.now())


@job("Blank request form", queue=JobQueue.DOCUMENTS)
def render_blank_form(_: int = 0) -> None:
    """Make the blank form, unless there is one with just these questions."""
    commands.make_blank_form(blank_facts())
