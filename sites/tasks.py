"""Clock work about access to sites: find what is due, call a command."""

from celery import shared_task
from django.utils import timezone

from common.clock import uk_date
from records.commands import work_through
from sites import commands
from sites.models import AccessItem


@shared_task
def reopen_expired_items() -> None:
    """Every 10 minutes. Late, missed or doubled runs change nothing but the delay."""
    due = AccessItem.objects.due_to_reopen(uk_date(timezone.now()))
    work_through("reopen_expired_items", due, commands.reopen_expired_item)
