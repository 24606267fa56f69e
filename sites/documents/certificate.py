"""The completion certificate: frozen facts in, bytes out. Source: R-3.7-4, R-3.7-5."""

from datetime import date
from typing import Any

from django.conf import settings

from common.templates import Template
from common.wording import day_words, long_day_words, years_words
from orders.documents import render
from orders.models import ConnectionRequest
from orders.states import ConnectionType
from parties.models import User
from sites.models import InstallationStage, InstalledItem, StageIssue
from sites.states import StageKind

# The guidance names no template for it, so it follows none.
TITLE = "Completion certificate"
TEMPLATE = Template(TITLE, "1.0", "DCC Connections", date(2026, 11, 28))


def completion_facts(
    order: ConnectionRequest, *, completed_on: date, by: User
) -> dict[str, Any]:
    """Return all that the certificate says, as plain strings and lists.

    Source: R-3.7-3, R-3.7-4, R-3.7-5, R-5.2-2.
    """
    years = order.minimum_period_years
    stages = {row.stage: row for row in order.stages.all()}
    in_rack = order.installed_items.filter(removed_on=None)
    return {
        **TEMPLATE.facts(),
        "reference": order.reference,
        "customer_reference": order.customer_reference,
        "party": order.party.name,
        "party_reference": order.party.reference,
        "site": str(order.data_centre),
        "address": getattr(order.data_centre, "address", ""),
        "service": service_words(order),
        "completed_on": completed_on.isoformat(),
        "completed_day": long_day_words(completed_on),
        "completed_by": str(by),
        "period": years_words(years) if years else "",
        "circuit": circuit_facts(stages[StageKind.CIRCUIT]),
        "equipment_on": day_words(stages[StageKind.EQUIPMENT].done_on),
        "items": [item_facts(item) for item in in_rack],
        "issues": [issue_facts(issue) for issue in order.stage_issues.all()],
        "desk_phone": settings.SERVICE_DESK_PHONE,
        "desk_email": settings.SERVICE_DESK_EMAIL,
    }


def service_words(order: ConnectionRequest) -> str:
    """Return "High Volume (HV), 20 Mbps", or the kind alone for LV."""
    kind = str(order.get_connection_type_display())
    is_hv = order.connection_type == ConnectionType.HV
    return f"{kind}, {order.hv_rating_mbps} Mbps" if is_hv else kind


def circuit_facts(stage: InstallationStage) -> dict[str, str]:
    measured = ""
    if stage.measured_down_mbps is not None and stage.measured_up_mbps is not None:
        down, up = stage.measured_down_mbps, stage.measured_up_mbps
        measured = f"{down:f} Mbps from DCC, {up:f} Mbps to DCC"
    return {
        "done_on": day_words(stage.done_on),
        "provider": stage.provider,
        "provider_reference": stage.provider_reference,
        "test_result": stage.test_result,
        "measured": measured,
    }


def item_facts(item: InstalledItem) -> dict[str, str]:
    model = ", ".join(filter(None, [item.model_name, item.version]))
    return {
        "what": str(item.get_slot_display()),
        "units": f"{item.rack_units}U",
        "model": model,
        "serial_number": item.serial_number,
        "position": item.position,
    }


def issue_facts(issue: StageIssue) -> dict[str, str]:
    """Return an issue with its resolution; none is open at completion."""
    resolved_on = issue.resolved_on
    return {
        "what": f"{issue.get_stage_display()}: {issue.description}",
        "found": f"{issue.found_by}, {day_words(issue.found_on)}",
        "resolution": issue.resolution,
        "resolved": day_words(resolved_on) if resolved_on else "",
    }


def render_certificate(facts: dict[str, Any]) -> bytes:
    """Return the certificate as PDF/UA; the same facts, the same bytes.

    Raises:
        NotRendered: it asks for something outside itself.
    """
    day = date.fromisoformat(facts["completed_on"])
    return render("documents/certificate.html", facts, day)
