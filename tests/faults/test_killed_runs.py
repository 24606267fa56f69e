"""The monthly run, killed wherever it happens to be, and begun anew.

Each run is a process of its own, so that SIGKILL ends it between any two instructions;
what it had not committed is lost with its session.
"""

import itertools
import os
import random
import signal
import time
from datetime import UTC, datetime

import pytest
from django.db import connections
from django.utils import timezone

from billing.check import ledger_faults
from billing.models import Charge, Invoice, InvoiceLine
from billing.tasks import charge_years, issue_invoices
from connections.models import ContractPeriod
from tests.factories.parties import DataCentreFactory, PartyFactory

pytestmark = pytest.mark.django_db(transaction=True)
KILLS, PARTIES = 60, 120
# Seconds that a run lives; undisturbed it would need some ten times as many.
LIVES = (0.05, 0.2)
# The first day of April 2028 is that of the monthly run after the third year began.
RUN_AT = datetime(2028, 4, 1, 9, tzinfo=UTC)
YEARS = 2


def copied(row, **changed):
    """Return another row like one, stored."""
    found = type(row)._default_manager.get(pk=row.pk)
    for name, value in {"pk": None, **changed}.items():
        setattr(found, name, value)
    found.save(force_insert=True)
    return found


def copied_connection(original, number):
    """Return the same connection of another Party, with what its years rest on."""
    site = DataCentreFactory(party=PartyFactory())
    of = {"party": site.party, "data_centre": site}
    order = copied(original.order, reference=f"ORD-{20000 + number}", **of)
    for quote in original.order.quotes.all():
        document = copied(quote.document)
        how = {"reference": f"QUO-{20000 + number}", "document": document}
        other = copied(quote, order=order, **how)
        for line in quote.lines.all():
            copied(line, quote=other)
    row = copied(original, reference=f"CON-{20000 + number}", order=order, **of)
    for period in ContractPeriod.objects.filter(connection=original):
        copied(period, connection=row)
    return row


@pytest.fixture
def fleet(connection):
    """Connections of as many Parties, each with its first year charged."""
    for number in range(PARTIES - 1):
        row = copied_connection(connection, number)
        lines = {line.kind: line for line in row.order.quotes.get().lines.all()}
        for charge in connection.charges.filter(year=1):
            how = {"order": row.order, "connection": row, "party": row.party}
            copied(charge, quote_line=lines[charge.kind], **how)


def run():
    charge_years()
    issue_invoices()


def killed_run(begun):
    """Begin a part of the run in a process, kill it, and say whether it was at it."""
    connections.close_all()
    child = os.fork()
    if child == 0:
        try:
            begun()
        finally:
            os._exit(0)
    time.sleep(random.uniform(*LIVES))  # noqa: S311  how far it came is chance
    os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status)


def test_killed_fifty_times_and_more_each_charge_and_number_is_there_once(fleet, clock):
    clock.move_to(RUN_AT)
    parts = itertools.cycle([charge_years, issue_invoices])
    killed = sum(killed_run(part) for part in itertools.islice(parts, KILLS))
    was = Charge.objects.count(), Invoice.objects.count()
    while Charge.objects.to_invoice(RUN_AT.date()).exists():
        run()

    print(f"{killed} of {KILLS} runs killed; {was} charges and invoices by then")
    assert killed >= 50
    assert Charge.objects.filter(year__gt=1).count() == PARTIES * YEARS
    assert InvoiceLine.objects.count() == Charge.objects.count()
    numbers = [int(row.reference[4:]) for row in Invoice.objects.order_by("pk")]
    assert numbers == list(range(1001, 1001 + len(numbers)))
    assert list(ledger_faults(timezone.now())) == []
