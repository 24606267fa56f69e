"""Figures for whoever watches the portal: what machines owe, who runs, what was asked.

They name no Party, no order and no person.
"""

import os
from collections.abc import Callable, Iterator
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone
from prometheus_client import CollectorRegistry, Counter, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from common.clock import uk_date
from dccportal.pages.health import checks_at
from records.jobs import KINDS
from records.models import Heartbeat, Job
from worklist.staff.queues import all_standings

# Several web processes add up what each has answered, in this folder.
SHARED = "PROMETHEUS_MULTIPROC_DIR"
REQUESTS = Counter(
    "portal_requests", "Requests that were answered.", ["status"], registry=None
)
JOB_FIGURES = {
    "owed": "Jobs that machines owe.",
    "overdue": "Jobs that nobody takes up, though they could be done.",
    "failed": "Jobs that failed and wait for staff.",
}
WORK_FIGURES = {
    "open": "Things that DCC or a supplier owes now.",
    "overdue": "Things that DCC or a supplier owes, whose last day has passed.",
}


def count_requests(
    get_response: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    def counted(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        REQUESTS.labels(str(response.status_code)).inc()
        return response

    return counted


class PortalCollector(Collector):
    """Asks the database at the moment of asking; nothing is kept in between."""

    def collect(self) -> Iterator[GaugeMetricFamily]:
        yield from job_figures()
        yield from work_figures()
        yield silence_figures()
        late = GaugeMetricFamily(
            "portal_late", "What has waited too long, by check.", labels=["check"]
        )
        for check in checks_at(timezone.now()):
            late.add_metric([check.key], check.waiting)
        yield late


def job_figures() -> Iterator[GaugeMetricFamily]:
    found = {row["kind"]: row for row in Job.objects.figures()}
    for name, words in JOB_FIGURES.items():
        family = GaugeMetricFamily(f"portal_jobs_{name}", words, labels=["kind"])
        for kind in KINDS:
            family.add_metric([kind], found.get(kind, {}).get(name, 0))
        yield family
    words = "How long ago the oldest job that is owed was asked for."
    oldest = GaugeMetricFamily("portal_jobs_oldest_seconds", words, labels=["kind"])
    for kind in KINDS:
        since = found.get(kind, {}).get("oldest")
        oldest.add_metric([kind], since.total_seconds() if since else 0)
    yield oldest


def work_figures() -> Iterator[GaugeMetricFamily]:
    """How much of what DCC and its suppliers owe is open, and late, in each queue."""
    standings = all_standings(uk_date(timezone.now()))
    for name, words in WORK_FIGURES.items():
        family = GaugeMetricFamily(f"portal_work_{name}", words, labels=["queue"])
        for one in standings:
            family.add_metric([one.slug], one.count if name == "open" else one.late)
        yield family


def silence_figures() -> GaugeMetricFamily:
    words = "How long ago a program, or the mail server, was last heard of."
    family = GaugeMetricFamily("portal_silence_seconds", words, labels=["name"])
    rows: Any = Heartbeat.objects.with_silence()
    for row in rows:
        family.add_metric([row.name], row.silence.total_seconds())
    return family


def figures() -> bytes:
    """Return all figures as Prometheus reads them."""
    registry = CollectorRegistry()
    registry.register(PortalCollector())
    if os.environ.get(SHARED):
        MultiProcessCollector(registry)  # type: ignore[no-untyped-call]  # untyped there
    else:
        registry.register(REQUESTS)
    return generate_latest(registry)
