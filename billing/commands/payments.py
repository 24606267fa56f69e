"""Payments: brought in from a list, all or none, and taken back by another row."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.core.exceptions import PermissionDenied
from django.utils import timezone

from billing import policies
from billing.errors import PaymentNotExplained, PaymentNotStanding, PaymentsWrong
from billing.facts import AMOUNT, NUMBER, PAID_ON, REFERENCE, ListedPayment
from billing.models import Invoice, Payment
from common.clock import uk_date
from common.csv_file import LineFault
from common.files import CsvUpload
from common.lines import look
from common.money import pounds
from common.wording import day_words
from parties.models import Party, User
from records.commands import store_document
from records.models import Document
from records.transitions import record_event
from records.unit import command

# A list may be about the invoices of many Parties, so that none of them owns its file.
THREAD = "BILLING"


@dataclass(frozen=True)
class PaymentToRecord:
    """A payment that is new, with its invoice.

    Args:
        attempt: which of those of its reference it is; the others were taken back.
    """

    listed: ListedPayment
    invoice: Invoice
    attempt: int


@dataclass
class PaymentsChecked:
    """What a list comes to: what is new, what is known already, and what is wrong."""

    new: list[PaymentToRecord] = field(default_factory=list)
    same: list[ListedPayment] = field(default_factory=list)
    faults: list[LineFault] = field(default_factory=list)


def checked_payments(
    listed: Sequence[ListedPayment], *, today: date
) -> PaymentsChecked:
    """Return what a list comes to, each line held against the rows and the others.

    Source: R-2.9.1-9. That a payment is known by its invoice and the bank's reference
    is our own rule.
    """
    check, found = PaymentCheck(listed, today), PaymentsChecked()
    for one in listed:
        faults = list(check.faults_of(one))
        found.faults += faults
        if faults:
            continue
        if check.is_known(one):
            found.same.append(one)
        else:
            found.new.append(check.to_record(one))
    return found


class PaymentCheck:
    """Holds lines of a list against invoices, payments and earlier lines."""

    def __init__(self, listed: Sequence[ListedPayment], today: date) -> None:
        self.today = today
        rows = Invoice.objects.with_balance().select_related("party")
        named = rows.filter(reference__in={one.invoice for one in listed})
        self.invoices = {row.reference: row for row in named}
        payments = Payment.objects.for_pages().filter(
            invoice__in=self.invoices.values()
        )
        # Of several attempts of a payment the last stays: the others were taken back.
        self.known = {
            (row.invoice.reference, row.reference_look): row
            for row in payments.filter(takes_back=None).order_by("attempt")
        }
        self.left = {name: row.left for name, row in self.invoices.items()}
        self.lines: dict[tuple[str, str], int] = {}

    def faults_of(self, one: ListedPayment) -> Iterator[LineFault]:
        """Yield what is wrong with a line, by its column."""
        invoice = self.invoices.get(one.invoice)
        for column, why in (
            (NUMBER, not_payable(one, invoice)),
            (PAID_ON, wrong_day(one, invoice, self.today)),
            (REFERENCE, self.said_before(one)),
        ):
            if why:
                # One a line: the others would only follow from it.
                yield LineFault(one.number, column, why)
                return
        why = "" if self.is_known(one) else self.too_much(one)
        if why:
            yield LineFault(one.number, AMOUNT, why)

    def said_before(self, one: ListedPayment) -> str:
        """Say what an earlier line, or the rows, say otherwise of this payment."""
        # Notes this line too, for those that come after it.
        earlier = self.lines.setdefault(key_of(one), one.number)
        if earlier != one.number:
            return f"line {earlier} is this payment of {one.invoice} already."
        row = self.known.get(key_of(one))
        if row is None:
            return ""
        told = f"{pounds(row.amount)}, paid on {day_words(row.paid_on)}"
        is_same = (row.amount, row.paid_on) == (one.amount, one.paid_on)
        if row.is_taken_back:
            why = row.taken_back_by.why
            return f"this payment ({told}) was taken back: {why}" if is_same else ""
        if is_same:
            return ""
        return (
            f"{one.invoice} has a payment of this reference already: {told}. If that "
            "is wrong, take it back first."
        )

    def is_known(self, one: ListedPayment) -> bool:
        """Say whether the line says what is recorded and stands."""
        row = self.known.get(key_of(one))
        return row is not None and not row.is_taken_back

    def too_much(self, one: ListedPayment) -> str:
        left = self.left[one.invoice]
        if one.amount <= left:
            return ""
        return (
            f"{pounds(one.amount)} is more than the {pounds(left)} that is still owed "
            f"on {one.invoice}."
        )

    def to_record(self, one: ListedPayment) -> PaymentToRecord:
        """Return what a line adds; later lines can pay only the rest."""
        self.left[one.invoice] -= one.amount
        row = self.known.get(key_of(one))
        attempt = row.attempt + 1 if row else 1
        return PaymentToRecord(one, self.invoices[one.invoice], attempt)


def key_of(one: ListedPayment) -> tuple[str, str]:
    return one.invoice, look(one.reference)


def not_payable(one: ListedPayment, invoice: Invoice | None) -> str:
    if invoice is None:
        return f"there is no invoice {one.invoice}."
    if invoice.is_credit:
        return f"{one.invoice} is a credit note, which nobody pays."
    return ""


def wrong_day(one: ListedPayment, invoice: Invoice | None, today: date) -> str:
    day = day_words(one.paid_on)
    if one.paid_on > today:
        return f"{day} is still to come."
    if invoice is not None and one.paid_on < invoice.issued_on:
        issued = day_words(invoice.issued_on)
        return f"{day} is before {one.invoice} was issued, on {issued}."
    return ""


@command
def import_payments(
    listed: Sequence[ListedPayment],
    *,
    file: CsvUpload,
    by: User,
    at: datetime | None = None,
) -> list[Payment]:
    """Record all payments of a list that are not recorded yet, or none of them.

    The same list a second time changes nothing. The file is kept if anything of it was
    new.

    Raises:
        PaymentsWrong: a line is refused, by its number and column.
        PermissionDenied: `by` is neither DCC Billing nor Operations.

    Source: R-2.9.1-3, R-2.9.1-9. Where payments come from is our own rule.
    """
    at = at or timezone.now()
    if not policies.may_record_payments(None, by):
        raise PermissionDenied
    lock_parties_of({one.invoice for one in listed})
    found = checked_payments(listed, today=uk_date(at))
    if found.faults:
        raise PaymentsWrong(reason=" ".join(map(str, found.faults)))
    if not found.new:
        return []
    document = store_document(
        file.content,
        kind=Document.Kind.PAYMENTS,
        name=file.name,
        content_type="text/csv",
        thread=THREAD,
        by=by,
        at=at,
        virus_check=file.virus_check,
    )
    return [recorded(each, document, by=by, at=at) for each in found.new]


def lock_parties_of(references: Iterable[str]) -> None:
    """Lock the Parties of invoices, in the order of their keys."""
    invoices = Invoice.objects.filter(reference__in=list(references))
    parties = Party.objects.locked().filter(pk__in=invoices.values("party"))
    list(parties.order_by("pk"))


def recorded(
    new: PaymentToRecord, file: Document, *, by: User, at: datetime
) -> Payment:
    one, invoice = new.listed, new.invoice
    payment: Payment = Payment.objects.create(
        invoice=invoice,
        amount=one.amount,
        paid_on=one.paid_on,
        reference=one.reference,
        attempt=new.attempt,
        file=file,
        recorded_at=at,
        recorded_by=by,
    )
    what = (
        f"{invoice}: {pounds(one.amount)} paid on {day_words(one.paid_on)}, bank "
        f"reference {one.reference}"
    )
    record_event(invoice, "import_payments", by=by, at=at, what=what, tells_price=True)
    return payment


@command
def take_back_payment(
    payment_id: int, *, by: User, why: str, at: datetime | None = None
) -> Payment:
    """Take back a payment that was wrong, by a row of the opposite amount.

    The invoice is owed again by as much; of a repayment, as much was paid too much
    again. What was recorded stays.

    Raises:
        PaymentNotExplained: there is no reason.
        PaymentNotStanding: it was taken back before, or takes another one back.
        PermissionDenied: `by` is neither DCC Billing nor Operations.

    Source: R-2.9.1-9. That it is a row of its own is our own rule.
    """
    at, why = at or timezone.now(), why.strip()
    Party.objects.locked().get(invoices__payments=payment_id)
    payment: Payment = Payment.objects.for_pages().get(pk=payment_id)
    if not policies.may_record_payments(payment, by):
        raise PermissionDenied
    if not why:
        raise PaymentNotExplained
    if payment.takes_back_id or payment.is_taken_back:
        raise PaymentNotStanding(payment=payment)
    back: Payment = Payment.objects.create(
        invoice=payment.invoice,
        amount=-payment.amount,
        paid_on=payment.paid_on,
        reference=payment.reference,
        takes_back=payment,
        why=why,
        recorded_at=at,
        recorded_by=by,
    )
    kind = "repayment" if payment.is_repayment else "payment"
    what = (
        f"{payment.invoice}: {kind} of {pounds(abs(payment.amount))}, bank reference "
        f"{payment.reference}, taken back"
    )
    name = "take_back_payment"
    invoice = payment.invoice
    record_event(invoice, name, by=by, at=at, what=what, why=why, tells_price=True)
    return back
