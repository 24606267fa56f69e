"""A credit note is set off against the invoices of which it gives lines back."""

from collections import defaultdict
from decimal import Decimal

from billing.models import Invoice, InvoiceLine, SetOff
from billing.pricing import shared_out
from common.money import ZERO


def set_off(note: Invoice) -> list[SetOff]:
    """Keep how much a credit note takes off each invoice, the oldest first.

    It gives back no more than the lines that it takes back, so that all of it is taken
    by them. An invoice that is wholly taken off is credited: nothing is owed of it.

    Source: R-2.9.1-4. How it is shared out is our own reading.
    """
    shares = shared_out(note.gross_back, given_back(note))
    rows = [
        SetOff(credit_note=note, invoice_id=invoice, amount=amount)
        for invoice, amount in shares.items()
    ]
    return SetOff.objects.bulk_create(rows)


def given_back(note: Invoice) -> dict[int, Decimal]:
    """Return for each earlier invoice what the lines of a note give back of it."""
    lines = InvoiceLine.objects.filter(invoice=note).exclude(
        charge__reverses__invoice_line=None
    )
    earlier = lines.values_list(
        "charge__reverses__invoice_line__invoice", "net", "vat"
    ).order_by("charge__reverses__invoice_line__invoice")
    found: dict[int, Decimal] = defaultdict(lambda: ZERO)
    for invoice, net, vat in earlier:
        if invoice != note.pk:
            found[invoice] -= net + vat
    return found
