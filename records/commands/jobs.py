"""Machines' work: owed as a row, nudged through the broker, done once by a worker.

The broker may lose, repeat or delay every nudge. What is ready, who holds it and until
when is told by the database alone, and by the database's clock.
"""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import structlog
from celery import current_app
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.db.models import Case, F, When
from django.db.models.functions import Now
from django.utils import timezone
from kombu.exceptions import ChannelError

from records.errors import (
    GivenUp,
    JobIsOver,
    JobNotFailed,
    UnknownKind,
    WhyGivenUpMissing,
)
from records.jobs import KINDS, MOST_ATTEMPTS, MOST_LOST, JobKind, pause_after, words_of
from records.models import Job
from records.querysets import in_time
from records.states import JobQueue
from records.transitions import SYSTEM, record_event
from records.unit import command, unit

# Longer than any job may take: the worker ends what runs for `settings.JOB_SECONDS`.
LEASE = timedelta(minutes=6)
# As long as a message lives: the sweep sends none while there may be one.
NUDGED = timedelta(minutes=5)
# More than a worker does until the next sweep.
CHUNK = 2500
RUN_TASK = "records.tasks.run_job"
log = structlog.get_logger(__name__)


@command
def owe(
    work: Callable[..., Any], subject: int = 0, *, about: str = "", thread: str = ""
) -> Job:
    """Owe `work` on the row with this pk; a worker does it after the commit.

    Owing it again while it is open, or after it failed, begins it anew on the same
    row: what a worker is just doing of it then counts for nothing.

    Args:
        work: a command that `records.jobs.job` declared.
        about: what staff read of its subject.
        thread: the reference of the order or register that it belongs to.
    """
    kind = KINDS[work.__name__]
    words = {"about": about[:200], "thread": thread}
    row = begin_anew(kind.name, subject) or first(kind, subject, words)
    nudge_on_commit(row)
    return row


def first(kind: JobKind, subject: int, words: dict[str, str]) -> Job:
    try:
        with unit():
            return Job.objects.create(
                kind=kind.name,
                subject=subject,
                queue=kind.queue,
                asked_at=Now(),
                ready_at=Now(),
                nudged_until=in_time(NUDGED),
                **words,
            )
    except IntegrityError:
        # Somebody else owed it in this moment.
        again = begin_anew(kind.name, subject)
        assert again is not None  # noqa: S101  it is what stood in the way
        return again


def begin_anew(kind: str, subject: int) -> Job | None:
    """Make an unfinished job ready as on its first day; none if there is none."""
    owed = Job.objects.unfinished().of(kind, subject)
    is_there = owed.update(
        asked_at=Now(),
        ready_at=Now(),
        nudged_until=in_time(NUDGED),
        lease_until=None,
        attempts=0,
        lost=0,
        last_error="",
        failed_at=None,
    )
    return owed.get() if is_there else None


def nudge_on_commit(row: Job) -> None:
    """Tell a worker once this transaction is committed.

    A broker that is down is logged, never an error to the person: the sweep nudges.
    """
    # robust needs a plain function: Django 5.2 asks a failed callback for its name.
    transaction.on_commit(lambda: nudge(row.pk, row.queue), robust=True)


def nudge(job_id: int, queue: str) -> None:
    """Send one message. Whatever becomes of it, the row says what is owed."""
    message = current_app.signature(RUN_TASK, (job_id,))
    try:
        message.apply_async(queue=queue, expires=NUDGED.total_seconds())
    except Exception:
        Job.objects.filter(pk=job_id).update(nudged_until=None)
        raise


def nudge_ready() -> int:
    """Nudge what is ready and not nudged, the oldest first; return how many.

    Two sweeps at once share the rows. While nobody takes messages from a queue, none
    are added to as many as are owed.
    """
    return sum(nudge_queue(queue) for queue in JobQueue.values)


def nudge_queue(queue: str) -> int:
    ready = Job.objects.ready().filter(queue=queue)
    room = min(ready.count() - waiting_in(queue), CHUNK)
    if room <= 0:
        return 0
    lost = ready.not_nudged().order_by("ready_at")
    found = [pk for pk in lost.values_list("pk", flat=True)[:room] if claim_nudge(pk)]
    for pk in found:
        nudge(pk, queue)
    return len(found)


def claim_nudge(job_id: int) -> bool:
    """Say whether this sweep is the one that nudges, by one conditional update."""
    lost = Job.objects.ready().not_nudged().filter(pk=job_id)
    return bool(lost.update(nudged_until=in_time(NUDGED)))


def waiting_in(queue: str) -> int:
    """Return how many messages wait in a queue of the broker."""
    with current_app.connection_for_write() as connection:
        try:
            channel: Any = connection.default_channel
            found = channel.queue_declare(queue, passive=True)
        except ChannelError:
            # Nothing was ever sent to it.
            return 0
        return int(found.message_count)


def run_job(job_id: int) -> bool:
    """Do one job that is owed; return whether it is done now. Safe to race.

    No transaction is open while it is worked on. An error of a kind that passes puts
    it back for later; any other ends it, and its subject is told in words.
    """
    row = claimed(job_id)
    if row is None:
        return False
    kind = KINDS.get(row.kind)
    try:
        attempt(kind, row)
    except Exception as error:  # noqa: BLE001  whatever the work may raise
        put_back(kind, row, error)
        return False
    return bool(in_hand(row).update(done_at=Now(), lease_until=None, last_error=""))


def claimed(job_id: int) -> Job | None:
    """Take a job into one worker's hands by one conditional update."""
    silent = Case(When(lease_until=None, then=F("lost")), default=F("lost") + 1)
    taken = Job.objects.ready().filter(pk=job_id)
    is_ours = taken.update(
        lease_until=in_time(LEASE),
        lost=silent,
        attempts=F("attempts") + 1,
        nudged_until=None,
    )
    return Job.objects.get(pk=job_id) if is_ours else None


def attempt(kind: JobKind | None, row: Job) -> None:
    if kind is None:
        raise UnknownKind(kind=row.kind)
    if row.lost >= MOST_LOST:
        raise GivenUp
    kind.work(row.subject)


def in_hand(row: Job) -> Any:
    """Keep the row while this worker holds it.

    Another holds it once the lease ran out, and nobody once it was asked for anew.
    """
    return Job.objects.open().filter(pk=row.pk, lease_until=row.lease_until)


def put_back(kind: JobKind | None, row: Job, error: Exception) -> None:
    """Leave a job for later, or end it where that would not help."""
    is_over = row.attempts >= MOST_ATTEMPTS or not passes(kind, error)
    words = kind.words(error) if kind else words_of(error)
    # Not the words: mail servers repeat the address that they refuse.
    log.warning("job not done", job=row.pk, kind=row.kind, error=type(error).__name__)
    if is_over:
        end(kind, row, words)
    else:
        later = in_time(pause_after(row.attempts))
        in_hand(row).update(ready_at=later, lease_until=None, last_error=words)


def passes(kind: JobKind | None, error: Exception) -> bool:
    """Say whether it may pass by itself. A worker of another release may know more."""
    return kind is None or kind.passes(error)


@command
def end(kind: JobKind | None, row: Job, words: str) -> None:
    """Keep that a job failed for good, and tell its subject.

    The subject is told first, since it locks its order, and orders come before jobs.
    """
    if not in_hand(row).exists():
        return
    if kind is not None:
        kind.failed(row.subject, words)
    failed = {"failed_at": Now(), "lease_until": None, "last_error": words}
    if not in_hand(row).update(**failed):
        transaction.set_rollback(True)


@command
def try_again(job_id: int, *, by: object) -> Job:
    """Begin a failed job anew.

    Raises:
        JobNotFailed: it waits, is being done, or is over.
        PermissionDenied: `by` does not work for DCC.
    """
    require_staff(by)
    row = Job.objects.get(pk=job_id)
    if kind := KINDS.get(row.kind):
        kind.again(row.subject)
    if not Job.objects.failed().select_for_update().filter(pk=job_id).exists():
        raise JobNotFailed
    begin_anew(row.kind, row.subject)
    nudge_on_commit(row)
    note(row, "try_again", f"{row} is to be tried again", by=by)
    return row


@command
def give_up(job_id: int, *, by: object, reason: str) -> Job:
    """Leave a job undone for good, for a reason that is kept.

    Raises:
        WhyGivenUpMissing: no reason is given.
        JobIsOver: it is done, or was given up before.
        PermissionDenied: `by` does not work for DCC.
    """
    require_staff(by)
    why = reason.strip()
    if not why:
        raise WhyGivenUpMissing
    row = Job.objects.get(pk=job_id)
    if kind := KINDS.get(row.kind):
        kind.given_up(row.subject, why)
    given_up = {"given_up_at": Now(), "given_up_because": why, "lease_until": None}
    who = None if by is SYSTEM else by
    unfinished = Job.objects.unfinished().filter(pk=job_id)
    if not unfinished.update(given_up_by=who, **given_up):
        raise JobIsOver
    note(row, "give_up", f"{row} given up", by=by, why=why)
    return row


def require_staff(by: Any) -> None:
    if by is not SYSTEM and not (by.is_active and by.acts_for_dcc):
        raise PermissionDenied


def note(row: Job, name: str, what: str, *, by: object, why: str = "") -> None:
    """Append what staff decided to the history of the job."""
    record_event(
        row, name, by=by, at=timezone.now(), what=what, why=why, is_public=False
    )


def forget_done(kept: timedelta) -> int:
    """Delete rows of what is over; what was made or sent is kept elsewhere."""
    return Job.objects.done_before(kept).delete()[0]
