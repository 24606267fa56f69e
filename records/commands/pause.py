"""Outgoing e-mails held back and let go again. None is lost or changes its place."""

from datetime import datetime
from typing import Any

from django.db import IntegrityError
from django.utils import timezone

from records.commands.jobs import require_staff
from records.errors import MailGoes, MailPausedAlready, WhyPausedMissing
from records.models import Job, MailPause
from records.querysets import DELIVERY
from records.transitions import record_event
from records.unit import command, unit


@command
def pause_mail(*, by: Any, why: str, at: datetime | None = None) -> MailPause:
    """Hold back all e-mails from now on. What is owed meanwhile waits in its place.

    Raises:
        WhyPausedMissing: no reason is given.
        MailPausedAlready: they are held back as it is.
        PermissionDenied: `by` does not work for DCC.
    """
    require_staff(by)
    at, why = at or timezone.now(), why.strip()
    if not why:
        raise WhyPausedMissing
    try:
        with unit():
            pause = MailPause.objects.create(by=by, at=at, why=why)
    except IntegrityError as error:
        # Two at once: the database lets one of them be.
        raise MailPausedAlready from error
    what = "Outgoing e-mails paused"
    record_event(pause, "pause_mail", by=by, at=at, what=what, why=why, is_public=False)
    return pause


@command
def let_mail_go(*, by: Any, at: datetime | None = None) -> int:
    """Send what waited, the oldest first; return how many e-mails that are.

    Each is asked once more whether it is still true when its turn comes.

    Raises:
        MailGoes: they are not held back.
        PermissionDenied: `by` does not work for DCC.
    """
    require_staff(by)
    at = at or timezone.now()
    pause = MailPause.objects.on().select_for_update().first()
    if pause is None:
        raise MailGoes
    pause.is_on, pause.ended_at, pause.ended_by = False, at, by
    pause.save(update_fields=["is_on", "ended_at", "ended_by"])
    # Messages that came meanwhile were answered by nobody: the sweep sends them anew.
    waiting = Job.objects.open().filter(kind=DELIVERY, lease_until=None)
    count = waiting.update(nudged_until=None)
    what = f"Outgoing e-mails let go: {count} waited"
    record_event(pause, "let_mail_go", by=by, at=at, what=what, is_public=False)
    return count
