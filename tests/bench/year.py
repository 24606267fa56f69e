"""A year of many connections: each month what fell due is charged and invoiced.

`FLEET=10000 make bench` runs it alone, in a world of that many connections. Documents
are made by workers of their own and not counted; how long one takes is told beside.
"""

import time
from datetime import datetime, timedelta

import time_machine
from django.utils import timezone

from billing.check import ledger_faults
from billing.commands import make_invoice_paper
from billing.models import Charge, Invoice, InvoicePaper
from billing.tasks import charge_years, issue_invoices
from connections.models import Connection
from tests.bench import worlds
from tests.bench.exports import resident
from tests.bench.multiply import multiply

MONTHS, DOCUMENTS = 12, 50


def build(fleet):
    """Fill an empty database with at least as many connections."""
    worlds.build(1)
    there = Connection.objects.count()
    if there < fleet:
        multiply(-(-fleet // there))


def month_of(first, number):
    """Return nine in the morning of the second day of a month, `number` after one."""
    months = first.month - 1 + number
    year, month = first.year + months // 12, months % 12 + 1
    return datetime(year, month, 2, 9, tzinfo=first.tzinfo)


def run_month():
    """Run the timers until nothing is left for them, as they would all day."""
    before = None
    while before != (before := (Charge.objects.count(), Invoice.objects.count())):
        charge_years()
        issue_invoices()


def measured(fleet):
    """Yield what a year took, in words."""
    build(fleet)
    yield f"Year: {Connection.objects.count():,} connections"
    first, before = timezone.now(), (Charge.objects.count(), Invoice.objects.count())
    began, process, most, least = time.perf_counter(), time.process_time(), 0, None
    for number in range(1, MONTHS + 1):
        with time_machine.travel(month_of(first, number), tick=False):
            run_month()
        most = max(most, resident())
        least = least or resident()
        print(f"  month {number}: {time.perf_counter() - began:.0f} s", flush=True)
    took, process = time.perf_counter() - began, time.process_time() - process
    charges = Charge.objects.count() - before[0]
    invoices = Invoice.objects.count() - before[1]
    yield (
        f"Year: {charges:,} charges and {invoices:,} invoices in {took:.0f} s, "
        f"{process:.0f} s of them the process"
    )
    yield f"Year: memory grew by {most - least:.1f} MiB after the first month"
    yield from documents()
    yield from checked(month_of(first, MONTHS))


def documents():
    """Yield how long an invoice takes to be made as a PDF."""
    waiting = InvoicePaper.objects.waiting().order_by("pk")
    keys = list(waiting.values_list("pk", flat=True)[:DOCUMENTS])
    began = time.perf_counter()
    for pk in keys:
        make_invoice_paper(pk)
    each = (time.perf_counter() - began) / max(len(keys), 1)
    yield f"Year: one PDF takes {1000 * each:.0f} ms, of {len(keys)}"


def checked(at):
    began = time.perf_counter()
    with time_machine.travel(at + timedelta(hours=1), tick=False):
        faults = [one for one in ledger_faults(timezone.now()) if "number" not in one]
    took = time.perf_counter() - began
    yield f"Year: check_ledger took {took:.0f} s and found {len(faults)} faults"
    yield from faults[:5]
