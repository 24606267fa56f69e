"""An invoice on paper: facts as they were kept in, bytes out. Source: R-2.9.1-3."""

from collections import defaultdict
from datetime import date
from decimal import Decimal
from typing import Any

from django.conf import settings

from billing.models import Invoice, InvoiceLine
from common.money import ZERO, pounds
from common.templates import Template
from common.wording import day_words, long_day_words, plural
from orders.documents import render

# The guidance names no template for it, so it follows none.
TEMPLATE = Template("Invoice", "1.0", "DCC Connections", date(2026, 11, 28))


def invoice_facts(invoice: Invoice) -> dict[str, Any]:
    """Return all that an invoice or credit note says, as JSON knows it.

    Source: R-2.9.1-3, R-2.9.1-4, R-2.9.1-7, R-2.9.3-4.
    """
    party = invoice.party
    lines = invoice.lines.select_related("charge__connection", "charge__order")
    return {
        **TEMPLATE.facts(),
        "reference": invoice.reference,
        "kind": str(invoice.get_kind_display()),
        "is_credit": invoice.is_credit,
        "category": invoice.category,
        "party": party.name,
        "party_reference": party.reference,
        "address": party.address,
        "on": invoice.issued_on.isoformat(),
        "issued_day": long_day_words(invoice.issued_on),
        "due_day": long_day_words(invoice.due_on),
        "due_days": plural(settings.INVOICE_DUE_DAYS, "calendar day"),
        "net": pounds(invoice.net),
        "vat": pounds(invoice.vat),
        "gross": pounds(invoice.gross),
        "gross_back": pounds(invoice.gross_back),
        "lines": [line_facts(line) for line in lines],
        "rates": rate_facts(lines),
        "desk_phone": settings.SERVICE_DESK_PHONE,
        "desk_email": settings.SERVICE_DESK_EMAIL,
    }


def line_facts(line: InvoiceLine) -> dict[str, Any]:
    charge = line.charge
    return {
        "name": line.description,
        "of": str(charge.connection or charge.order),
        "is_taken_back": charge.reverses_id is not None,
        "why": charge.why,
        "tax_point": day_words(line.tax_point),
        "net": pounds(line.net),
        "vat": pounds(line.vat),
        "percent": percent(line.vat_rate),
        "gross": pounds(line.net + line.vat),
    }


def rate_facts(lines: Any) -> list[dict[str, str]]:
    """Return for each rate of VAT what it was added to, and how much it came to."""
    sums: dict[Decimal, list[Decimal]] = defaultdict(lambda: [ZERO, ZERO])
    for line in lines:
        of_rate = sums[line.vat_rate]
        of_rate[0] += line.net
        of_rate[1] += line.vat
    return [
        {"percent": percent(rate), "net": pounds(net), "vat": pounds(vat)}
        for rate, (net, vat) in sorted(sums.items())
    ]


def percent(rate: Decimal) -> str:
    return f"{rate.normalize():f}"


def render_invoice(facts: dict[str, Any]) -> bytes:
    """Return an invoice as PDF/UA; the same facts, the same bytes.

    Raises:
        NotRendered: it asks for something outside itself.
    """
    return render("documents/invoice.html", facts, date.fromisoformat(facts["on"]))
