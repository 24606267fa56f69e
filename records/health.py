"""What machines could not do: the jobs that failed, and those that nobody takes up."""

from dataclasses import dataclass

from django.db.models import F
from django.urls import reverse

from records.models import Job
from records.states import JobState

SHOWN = 5


@dataclass(frozen=True)
class Stuck:
    """How many jobs are stuck, and the first of them."""

    count: int
    failed: int
    jobs: list[Job]
    url: str


def stuck_jobs() -> Stuck:
    """Return what waits for a hand. Two queries, over what is not done alone."""
    figures = Job.objects.figures()
    failed = sum(row["failed"] for row in figures)
    overdue = sum(row["overdue"] for row in figures)
    first = Job.objects.stuck().order_by(F("failed_at").desc(nulls_last=True), "pk")
    address = reverse("admin:records_job_changelist")
    only = JobState.FAILED if failed else JobState.WAITING
    return Stuck(
        count=failed + overdue,
        failed=failed,
        jobs=list(first[:SHOWN]) if failed + overdue else [],
        url=f"{address}?state={only}",
    )
