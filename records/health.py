"""Whether machines do what they owe: who was heard of, what is late, what failed.

What the portal's health page and its figures count. Names no Party and no order.
"""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Protocol

from common.remembered import remembered
from records.jobs import KINDS, JobKind
from records.models import Heartbeat, Job, MailPause
from records.states import JobQueue

SHOWN = 5
REMEDIES = {
    JobQueue.MAIL: (
        "The worker for e-mails or its mail server is not answering. What waits goes "
        "when they do."
    ),
    JobQueue.DOCUMENTS: (
        "The worker for documents is not running, or making one failed; the page of "
        "the portal’s jobs then says why."
    ),
}
# So long what thousands of unfinished jobs come to stays as it was counted.
SECONDS_REMEMBERED = 15
# Each leaves word every 30 seconds.
SILENT = timedelta(seconds=100)
PROGRAMS = (
    ("beat", "The timer", "Start it: nothing is done by the clock meanwhile."),
    ("timers", "A worker for what is due", "Start a worker for the queue timers."),
    ("mail", "A worker for e-mails", "Start a worker for the queue mail."),
    ("documents", "A worker for documents", "Start a worker for the queue documents."),
    (
        "mail server",
        "The mail server",
        "It does not answer. E-mails wait until it does.",
    ),
)


@dataclass(frozen=True)
class HealthCheck:
    """One thing that should be in order, and how many are not."""

    key: str
    name: str
    waiting: int
    remedy: str
    # What stands on the page for none, and for any: a count, unless words say more.
    words: tuple[str, str] = ("None", "")

    @property
    def is_fine(self) -> bool:
        return self.waiting == 0

    @property
    def shown(self) -> str:
        fine, late = self.words
        return fine if self.is_fine else late or str(self.waiting)


class Heard(Protocol):
    """A program that left word, with how long ago."""

    trouble: str
    silence: timedelta


def mail_paused() -> HealthCheck:
    """Say whether staff hold e-mails back, which nobody may forget."""
    pauses = int(MailPause.objects.on().exists())
    remedy = "Staff have paused them at the desk. What waits goes once they let it go."
    return HealthCheck(
        "mail paused", "Outgoing e-mails", pauses, remedy, ("On their way", "Paused")
    )


def jobs_overdue() -> list[HealthCheck]:
    """Count for each kind of machines' work what nobody takes up, by its name."""
    counted = remembered("jobs", SECONDS_REMEMBERED, Job.objects.figures, unfinished)
    found = {row["kind"]: row for row in counted}
    kinds = sorted(KINDS.values(), key=lambda kind: kind.label)
    return [job_check(kind, found.get(kind.name, {})) for kind in kinds]


def unfinished(row: dict[str, Any]) -> int:
    """Return how many jobs one row of their counts is of."""
    return int(row["owed"] + row["failed"])


def job_check(kind: JobKind, figures: dict[str, Any]) -> HealthCheck:
    failed = figures.get("failed", 0) if kind.is_missed else 0
    waiting = figures.get("overdue", 0) + failed
    return HealthCheck(
        kind.name, f"{kind.label}: overdue", waiting, REMEDIES[kind.queue]
    )


def programs_silent() -> list[HealthCheck]:
    """Say of each program, and of the mail server, whether it was heard of lately.

    Each leaves word twice a minute, so that silence is seen within two.
    """
    rows: Any = Heartbeat.objects.with_silence()
    heard = {row.name: row for row in rows}
    return [program_check(*row, heard.get(row[0])) for row in PROGRAMS]


def program_check(key: str, name: str, remedy: str, row: Heard | None) -> HealthCheck:
    is_silent = row is None or row.silence > SILENT
    trouble = row.trouble if row else ""
    words = ("Runs", "Away" if trouble else "Silent")
    waiting = int(is_silent or bool(trouble))
    return HealthCheck(f"silent {key}", name, waiting, remedy, words)
