from celery import shared_task
from django.utils import timezone

from records import commands
from records.models import Notice, Sent
from records.once import KEPT

CHUNK = 500


@shared_task(acks_late=True)
def deliver_notice(notice_id: int) -> None:
    """One e-mail a task, so that one bad address does not hold up the rest."""
    commands.deliver_notice(notice_id)


@shared_task
def deliver_owed_notices() -> None:
    """Every minute: whatever is owed and was lost on its way to a worker."""
    ready = Notice.objects.ready(timezone.now()).order_by("next_attempt_at")
    for notice_id in list(ready.values_list("pk", flat=True)[:CHUNK]):
        deliver_notice.delay(notice_id)


@shared_task
def forget_sent_forms() -> None:
    """Every few hours: rows of forms that nobody sends again any more."""
    Sent.objects.over(timezone.now(), KEPT).delete()
