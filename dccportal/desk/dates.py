"""The steps of an order with a time of their own, from what every app knows of it."""

from typing import Any

from common.figures import figure
from connections.file import connection_of
from orders.file import OrderFile
from quotes.file import quotes_of
from sites.file import site_of
from worklist.staff.due import OPERATIONS, PARTY


def dates(file: OrderFile) -> list[dict[str, Any]]:
    """Return the steps with a time of their own: who, the last day, and the actual."""
    order, quote = file.order, quotes_of(file).last_issued
    access, connection = site_of(file).access, connection_of(file).row
    steps = [
        ("Form received", PARTY, None, order.submitted_at),
        ("Form accepted", OPERATIONS, None, order.accepted_at),
        (
            "Quotation sent",
            OPERATIONS,
            order.quote_due_on,
            when(quote, "issued_at"),
        ),
        ("Decision", PARTY, when(quote, "last_day"), when(quote, "decided_at")),
        ("Access agreed", "", None, when(access, "agreed_at")),
        ("Site surveyed", "", None, order.surveyed_at),
        ("Installation complete", "", None, when(connection, "completed_on")),
        ("Router configured", "", None, when(connection, "router_configured_on")),
        ("Closed", "", None, order.closed_at),
    ]
    how = {
        "Quotation sent": f"{figure('QUOTE_WORKING_DAYS', 'working day')} after the "
        "form was accepted, that day not counted (section 3.3)",
        "Decision": f"{quote.open_days} days after it was received, that day not "
        "counted (section 3.4)"
        if quote
        else "",
    }
    return [
        {"step": step, "who": who, "due": due, "actual": actual, "how": how.get(step)}
        for step, who, due, actual in steps
        if due or actual
    ]


def when(row: Any, name: str) -> Any:
    return getattr(row, name) if row is not None else None
