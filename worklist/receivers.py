"""Answers to what the apps below tell."""

from datetime import datetime

from django.dispatch import receiver

from records.signals import threads_changed
from worklist.commands import reconcile


@receiver(threads_changed)
def reconcile_register(*, threads: dict[str, datetime], **kwargs: object) -> None:
    """Open and close what is owed now, in the transaction that changed it."""
    reconcile(threads)
