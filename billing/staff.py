"""How many invoices are overdue, for the first page of who chases them."""

from datetime import date
from typing import Any

from django.db.models import Aggregate, Max
from django.urls import reverse

from billing.facts import count_overdue, overdue_known, overdue_subquery
from billing.states import PaymentState
from parties.models import User
from parties.states import Role
from worklist.staff.queues import Tally

OVERDUE = "overdue_invoices"


def chases_invoices(user: User) -> bool:
    """They are Operations' and Billing's to chase, and no work of the register."""
    return user.role in (Role.OPERATIONS, Role.BILLING)


def overdue_beside(user: User, today: date) -> dict[str, Aggregate]:
    """Return what counts the overdue invoices beside the queues, if it is not known."""
    is_asked = chases_invoices(user) and overdue_known(today) is None
    return {OVERDUE: Max(overdue_subquery(today))} if is_asked else {}


def overdue_card(user: User, today: date, found: Tally) -> dict[str, Any] | None:
    """Return how many invoices are overdue and where they stand; nothing of none."""
    if not chases_invoices(user):
        return None
    beside = found.rows[0].get(OVERDUE) if found.rows else None
    count = count_overdue(today, beside)
    url = reverse("admin:billing_invoice_changelist")
    state = PaymentState.OVERDUE
    return {"count": count, "url": f"{url}?state={state}"} if count else None
