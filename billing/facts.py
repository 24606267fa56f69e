"""How far invoices are paid: the same on pages, in files and at the desk."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.conf import settings
from django.core.cache import cache
from django.db.models import Count, Subquery
from django.db.models.functions import Coalesce

from billing.models import Invoice
from billing.pricing import simple_interest
from billing.querysets import InvoiceQuerySet
from billing.states import PaymentState
from common.money import ZERO, pounds
from common.wording import day_words, plural
from parties.models import User
from parties.states import Purpose

SECONDS_REMEMBERED = 60
# The columns of a list of payments.
NUMBER, AMOUNT = "Invoice number", "Pounds including VAT"
PAID_ON, REFERENCE = "Paid on", "Bank reference"
# The kinds of tag of each state: on a contact's page, and at the desk.
STATE_TONE = {
    PaymentState.OVERDUE: ("late", "late"),
    PaymentState.DUE: ("soon", "soon"),
    PaymentState.PART_PAID: ("soon", "soon"),
    PaymentState.PAID: ("done", "done"),
    PaymentState.CREDITED: ("grey", ""),
    PaymentState.SET_OFF: ("grey", ""),
}


@dataclass(frozen=True)
class ListedPayment:
    """One line of a list of payments, well formed.

    Args:
        number: of the line.
        amount: in pounds including VAT.
        paid_on: the UK day.
    """

    number: int
    invoice: str
    amount: Decimal
    paid_on: date
    reference: str


def state_words(invoice: Invoice, state: PaymentState) -> str:
    """Return what stands beside the state of an invoice: how much, or by when."""
    if invoice.left_back > ZERO:
        return f"{pounds(invoice.left_back)} more paid than is owed"
    if state == PaymentState.PAID and invoice.last_paid_on:
        return f"on {day_words(invoice.last_paid_on)}"
    day, left = day_words(invoice.due_on), pounds(invoice.left)
    words = {
        PaymentState.DUE: f"by {day}",
        PaymentState.PART_PAID: f"{left} to pay by {day}",
        PaymentState.OVERDUE: f"{left} was to be paid by {day}",
    }
    return words.get(state, "")


def told_of_invoices(party: int, day: date) -> list[User]:
    """Return who of a Party is e-mailed its invoices on a UK day.

    Those nominated to receive them; while nobody is, who authorises its orders, and
    then who submits its requests.

    Source: R-2.9.1-3. Who is told is our own rule.
    """
    for purpose in (Purpose.BILLING, Purpose.AUTHORISE, Purpose.SUBMIT):
        found = list(User.objects.nominated(party, purpose, day))
        if found:
            return found
    return []


def headline(owed: Sequence[Invoice], today: date) -> str:
    """Return what is to be paid of some invoices, and by when; what is overdue first.

    Amounts include VAT.
    """
    late = [row for row in owed if row.due_on < today]
    if late:
        verb = "is" if len(late) == 1 else "are"
        invoices = plural(len(late), "invoice")
        return f"{pounds(left_of(late))} overdue: {invoices} {verb} not paid in time"
    return to_pay(owed) if owed else "Nothing to pay"


def besides(owed: Sequence[Invoice], today: date) -> str:
    """Return what is to be paid besides what is overdue; empty if nothing is."""
    coming = [row for row in owed if row.due_on >= today]
    is_alone = len(coming) == len(owed)
    return "" if is_alone or not coming else f"Besides, {to_pay(coming)}"


def to_pay(rows: Sequence[Invoice]) -> str:
    """Return "£900.00 to pay, £462.00 of it by 2 December 2026"."""
    first = min(row.due_on for row in rows)
    by_then = [row for row in rows if row.due_on == first]
    in_all, soon = left_of(rows), left_of(by_then)
    of_it = "" if soon == in_all else f", {pounds(soon)} of it"
    return f"{pounds(in_all)} to pay{of_it} by {day_words(first)}"


def left_of(rows: Sequence[Invoice]) -> Decimal:
    return sum((row.left for row in rows), ZERO)


def overdue_in_all(today: date) -> str:
    """Return what is overdue of all Parties, for the desk."""
    rows = Invoice.objects.with_balance().in_state(PaymentState.OVERDUE, today)
    found = list(rows)
    if not found:
        return "Nothing is overdue."
    return (
        f"{pounds(left_of(found))} including VAT is overdue, on "
        f"{plural(len(found), 'invoice')}."
    )


def overdue_key(today: date) -> str:
    return f"invoices:overdue:{today}"


def overdue_known(today: date) -> int | None:
    """Return how many invoices were overdue on a UK day when last weighed, if known."""
    known: int | None = cache.get(overdue_key(today))
    return known


def overdue_rows(today: date) -> InvoiceQuerySet:
    return Invoice.objects.with_balance().in_state(PaymentState.OVERDUE, today)


def overdue_subquery(today: date) -> Coalesce:
    """Return what counts the overdue invoices within another query."""
    rows = overdue_rows(today).order_by().values("kind")
    return Coalesce(Subquery(rows.annotate(n=Count("pk")).values("n")), 0)


def count_overdue(today: date, counted: int | None = None) -> int:
    """Count the invoices that are overdue on a UK day; what is told is a minute old.

    All invoices are weighed for it, and the desk's first page asks it each time.

    Args:
        counted: what `overdue_subquery` has just found within another query.
    """

    def found() -> int:
        return overdue_rows(today).count() if counted is None else counted

    return int(cache.get_or_set(overdue_key(today), found, SECONDS_REMEMBERED) or 0)


def interest_on(invoice: Invoice, today: date) -> Decimal:
    """Return what interest comes to on what was paid late; 0 while DCC sets no rate.

    Source: our own rule; it is told and never charged.
    """
    if invoice.is_credit or not settings.LATE_INTEREST_PERCENT:
        return ZERO
    rows = (row for row in invoice.payments.all() if not row.is_repayment)
    paid = [(row.paid_on, row.amount) for row in rows]
    return simple_interest(
        invoice.due_on,
        today,
        settings.LATE_INTEREST_PERCENT,
        left=max(invoice.left, ZERO),
        paid=paid,
    )
