"""What machines owe and do not do, for the desk's first page: one line a kind."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, Count, F, Max, Value, When
from django.db.models.functions import Now
from django.urls import reverse

from common.remembered import remembered
from records.health import PROGRAMS, SECONDS_REMEMBERED, SILENT, unfinished
from records.jobs import KINDS, JobKind
from records.models import Document, Heartbeat, Job, VirusCheck
from records.states import JobState

# The first column of each, its kind, has the name that the first of them gives it.
COUNTED = ("owed", "failed", "overdue", "oldest")
NONE = Value(0)
Row = dict[str, Any]


@dataclass(frozen=True)
class StuckKind:
    """One kind of what is stuck: how many, what is wrong, and where it is seen to."""

    name: str
    count: int
    words: str
    url: str
    has_failed: bool = False


def stuck_kinds() -> list[StuckKind]:
    """Return what waits for a hand, what failed first. One query.

    Programs that left no word of late, jobs and e-mails that failed or that nobody
    takes up, and uploads that no virus scanner has seen.
    """
    counted = remembered("stuck", SECONDS_REMEMBERED, rows, unfinished)
    found = {row["kind"]: row for row in counted}
    kinds = sorted(KINDS.values(), key=lambda kind: kind.label)
    jobs = [line for kind in kinds for line in of_job(kind, found.get(kind.name))]
    lines = [*of_programs(found), *jobs, *of_uploads(found.get(VirusCheck.NOT_SCANNED))]
    return sorted(lines, key=lambda line: not line.has_failed)


def rows() -> list[Row]:
    """Read jobs, programs and uploads as rows alike, so that one query answers."""
    programs: Any = Heartbeat.objects.filter(name__in=[key for key, *_ in PROGRAMS])
    in_trouble = Case(When(trouble="", then=NONE), default=Value(1))
    heard = programs.order_by().annotate(
        owed=NONE,
        failed=in_trouble,
        overdue=NONE,
        oldest=Now() - F("at"),
    )
    unseen: Any = Document.objects.filter(virus_check=VirusCheck.NOT_SCANNED)
    # Of columns that one index holds: without a scanner it is all files there are.
    uploads = (
        unseen.order_by()
        .values("virus_check")
        .annotate(
            owed=NONE,
            failed=NONE,
            overdue=Count("virus_check"),
            oldest=Max(Now() - F("at")),
        )
    )
    jobs: Any = Job.objects.counted()
    others = (heard.values("name", *COUNTED), uploads.values("virus_check", *COUNTED))
    return list(jobs.union(*others, all=True))


def of_programs(found: dict[str, Row]) -> Iterator[StuckKind]:
    silent = [name for key, name, _ in PROGRAMS if is_silent(found.get(key))]
    if silent:
        words = ", ".join(
            [silent[0], *(name[0].lower() + name[1:] for name in silent[1:])]
        )
        url = reverse("health")
        yield StuckKind(
            "Timers and workers that do not run", len(silent), words, url, True
        )


def is_silent(row: Row | None) -> bool:
    return row is None or row["oldest"] > SILENT or row["failed"] > 0


def of_job(kind: JobKind, row: Row | None) -> Iterator[StuckKind]:
    """Return what of a kind failed, and what of it nobody takes up."""
    if row is None:
        return
    jobs = reverse("admin:records_job_changelist") + f"?kind={kind.name}&state="
    if row["failed"]:
        url = f"{jobs}{JobState.FAILED}"
        yield StuckKind(kind.label, row["failed"], "Failed", url, True)
    if row["overdue"]:
        url = f"{jobs}{JobState.WAITING}"
        yield StuckKind(kind.label, row["overdue"], "Nobody takes them up", url)


def of_uploads(row: Row | None) -> Iterator[StuckKind]:
    if row is not None:
        address = reverse("admin:records_document_changelist")
        url = f"{address}?virus_check__exact={VirusCheck.NOT_SCANNED}"
        words = "No virus scanner has seen them"
        yield StuckKind("Uploads not scanned", row["overdue"], words, url)
