"""Figures for whoever watches the portal: what people owe."""

from collections.abc import Iterator

from django.utils import timezone
from prometheus_client.core import GaugeMetricFamily

from common.clock import uk_date
from worklist.staff.queues import all_standings

WORK_FIGURES = {
    "open": "Things that DCC or a supplier owes now.",
    "overdue": "Things that DCC or a supplier owes, whose last day has passed.",
}


def work_figures() -> Iterator[GaugeMetricFamily]:
    """How much of what DCC and its suppliers owe is open, and late, in each queue."""
    standings = all_standings(uk_date(timezone.now()))
    for name, words in WORK_FIGURES.items():
        family = GaugeMetricFamily(f"portal_work_{name}", words, labels=["queue"])
        for one in standings:
            family.add_metric([one.slug], one.count if name == "open" else one.late)
        yield family
