import structlog
from celery import shared_task

from worklist import commands

SHOWN = 20
log = structlog.get_logger(__name__)


@shared_task
def check_register() -> None:
    """Four times a day: what the register says differs from the orders nowhere."""
    found = list(commands.differences())
    if found:
        log.error("work owed differs", count=len(found), first=found[:SHOWN])
