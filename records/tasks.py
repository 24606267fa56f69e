from datetime import timedelta

from celery import shared_task
from django.conf import settings
from django.utils import timezone

from records import commands
from records.models import Sent
from records.once import REMEMBERED_FOR

JOBS_RETAINED_FOR = timedelta(days=30)


@shared_task(time_limit=settings.JOB_SECONDS)
def run_job(job_id: int) -> None:
    """One job a task, so that a bad one does not hold up the rest."""
    commands.run_job(job_id)


@shared_task
def nudge_ready_jobs() -> None:
    """Every minute: whatever is owed and of which no message is on its way."""
    commands.nudge_ready()


@shared_task
def greet_mail_server() -> None:
    """Twice a minute: whether e-mails could go, also when none is due."""
    commands.greet_mail_server()


@shared_task
def forget_done_jobs() -> None:
    """Every few hours: rows of work that was done a month ago."""
    commands.forget_done(JOBS_RETAINED_FOR)


@shared_task
def forget_sent_forms() -> None:
    """Every few hours: rows of forms that nobody sends again any more."""
    Sent.objects.over(timezone.now(), REMEMBERED_FOR).delete()
