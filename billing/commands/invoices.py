"""Invoices: what is due and on none yet, once, with a number that leaves no gap."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal

from django.conf import settings
from django.utils import timezone

from billing import emails
from billing.commands.papers import keep_invoice
from billing.commands.setting_off import set_off
from billing.deadlines import last_run_on
from billing.models import Charge, Invoice, InvoiceLine
from billing.states import InvoiceKind
from common.clock import end_of_uk_day, uk_date
from common.money import ZERO, pounds, vat_on
from parties.models import Party
from quotes.commands.prices import vat_rate_on
from records.commands import next_reference
from records.transitions import SYSTEM, record_event
from records.unit import command

# What counts their numbers: of invoices and credit notes alike.
NUMBERS = "INV"


@command
def issue_invoice(party_id: int, *, at: datetime | None = None) -> Invoice | None:
    """Issue one invoice, or credit note, for all that a Party owes and was not asked.

    Of what was taken back before it was invoiced both rows stand on it. Nothing is
    issued where all of it comes to nothing: a free item waits for the next invoice.
    Its number is taken last in the same unit of work, so that none is left out.

    Raises:
        NoVatRate: there is no rate on the tax point of a charge.

    Source: R-2.9.1-3, R-2.9.1-4, R-2.9.1-7, R-2.9.3-4.
    """
    at = at or timezone.now()
    today = uk_date(at)
    run_on = last_run_on(today, settings.INVOICE_DAY)
    party: Party = Party.objects.locked().get(pk=party_id)
    due = Charge.objects.filter(party=party).to_invoice(today)
    if not due.ready(run_on, end_of_uk_day(run_on)).exists():
        return None
    lines = lines_for(list(due.order_by("due_on", "pk")))
    net = sum((line.net for line in lines), ZERO)
    vat = sum((line.vat for line in lines), ZERO)
    if net + vat == ZERO:
        return None
    return issued(party, lines, net=net, vat=vat, on=today, at=at)


def lines_for(charges: Sequence[Charge]) -> list[InvoiceLine]:
    """Return the lines of charges, with the VAT of each at its tax point."""
    rates = {day: vat_rate_on(day) for day in {row.tax_point for row in charges}}
    return [
        InvoiceLine(
            charge=row,
            description=row.description,
            net=row.net,
            tax_point=row.tax_point,
            vat_rate=rates[row.tax_point],
            vat=vat_on(row.net, rates[row.tax_point]),
        )
        for row in charges
    ]


def issued(
    party: Party,
    lines: list[InvoiceLine],
    *,
    net: Decimal,
    vat: Decimal,
    on: date,
    at: datetime,
) -> Invoice:
    gross = net + vat
    invoice: Invoice = Invoice.objects.create(
        reference=next_reference(NUMBERS),
        party=party,
        kind=InvoiceKind.INVOICE if gross > ZERO else InvoiceKind.CREDIT_NOTE,
        issued_at=at,
        issued_on=on,
        due_on=on + timedelta(days=settings.INVOICE_DUE_DAYS),
        net=net,
        vat=vat,
        gross=gross,
    )
    for line in lines:
        line.invoice = invoice
    InvoiceLine.objects.bulk_create(lines)
    if invoice.is_credit:
        set_off(invoice)
    keep_invoice(invoice)
    what = f"{invoice} issued: {pounds(gross)} including VAT"
    record_event(
        invoice, "issue_invoice", by=SYSTEM, at=at, what=what, tells_price=True
    )
    emails.invoice_issued(invoice, at)
    return invoice
