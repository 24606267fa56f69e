"""Figures for whoever watches the portal: what machines owe, who runs, what was asked.

They name no Party, no order and no person.
"""

import os
from collections.abc import Callable, Iterator

from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone
from prometheus_client import CollectorRegistry, Counter, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from dccportal.pages.health import checks_at
from records.metrics import job_figures, silence_figures
from worklist.metrics import work_figures

# Several web processes add up what each has answered, in this folder.
SHARED = "PROMETHEUS_MULTIPROC_DIR"
REQUESTS = Counter(
    "portal_requests", "Requests that were answered.", ["status"], registry=None
)


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


def figures() -> bytes:
    """Return all figures as Prometheus reads them."""
    registry = CollectorRegistry()
    registry.register(PortalCollector())
    if os.environ.get(SHARED):
        MultiProcessCollector(registry)  # type: ignore[no-untyped-call]  # untyped there
    else:
        registry.register(REQUESTS)
    return generate_latest(registry)
