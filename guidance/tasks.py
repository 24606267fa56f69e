from celery import shared_task

from guidance import commands
from guidance.models import GuidanceVersion


@shared_task
def tell_of_published_versions() -> None:
    """Every 10 minutes: whatever was published and lost on its way to a worker."""
    waiting = GuidanceVersion.objects.still_to_tell()
    for version_id in waiting.values_list("pk", flat=True):
        tell_of_one_version.delay(version_id)


@shared_task(acks_late=True)
def tell_of_one_version(version_id: int) -> None:
    commands.tell_of_version(version_id)
