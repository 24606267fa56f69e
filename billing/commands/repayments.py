"""What was paid beyond what is owed, and is paid back to the Gateway Party."""

from datetime import date, datetime
from decimal import Decimal

from django.core.exceptions import PermissionDenied
from django.utils import timezone

from billing import policies
from billing.errors import (
    NothingToPayBack,
    RepaidOnWrongDay,
    RepaidTooMuch,
    RepaymentNotExplained,
)
from billing.models import Invoice, Payment
from common.clock import uk_date
from common.lines import look, one_line
from common.money import ZERO, pounds
from common.wording import day_words
from parties.models import Party, User
from records.transitions import record_event
from records.unit import command


@command
def record_repayment(
    invoice_id: int,
    *,
    by: User,
    amount: Decimal,
    paid_on: date,
    reference: str,
    why: str,
    at: datetime | None = None,
) -> Payment:
    """Record what DCC paid back of an invoice of which too much was paid.

    The row lowers what was paid by as much. One that was wrong is taken back as a
    payment is.

    Args:
        amount: in pounds including VAT, above nothing.
        paid_on: the UK day on which DCC paid it.
        reference: the bank's, of DCC's own payment.
        why: the Gateway Party reads it.

    Raises:
        NothingToPayBack: no more was paid than is owed.
        RepaidTooMuch: it is more than that, or nothing.
        RepaidOnWrongDay: a day to come, or before the invoice.
        RepaymentNotExplained: there is no reason.
        PermissionDenied: `by` is neither DCC Billing nor Operations.

    Source: R-2.9.1-9. That it is a row of its own is our own rule.
    """
    at, why = at or timezone.now(), why.strip()
    Party.objects.locked().get(invoices=invoice_id)
    invoice: Invoice = Invoice.objects.for_pages().get(pk=invoice_id)
    if not policies.may_record_payments(invoice, by):
        raise PermissionDenied
    if not why:
        raise RepaymentNotExplained
    require_paid_too_much(invoice, amount)
    require_day(invoice, paid_on, uk_date(at))
    row: Payment = Payment.objects.create(
        invoice=invoice,
        amount=-amount,
        paid_on=paid_on,
        reference=one_line(reference),
        attempt=next_attempt(invoice, reference),
        why=why,
        recorded_at=at,
        recorded_by=by,
    )
    what = (
        f"{invoice}: {pounds(amount)} paid back on {day_words(paid_on)}, bank "
        f"reference {row.reference}"
    )
    name = "record_repayment"
    record_event(invoice, name, by=by, at=at, what=what, why=why, tells_price=True)
    return row


def require_paid_too_much(invoice: Invoice, amount: Decimal) -> None:
    """Refuse to pay back what was not paid beyond what is owed."""
    if invoice.left_back == ZERO:
        raise NothingToPayBack(invoice=invoice)
    if not ZERO < amount <= invoice.left_back:
        raise RepaidTooMuch(invoice=invoice, most=pounds(invoice.left_back))


def require_day(invoice: Invoice, paid_on: date, today: date) -> None:
    """Refuse a UK day on which it cannot have been paid back."""
    day = day_words(paid_on)
    if paid_on > today:
        raise RepaidOnWrongDay(day=day, why="is still to come")
    if paid_on < invoice.issued_on:
        raise RepaidOnWrongDay(day=day, why=f"is before {invoice} was issued")


def next_attempt(invoice: Invoice, reference: str) -> int:
    """Return which of the rows of a bank's reference the next one is, from 1."""
    rows = Payment.objects.filter(invoice=invoice, takes_back=None)
    return rows.filter(reference_look=look(reference)).count() + 1
