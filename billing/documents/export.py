"""The charges of a month for DCC Billing: the same month, the same bytes.

What stands in it is in docs/billing-export.md. Nothing that happens after the month
changes what it says: an invoice is named where it was issued by the month's end.
"""

import json
from collections.abc import Iterator
from datetime import UTC, date
from decimal import Decimal
from typing import Any

from billing.deadlines import ends_of_month
from billing.models import Charge, InvoiceLine
from common.money import ZERO

SCHEMA = "dcc-connections/explicit-charges/1"
COLUMNS = (
    "row",
    "reverses",
    "raised_at",
    "party",
    "party_name",
    "connection",
    "order",
    "kind",
    "description",
    "net",
    "category",
    "due_on",
    "tax_point",
    "allowed_by",
    "invoice",
)
AT_ONCE = 500


class Control:
    """How many rows went by, and what they came to: told after the last of them."""

    def __init__(self) -> None:
        self.rows, self.net = 0, ZERO

    def add(self, net: Decimal) -> None:
        self.rows += 1
        self.net += net


def exported(first: date, control: Control) -> Iterator[dict[str, Any]]:
    """Yield the charges raised in a UK month, in the order in which they were raised.

    Args:
        first: the first day of the month.
        control: counts them.

    Source: R-2.9.1-7, R-2.9.1-9.
    """
    _, ends = ends_of_month(first)
    rows = Charge.objects.raised_in(first).for_pages()
    for charge in rows.iterator(chunk_size=AT_ONCE):
        control.add(charge.net)
        line: InvoiceLine | None = getattr(charge, "invoice_line", None)
        invoice = line.invoice if line and line.invoice.issued_at < ends else None
        yield {
            "row": charge.pk,
            "reverses": charge.reverses_id,
            "raised_at": f"{charge.raised_at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}",
            "party": charge.party.reference,
            "party_name": charge.party.name,
            "connection": charge.connection.reference if charge.connection else None,
            "order": charge.order.reference,
            "kind": charge.kind,
            "description": charge.description,
            "net": f"{charge.net:.2f}",
            "category": charge.category,
            "due_on": charge.due_on.isoformat(),
            "tax_point": charge.tax_point.isoformat(),
            "allowed_by": charge.why,
            "invoice": invoice.reference if invoice else None,
        }


def csv_rows(first: date) -> Iterator[list[Any]]:
    """Yield the charges of a month as lines of a table, and the control total last."""
    control = Control()
    for row in exported(first, control):
        facts = {**row, "net": Decimal(row["net"])}
        facts |= {
            name: date.fromisoformat(row[name]) for name in ("due_on", "tax_point")
        }
        yield [facts[name] for name in COLUMNS]
    total = {"row": "Control total", "reverses": control.rows, "net": control.net}
    yield [total.get(name, "") for name in COLUMNS]


def json_text(first: date) -> Iterator[str]:
    """Yield the charges of a month as JSON, piece by piece, in flat memory."""
    control = Control()
    head = {"schema": SCHEMA, "month": f"{first:%Y-%m}"}
    yield json.dumps(head, indent=1)[:-2] + ',\n "rows": ['
    between = "\n  "
    for row in exported(first, control):
        yield between + json.dumps(row, ensure_ascii=False)
        between = ",\n  "
    told = {"rows": control.rows, "net": f"{control.net:.2f}"}
    yield f'\n ],\n "control": {json.dumps(told)}\n}}\n'
