"""What a Party was asked to pay, or was given back, and the paper that says so."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Round

from billing.models.charge import CATEGORY, Charge
from billing.querysets import InvoicePaperQuerySet, InvoiceQuerySet
from billing.states import InvoiceKind, PaymentState
from common.money import ZERO, to_pence
from parties.models import Party
from records.models import Document


class Invoice(models.Model):
    """What one Party is asked to pay, or is given back, on one UK day. Never changed.

    In pounds; the totals are the sums of its lines.

    Source: R-2.9.1-3, R-2.9.1-4, R-2.9.1-7, R-2.9.3-4.
    """

    reference = models.CharField("number", max_length=20, unique=True)
    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="invoices")
    kind = models.CharField(max_length=20, choices=InvoiceKind)
    issued_at = models.DateTimeField()
    issued_on = models.DateField()
    due_on = models.DateField()
    net = models.DecimalField("excluding VAT", max_digits=12, decimal_places=2)
    vat = models.DecimalField("VAT", max_digits=12, decimal_places=2)
    gross = models.DecimalField("including VAT", max_digits=12, decimal_places=2)

    # What is read with the row by `with_balance`, in pounds including VAT.
    paid: Decimal
    set_off: Decimal
    # The UK day on which something was paid of it last.
    last_paid_on: date | None

    objects = InvoiceQuerySet.as_manager()

    class Meta:
        ordering = ["-issued_on", "-pk"]
        indexes = [models.Index(fields=["-issued_on", "-id"], name="invoice_by_day")]
        constraints = [
            # SQLite adds up what it cannot hold exactly, so the sum is rounded.
            models.CheckConstraint(
                name="invoice_adds_up",
                condition=Q(gross=Round(F("net") + F("vat"), precision=2)),
            ),
            models.CheckConstraint(
                name="invoice_asks_and_a_credit_note_gives_back",
                condition=Q(kind=InvoiceKind.INVOICE, gross__gt=ZERO)
                | Q(kind=InvoiceKind.CREDIT_NOTE, gross__lt=ZERO),
            ),
            models.CheckConstraint(
                name="invoice_is_due_after_it_is_issued",
                condition=Q(due_on__gte=F("issued_on")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.reference}"

    @property
    def category(self) -> str:
        return CATEGORY

    @property
    def thread(self) -> str:
        return self.party.reference

    @property
    def is_credit(self) -> bool:
        return self.kind == InvoiceKind.CREDIT_NOTE

    @property
    def gross_back(self) -> Decimal:
        return -self.gross

    @property
    def left(self) -> Decimal:
        """What is not paid and not set off; below nothing where too much was paid."""
        return (
            ZERO if self.is_credit else to_pence(self.gross - self.paid - self.set_off)
        )

    @property
    def left_back(self) -> Decimal:
        """What was paid beyond what is owed; 0 where nothing was."""
        return max(-self.left, ZERO)

    def state_on(self, today: date) -> PaymentState:
        """Return how far it is paid on a UK day. How credit counts is our reading."""
        if self.is_credit:
            return PaymentState.SET_OFF
        if self.left <= ZERO:
            is_credited = self.set_off >= self.gross
            return PaymentState.CREDITED if is_credited else PaymentState.PAID
        if self.due_on < today:
            return PaymentState.OVERDUE
        return PaymentState.PART_PAID if self.paid > ZERO else PaymentState.DUE


class InvoiceLine(models.Model):
    """One row of the ledger as it stands on an invoice. Never changed.

    Source: R-2.9.1-3, R-2.9.1-4, R-2.9.3-4.
    """

    invoice = models.ForeignKey(Invoice, on_delete=models.PROTECT, related_name="lines")
    charge = models.OneToOneField(
        Charge, on_delete=models.PROTECT, related_name="invoice_line"
    )
    description = models.CharField(max_length=300)
    net = models.DecimalField("excluding VAT", max_digits=10, decimal_places=2)
    tax_point = models.DateField("tax point")
    vat_rate = models.DecimalField("VAT, percent", max_digits=5, decimal_places=2)
    vat = models.DecimalField("VAT", max_digits=10, decimal_places=2)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.description


class InvoicePaper(models.Model):
    """An invoice as a PDF: made by a worker of what it said, stored once.

    Source: R-2.9.1-3, R-2.9.1-7.
    """

    invoice = models.OneToOneField(
        Invoice, on_delete=models.PROTECT, related_name="paper"
    )
    # All that it says: what is known of the Party later does not change it.
    facts: Any = models.JSONField()
    document = models.OneToOneField(
        Document, null=True, on_delete=models.PROTECT, related_name="invoice_paper"
    )
    rendering_error = models.TextField(blank=True)

    objects = InvoicePaperQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"PDF of {self.invoice}"

    @property
    def thread(self) -> str:
        return self.invoice.thread
