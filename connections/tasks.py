from celery import shared_task
from django.utils import timezone

from common.clock import uk_date
from connections import commands
from connections.obligations import NOTICE
from records.commands import work_through
from worklist.models import WorkItem


@shared_task
def send_due_renewal_notices() -> None:
    """Every 10 minutes. Late, missed or doubled runs change nothing but the delay."""
    owed = WorkItem.objects.running(NOTICE.slug)
    due = owed.filter(due_on__lte=uk_date(timezone.now())).order_by("due_on", "pk")
    work_through("send_due_renewal_notices", due, send, of="subject_pk")


def send(period_id: int) -> None:
    commands.send_renewal_notice(period_id, now=timezone.now())
