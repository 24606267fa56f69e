from celery import shared_task
from django.utils import timezone

from common.clock import uk_date
from connections import commands
from connections.obligations import NOTICE
from worklist.models import WorkItem

CHUNK = 500


@shared_task
def send_due_renewal_notices() -> None:
    """Every 10 minutes. Late, missed or doubled runs change nothing but the delay."""
    owed = WorkItem.objects.running(NOTICE.slug)
    due = owed.filter(due_on__lte=uk_date(timezone.now())).order_by("due_on", "pk")
    keys = due.values_list("subject_pk", flat=True)
    # All of them: one with nobody to write to stays due, and must not hide others.
    for period_id in keys.iterator(chunk_size=CHUNK):
        send_due_renewal_notice.delay(period_id)


@shared_task(acks_late=True)
def send_due_renewal_notice(period_id: int) -> None:
    """One period a task, so that one bad row does not hold up the rest."""
    commands.send_renewal_notice(period_id, now=timezone.now())
