"""One function an e-mail about charges."""

from collections.abc import Sequence
from datetime import date, datetime

from billing.facts import told_of_invoices
from billing.models import CATEGORY, Charge, Invoice
from billing.states import ChargeKind
from common.clock import MONTHS_A_YEAR, uk_date
from common.money import ZERO, pounds
from common.wording import day_words
from connections.deadlines import period_last_day
from connections.models import Connection
from orders.emails import readers_of
from orders.readers import EVERYBODY, read_by
from records.commands import owe_notice
from records.models import Notice
from records.when_sent import row_for, untrue_when
from sites.states import StageKind

OVERDUE = "invoice_overdue"
read_by(EVERYBODY, "installation_complete", "charge_corrected")

row_for("invoice", Invoice.objects.for_pages, "party__orders__reference")


def installation_complete(
    connection: Connection, charges: Sequence[Charge], at: datetime
) -> None:
    """Say that installation is complete, and give the bill. Source: R-3.7-6."""
    order = connection.order
    total = sum((row.net for row in charges), ZERO)
    owe_notice(
        "installation_complete",
        key=f"installation-complete:{order.pk}",
        to=readers_of("installation_complete", order, at),
        at=at,
        thread=order.thread,
        order=order,
        connection=connection,
        circuit=order.stages.filter(stage=StageKind.CIRCUIT).first(),
        period=connection.periods.first(),
        amounts=[(named(row), pounds(row.net)) for row in charges],
        total=pounds(total),
        is_free=total == ZERO,
        category=CATEGORY,
    )


def invoice_issued(invoice: Invoice, at: datetime) -> None:
    """Say that an invoice or a credit note is there, and its total. R-2.9.1-3."""
    owe_notice(
        "invoice_issued",
        key=f"invoice-issued:{invoice.pk}",
        to=payers_of(invoice, at),
        at=at,
        thread=invoice.thread,
        invoice=invoice,
        party=invoice.party,
    )


def payers_of(invoice: Invoice, at: datetime) -> list[str]:
    """Return the addresses of those who are told what their Party has to pay."""
    return [person.email for person in told_of_invoices(invoice.party_id, uk_date(at))]


def invoice_overdue(invoice: Invoice, at: datetime) -> None:
    """Remind a Party of what it has not paid in time. Our own rule."""
    owe_notice(
        OVERDUE,
        key=f"{OVERDUE}:{invoice.pk}",
        to=payers_of(invoice, at),
        at=at,
        thread=invoice.thread,
        invoice=invoice,
        party=invoice.party,
    )


@untrue_when(OVERDUE)
def nothing_overdue(notice: Notice, at: datetime) -> str:
    """Say why a reminder has become untrue: it was paid or set off meanwhile."""
    pk = notice.key.split(":")[1]
    invoice = Invoice.objects.with_balance().get(pk=pk)
    return "" if invoice.left > ZERO else f"Nothing is owed on {invoice} any more."


def charge_corrected(charge: Charge, last: Charge, at: datetime) -> None:
    """Say that a charge was taken back or put right, and why. Source: R-2.9.1-4."""
    order = charge.order
    owe_notice(
        "charge_corrected",
        key=f"charge-corrected:{charge.pk}",
        to=readers_of("charge_corrected", order, at),
        at=at,
        thread=order.thread,
        order=order,
        party=order.party,
        name=named(charge),
        before=pounds(charge.net),
        after="" if last.reverses_id else pounds(last.net),
        why=charge.reversal.why,
    )


def named(charge: Charge) -> str:
    """Name what is charged; an annual charge with the year that it is for. R-3.7-6."""
    if charge.kind != ChargeKind.ANNUAL:
        return str(charge.description)
    first: date = charge.due_on
    last = period_last_day(first, MONTHS_A_YEAR)
    return f"{charge.description}, {day_words(first)} to {day_words(last)}"
