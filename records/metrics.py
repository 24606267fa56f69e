"""Figures for whoever watches the portal: what machines owe, and who was heard of."""

from collections.abc import Iterator
from typing import Any

from prometheus_client.core import GaugeMetricFamily

from records.jobs import KINDS
from records.models import Heartbeat, Job

JOB_FIGURES = {
    "owed": "Jobs that machines owe.",
    "overdue": "Jobs that nobody takes up, though they could be done.",
    "failed": "Jobs that failed and wait for staff.",
}


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


def silence_figures() -> GaugeMetricFamily:
    words = "How long ago a program, or the mail server, was last heard of."
    family = GaugeMetricFamily("portal_silence_seconds", words, labels=["name"])
    rows: Any = Heartbeat.objects.with_silence()
    for row in rows:
        family.add_metric([row.name], row.silence.total_seconds())
    return family
