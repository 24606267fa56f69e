"""What was invoiced since, as a portal that runs did it, and what was paid.

One invoice is overdue and reminded of, the latest is paid in part, a credit note is
set off, and all that is older is paid.
"""

from collections.abc import Sequence
from datetime import timedelta
from decimal import Decimal

from billing.commands import (
    correct_charge,
    import_payments,
    issue_invoice,
    remind_of_invoice,
)
from billing.facts import ListedPayment
from billing.models import Charge, Invoice
from billing.states import ChargeKind, InvoiceKind
from common.files import CsvUpload
from common.money import to_pence
from dccportal.demo.people import FENLAND, MINA
from dccportal.demo.world import World

DAYS_TO_PAY, DAYS_OVERDUE = 18, 8
SHARE = Decimal("0.4")


def invoiced(world: World) -> None:
    """Issue what fell due on the morning after, and put one charge right on the way."""
    due = Charge.objects.values_list("due_on", "party").distinct()
    mornings = {(day + timedelta(days=1), party) for day, party in due}
    # The run of the month after the one in which it was put right.
    mornings |= {(day + timedelta(days=40), party) for day, party in mornings}
    wrong = Charge.objects.filter(
        party__name=FENLAND.name, kind=ChargeKind.CONNECTION
    ).first()
    for day, party in sorted(mornings):
        if wrong is not None and day > wrong.due_on + timedelta(days=3):
            put_right(world, wrong)
            wrong = None
        if day <= world.today:
            issue_invoice(party, at=world.at(day, 18))


def put_right(world: World, charge: Charge) -> None:
    """Charge less than was invoiced, as the quotation says."""
    correct_charge(
        charge.pk,
        by=world.people[MINA],
        net=charge.net - 300,
        why="The quotation that you accepted has £300.00 less for the connection.",
        at=world.at(charge.due_on + timedelta(days=3), 15),
    )


def paid(world: World) -> None:
    """Record payments as DCC Billing brings them in, and remind of what is overdue."""
    rows = Invoice.objects.for_pages().filter(kind=InvoiceKind.INVOICE)
    asked = list(rows.order_by("pk"))
    amounts = amounts_paid(world, asked)
    listed = [
        ListedPayment(
            number=number,
            invoice=invoice.reference,
            amount=amounts[invoice.pk],
            paid_on=min(invoice.issued_on + timedelta(days=DAYS_TO_PAY), world.today),
            reference=f"BACS {invoice.reference[4:]}/{invoice.party.reference}",
        )
        for number, invoice in enumerate(asked, start=2)
        if amounts.get(invoice.pk)
    ]
    lines = "\n".join(
        f"{one.invoice},{one.amount},{one.paid_on},{one.reference}" for one in listed
    )
    file = CsvUpload(lines.encode(), "payments.csv", "", lines)
    import_payments(listed, file=file, by=world.people[MINA], at=world.now)
    for invoice in asked:
        remind_of_invoice(invoice.pk, now=world.now)


def amounts_paid(world: World, asked: Sequence[Invoice]) -> dict[int, Decimal]:
    """Return what was paid of each: all, but for one that is late and the latest."""
    late_on = world.today - timedelta(days=DAYS_OVERDUE)
    late = [row.pk for row in asked if row.due_on <= late_on][-1:]
    found = {
        row.pk: row.left
        for row in asked
        if row.due_on < world.today and row.pk not in late
    }
    latest = asked[-1]
    return {latest.pk: to_pence(latest.left * SHARE)} | found
