"""A connection on paper: its report, the notice of its renewal, its end.

Facts as they were kept in, bytes out. Source: R-2.5-5, R-2.8-9, R-2.10-3.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, cast

from django.conf import settings

from common.clock import uk_date, uk_time
from common.money import ZERO, pounds
from common.templates import Template
from common.wording import day_words, long_day_words, months_words, plural
from connections.models import (
    Connection,
    ContractPeriod,
    PerformanceReport,
    RateChange,
)
from connections.pricing import Commitment
from connections.states import PaperKind
from connections.usage.says import DIRECTIONS
from orders.documents import render

TITLE = "Connection performance report"
# The guidance names no template for any of them, so they follow none.
TEMPLATE = Template(TITLE, "1.0", "DCC Connections", date(2026, 11, 28))
LETTERS = {
    PaperKind.END: Template(
        "Confirmation of the end of a connection",
        "1.0",
        "DCC Connections",
        date(2026, 11, 28),
    ),
    PaperKind.NOTICE: Template(
        "Renewal notice", "1.0", "DCC Connections", date(2026, 11, 28)
    ),
    PaperKind.CHANGE: Template(
        "Quotation of a change", "1.0", "DCC Connections", date(2026, 11, 28)
    ),
}


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


@dataclass(frozen=True)
class Ended:
    """How a connection was cancelled, as its confirmation says it.

    Args:
        person: who of the Gateway Party cancelled it.
        recorded: how it came to DCC, where the desk recorded it; else nothing.
        at: aware; when it was said.
        last_day: of service, UK.
        taken_back_until: the last UK day on which it can be; None where it cannot.
    """

    person: str
    recorded: str
    reason: str
    at: datetime
    last_day: date
    taken_back_until: date | None = None
    in_window: bool = False


def letter_facts(
    connection: Connection, kind: PaperKind, at: datetime
) -> dict[str, Any]:
    """Return what every letter about a connection says."""
    order = connection.order
    return {
        **LETTERS[kind].facts(),
        "connection": connection.reference,
        "title": connection.title,
        "order": order.reference,
        "customer_reference": order.customer_reference,
        "party": connection.party.name,
        "party_reference": connection.party.reference,
        "site": str(connection.data_centre),
        "address": connection.data_centre.address,
        "on": uk_date(at).isoformat(),
        "at": uk_time(at),
        "desk_phone": settings.SERVICE_DESK_PHONE,
        "desk_email": settings.SERVICE_DESK_EMAIL,
    }


def end_facts(
    connection: Connection,
    commitment: Commitment,
    ended: Ended,
    *,
    sessions: Iterable[object],
    items: Iterable[object],
) -> dict[str, Any]:
    """Return all that the confirmation of an end says, as JSON knows it.

    Args:
        sessions: those that are open, which close with it.
        items: of equipment, which stand in the rack.

    Source: R-2.10-3, R-2.5-7.
    """
    last_day = ended.last_day
    until = ended.taken_back_until
    return {
        **letter_facts(connection, PaperKind.END, ended.at),
        "last_day": long_day_words(last_day),
        "person": ended.person,
        "recorded": ended.recorded,
        "reason": ended.reason,
        "in_window": ended.in_window,
        "taken_back_until": long_day_words(until),
        "lines": [
            {
                "name": line.name,
                "due": day_words(line.due_on),
                "committed": pounds(line.committed),
                "invoiced": pounds(line.invoiced),
                "left": pounds(line.left),
            }
            for line in commitment.left_by(last_day)
        ],
        "committed": pounds(commitment.total),
        "invoiced": pounds(commitment.invoiced_by(last_day)),
        "net": pounds(commitment.balance(last_day)),
        "is_free": commitment.balance(last_day) == ZERO,
        "has_minimum": bool(commitment.years),
        "sessions": [str(row) for row in sessions],
        "items": [str(row) for row in items],
        "collect_within": plural(settings.COLLECT_WORKING_DAYS, "working day"),
    }


def notice_facts(
    period: ContractPeriod, recipients: Iterable[str], at: datetime
) -> dict[str, Any]:
    """Return all that a renewal notice says once it has gone, as JSON knows it.

    Args:
        recipients: whom it was sent to.
        at: aware; when it went, from which the time to cancel runs (T5).

    Source: R-2.5-5, R-2.5-6, R-2.5-9, T3, T5.
    """
    return {
        **letter_facts(period.connection, PaperKind.NOTICE, at),
        "period": period.length,
        "starts": day_words(period.starts_on),
        "last_day": long_day_words(period.last_day),
        "next_begins": long_day_words(period.next_begins_on),
        "now": pounds(period.annual_net),
        "then": pounds(cast("Any", period.stated_net)),
        "went_on": long_day_words(period.notice_on),
        "window_last_day": long_day_words(period.window_last_day),
        "window": months_words(settings.RENEWAL_WINDOW_MONTHS),
        "months": months_words(settings.RENEWAL_MONTHS),
        "recipients": list(recipients),
    }


def change_facts(change: RateChange, at: datetime) -> dict[str, Any]:
    """Return all that the quotation of a change says, as JSON knows it.

    Args:
        at: aware; when it was priced.

    Source: R-2.7.2-2, R-2.6-11, R-2.10-4, R-2.9.2-3.
    """
    net = change.net or ZERO
    return {
        **letter_facts(change.connection, PaperKind.CHANGE, at),
        "reference": change.reference,
        "change": str(change),
        "way": change.way,
        "asked_by": str(change.requested_by),
        "asked_day": day_words(uk_date(change.requested_at)),
        "reason": change.reason,
        "net": pounds(net),
        "vat": pounds(change.gross - net),
        "vat_percent": f"{(change.vat_percent or ZERO).normalize():f}",
        "gross": pounds(change.gross),
        "annual": pounds(change.annual_net or ZERO),
        "makes_chargeable": change.makes_chargeable,
        "days": plural(settings.RATE_CHANGE_DAYS, "calendar day"),
        "is_signed": settings.SIGNED_UPLOAD_MANDATORY,
        "says": change.to_acknowledge,
    }


LETTER_PAGES = {
    PaperKind.END: "documents/end.html",
    PaperKind.NOTICE: "documents/renewal_notice.html",
    PaperKind.CHANGE: "documents/change.html",
}


def render_letter(kind: str, facts: dict[str, Any]) -> bytes:
    """Return a letter about a connection as PDF/UA; the same facts, the same bytes.

    Raises:
        NotRendered: it asks for something outside itself.

    Source: R-2.5-5, R-2.10-3.
    """
    page = LETTER_PAGES[PaperKind(kind)]
    return render(page, facts, date.fromisoformat(facts["on"]))
