"""The access log on paper: frozen facts in, bytes out. Source: R-5.2.2-3."""

from datetime import date, datetime
from typing import Any

from django.conf import settings

from common.clock import uk_date, uk_time
from common.templates import Template
from orders.documents import render
from orders.models import ConnectionRequest
from parties.models import User
from sites.models import AccessEntry

# The guidance names no template for it, so it follows none.
TITLE = "Access log"
TEMPLATE = Template(TITLE, "1.0", "DCC Connections", date(2026, 11, 28))


def log_facts(order: ConnectionRequest, *, at: datetime, by: User) -> dict[str, Any]:
    """Return all that a log says now, as plain strings and lists.

    Entries come as they were recorded, so that what is corrected comes before its
    correction; both name each other.

    Source: R-5.2.2-2, R-5.2.2-3.
    """
    place = order.access_log_places.select_related("by").first()
    is_elsewhere = place is not None and bool(place.where)
    entries = order.access_entries.for_pages().order_by("pk")
    return {
        "template": TEMPLATE.title,
        "template_version": TEMPLATE.version,
        "template_author": TEMPLATE.author,
        "template_ours": str(TEMPLATE),
        "reference": order.reference,
        "customer_reference": order.customer_reference,
        "party": order.party.name,
        "party_reference": order.party.reference,
        "site": str(order.data_centre),
        "address": getattr(order.data_centre, "address", ""),
        "as_of_on": uk_date(at).isoformat(),
        "as_of": uk_time(at),
        "asked_by": str(by),
        "elsewhere": place.where if place and is_elsewhere else "",
        "said": f"{place.by}, {uk_time(place.at)}" if place and is_elsewhere else "",
        "entries": [entry_facts(entry) for entry in entries],
        "desk_phone": settings.SERVICE_DESK_PHONE,
        "desk_email": settings.SERVICE_DESK_EMAIL,
    }


def entry_facts(entry: AccessEntry) -> dict[str, str]:
    correction = entry.corrected_by
    return {
        "number": str(entry.pk),
        "person": entry.person,
        "company": entry.company,
        "came": uk_time(entry.came_at),
        "left": left_words(entry),
        "purpose": entry.purpose,
        "escort": entry.escort,
        "equipment": entry.equipment,
        "recorded": f"{entry.by}, {uk_time(entry.at)}",
        "corrects": str(entry.corrects_id or ""),
        "why": entry.why,
        "corrected_by": str(correction.pk) if correction else "",
    }


def left_words(entry: AccessEntry) -> str:
    """Return when they left; of who is there still, or was not said to leave, that."""
    if entry.left_at is not None:
        return f"left {uk_time(entry.left_at)}"
    return "no time of leaving" if entry.corrected_by else "not left yet"


def render_log(facts: dict[str, Any]) -> bytes:
    """Return the log as PDF/UA; the same facts, the same bytes.

    Raises:
        NotRendered: it asks for something outside itself.
    """
    day = date.fromisoformat(facts["as_of_on"])
    return render("documents/access_log.html", facts, day)
