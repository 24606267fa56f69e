from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Self

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Count, Exists, ExpressionWrapper, F, Max, OuterRef, Q
from django.db.models.functions import Now

from common.search import Terms
from records.states import JobState, NoticeState

if TYPE_CHECKING:
    from records.models import Event, Heartbeat, Job, MailPause, Notice

OVERDUE = timedelta(minutes=15)
# The kind of job that sends an e-mail.
DELIVERY = "deliver_notice"
# Machines' work that is to be done, and work that somebody may still have to look at.
OPEN = Q(done_at=None, failed_at=None, given_up_at=None)
UNFINISHED = Q(done_at=None, given_up_at=None)


class EventQuerySet(models.QuerySet["Event"]):
    def of_thread(self, thread: str) -> Self:
        """Keep what happened to one order and all that hangs from it, newest first."""
        return self.filter(thread=thread).select_related("by").order_by("-at", "-pk")

    def of_subject(self, row: Any) -> Self:
        """Keep what happened to one row itself, newest first."""
        kind = ContentType.objects.get_for_model(row)
        happened = self.filter(subject_type=kind, subject_pk=row.pk)
        return happened.select_related("by").order_by("-at", "-pk")

    def history_of(self, row: object) -> Self:
        """Keep what staff read as the history of a row, newest first.

        A row whose reference is its thread (a Party, an order) has all that happened
        in it. One that is written as part of another names that as `history_root`.
        """
        root = getattr(row, "history_root", row)
        thread = getattr(root, "thread", None)
        if thread and getattr(root, "reference", None) == thread:
            return self.of_thread(thread)
        return self.of_subject(root)

    def for_party(self) -> Self:
        """Keep what the Gateway Party may read."""
        return self.filter(is_public=True)

    def for_suppliers(self) -> Self:
        """Keep what a supplier may read: no offer, no charge and no amount."""
        offers = Q(subject_type__app_label__in=("quotes", "billing"))
        return self.for_party().filter(tells_price=False).exclude(offers)


class NoticeQuerySet(models.QuerySet["Notice"]):
    def queued(self) -> Self:
        """Keep those that are still to be sent."""
        return self.filter(state=NoticeState.QUEUED)

    def failed(self) -> Self:
        return self.filter(state=NoticeState.FAILED)

    def search(self, terms: Terms) -> Self:
        """Keep those whose address, subject or order has each word."""
        found = self
        for word in terms.words:
            found = found.filter(
                Q(to__icontains=word)
                | Q(subject__icontains=word)
                | Q(thread__icontains=word)
            )
        return found


class SentQuerySet(models.QuerySet[Any]):
    def over(self, now: datetime, kept: timedelta) -> Self:
        """Keep those that nobody sends again any more."""
        return self.filter(at__lt=now - kept)


def in_time(delta: timedelta) -> ExpressionWrapper[Any]:
    """Return the database's own time, so much later; a negative delta is the past."""
    return ExpressionWrapper(Now() + delta, output_field=models.DateTimeField())


def is_ready(since: timedelta) -> Q:
    """Say of a job that it could be done, for so long by now.

    While outgoing e-mails are paused, none could: each waits where it stands.
    """
    idle = Q(lease_until=None) | Q(lease_until__lte=Now())
    return OPEN & idle & Q(ready_at__lte=in_time(-since)) & ~is_held()


def is_held() -> Q:
    """Say of a job that it is an e-mail, and that e-mails are paused."""
    pauses = apps.get_model("records", "MailPause").objects.on()
    return Q(Exists(pauses), kind=DELIVERY)


class JobQuerySet(models.QuerySet["Job"]):
    def open(self) -> Self:
        """Keep what machines still owe."""
        return self.filter(OPEN)

    def unfinished(self) -> Self:
        """Keep what is open, and what failed and waits for somebody to decide."""
        return self.filter(UNFINISHED)

    def of(self, kind: str, subject: int | OuterRef) -> Self:
        return self.filter(kind=kind, subject=subject)

    def errors_of(self, kind: str, subjects: Iterable[int]) -> dict[int, str]:
        """Return what went wrong last, by subject, where anything did."""
        found = self.filter(kind=kind, subject__in=subjects).exclude(last_error="")
        return dict(found.order_by("pk").values_list("subject", "last_error"))

    def ready(self) -> Self:
        """Keep what can be done now: its time has come, and no worker holds it."""
        return self.filter(is_ready(timedelta(0)))

    def not_nudged(self) -> Self:
        """Keep those of which no message is on its way to a worker."""
        return self.filter(Q(nudged_until=None) | Q(nudged_until__lte=Now()))

    def overdue(self) -> Self:
        """Keep what nobody has taken up for too long, though it could be done."""
        return self.filter(is_ready(OVERDUE))

    def failed(self) -> Self:
        return self.filter(failed_at__isnull=False, given_up_at=None)

    def stuck(self) -> Self:
        """Keep what needs a hand: what failed, and what nobody takes up."""
        failed = Q(failed_at__isnull=False)
        return self.unfinished().filter(failed | is_ready(OVERDUE))

    def done_before(self, kept: timedelta) -> Self:
        """Keep what was done or given up so long ago that nobody asks for it."""
        past = Q(done_at__lte=in_time(-kept)) | Q(given_up_at__lte=in_time(-kept))
        return self.filter(past)

    def in_state(self, state: str) -> Self:
        """Keep those of which staff read this state."""
        return self.filter(STATES[state])

    def figures(self) -> list[dict[str, Any]]:
        """Return what is owed of each kind: how many, since when, overdue, failed."""
        return list(self.counted().order_by("kind"))

    def counted(self) -> models.QuerySet["Job", dict[str, Any]]:
        """Count what is unfinished by its kind, in no order."""
        owed, failed = Q(failed_at=None), Q(failed_at__isnull=False)
        found: Any = self.unfinished().order_by().values("kind")
        counted: models.QuerySet[Job, dict[str, Any]] = found.annotate(
            owed=Count("pk", filter=owed),
            failed=Count("pk", filter=failed),
            overdue=Count("pk", filter=is_ready(OVERDUE)),
            oldest=Max(Now() - F("asked_at"), filter=owed),
        )
        return counted


class MailPauseQuerySet(models.QuerySet["MailPause"]):
    def on(self) -> Self:
        return self.filter(is_on=True)

    def current(self) -> "MailPause | None":
        """Return the pause that holds e-mails now, with who set it; None if none."""
        return self.on().select_related("by").first()


class HeartbeatQuerySet(models.QuerySet["Heartbeat"]):
    def with_silence(self) -> Self:
        """Add how long ago each was left, by the database's clock."""
        silence = Now() - F("at")
        return self.annotate(
            silence=ExpressionWrapper(silence, output_field=models.DurationField())
        )


HELD = Q(lease_until__isnull=False)
STATES: dict[str, Q] = {
    JobState.WAITING: OPEN & ~HELD,
    JobState.RUNNING: OPEN & HELD,
    JobState.DONE: Q(done_at__isnull=False),
    JobState.FAILED: Q(failed_at__isnull=False, given_up_at=None),
    JobState.GIVEN_UP: Q(given_up_at__isnull=False),
}
