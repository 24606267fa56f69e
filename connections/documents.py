"""A performance report on paper: what was kept of it in, bytes out. Source: R-2.8-9."""

from datetime import date
from typing import Any, cast

from django.conf import settings

from common.clock import uk_date
from common.templates import Template
from common.wording import day_words, long_day_words
from connections.models import PerformanceReport
from connections.usage.says import DIRECTIONS
from orders.documents import render

TITLE = "Connection performance report"
# The guidance names no template for it, so it follows none.
TEMPLATE = Template(TITLE, "1.0", "DCC Connections", date(2026, 11, 28))


def report_facts(report: PerformanceReport) -> dict[str, Any]:
    """Return all that the paper says, as JSON knows it."""
    connection = report.connection
    made_on = uk_date(cast("Any", report.answered_at))
    return {
        **TEMPLATE.facts(),
        "reference": report.reference,
        "connection": connection.reference,
        "title": connection.title,
        "party": connection.party.name,
        "party_reference": connection.party.reference,
        "first_day": day_words(report.first_day),
        "last_day": day_words(report.last_day),
        "made_on": made_on.isoformat(),
        "made_day": long_day_words(made_on),
        "asked_by": str(report.requested_by),
        "asked_day": day_words(uk_date(report.requested_at)),
        "report": report.facts,
        "desk_phone": settings.SERVICE_DESK_PHONE,
        "desk_email": settings.SERVICE_DESK_EMAIL,
    }


def render_report(report: PerformanceReport) -> bytes:
    """Return a report that is ready as PDF/UA; the same report, the same bytes.

    Raises:
        NotRendered: it asks for something outside itself.
    """
    facts = report_facts(report)
    directions = [report.shown(name) for name in DIRECTIONS]
    day = date.fromisoformat(facts["made_on"])
    return render("documents/report.html", facts, day, directions=directions)
