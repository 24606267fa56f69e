"""Invoices: what their lines add up to, their numbers, and what stands on none."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from django.conf import settings

from billing.commands.invoices import NUMBERS, lines_for
from billing.deadlines import last_run_on
from billing.models import Charge, Invoice, InvoiceLine
from billing.querysets import ChargeQuerySet
from common.clock import end_of_uk_day
from common.money import ZERO, pounds, vat_on
from common.wording import day_words
from parties.models import Party
from records.models import FIRST_NUMBER, Counter

AT_ONCE = 500


def faults_of_invoices() -> Iterator[str]:
    """Yield in words what is wrong with any invoice or its number.

    Source: R-2.9.1-3, R-2.9.3-4.
    """
    before = FIRST_NUMBER - 1
    rows = Invoice.objects.order_by("pk").prefetch_related("lines__charge")
    for invoice in rows.iterator(AT_ONCE):
        number = int(invoice.reference.rpartition("-")[2])
        if number != before + 1:
            yield f"{invoice}: the number before it is {before}."
        before = number
        for words in faults_of_invoice(invoice):
            yield f"{invoice}: {words}."
    last = Counter.objects.filter(name=NUMBERS).values_list("value", flat=True).first()
    if last is not None and last > before:
        yield f"Number {last} was given to no invoice; the last one has {before}."


def faults_of_invoice(invoice: Invoice) -> Iterator[str]:
    lines = list(invoice.lines.all())
    net = sum((line.net for line in lines), ZERO)
    vat = sum((line.vat for line in lines), ZERO)
    if (net, vat) != (invoice.net, invoice.vat):
        yield f"its lines come to {pounds(net)} and {pounds(vat)} VAT"
    for line in lines:
        yield from faults_of_line(invoice, line)


def faults_of_line(invoice: Invoice, line: InvoiceLine) -> Iterator[str]:
    charge = line.charge
    if charge.party_id != invoice.party_id:
        yield f"{line} is a charge of another Party"
    if (line.net, line.tax_point) != (charge.net, charge.tax_point):
        yield f"{line} is not what was charged"
    if line.vat != vat_on(line.net, line.vat_rate):
        yield f"VAT of {line} is not {line.vat_rate.normalize():f}% of it"


def left_out(day: date) -> Iterator[str]:
    """Yield what should have been invoiced by the end of a UK day, and was not.

    Source: R-2.9.1-4, R-2.9.1-7.
    """
    run_on = last_run_on(day, settings.INVOICE_DAY)
    every = Charge.objects.to_invoice(day)
    known = every.filter(raised_at__lt=end_of_uk_day(day))
    for party in Party.objects.filter(pk__in=known.values("party")).order_by("pk"):
        due = known.filter(party=party)
        if not due.ready(run_on, end_of_uk_day(run_on)).exists():
            continue
        gross = gross_of(due)
        # What was taken back today comes to nothing together with what it takes back.
        if gross != ZERO and gross_of(every.filter(party=party)) != ZERO:
            yield (
                f"{party}: {pounds(gross)} with VAT was due by {day_words(day)} and is "
                "on no invoice."
            )


def gross_of(charges: ChargeQuerySet) -> Decimal:
    lines = lines_for(list(charges))
    return sum((line.net + line.vat for line in lines), ZERO)
