"""What was paid of an invoice, or is not owed any more. Rows are only ever added."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from billing.models.invoice import Invoice
from billing.querysets import PaymentQuerySet
from common.look import LookField
from common.money import ZERO
from records.models import Document


class Payment(models.Model):
    """What DCC Billing found to be paid of one invoice, including VAT.

    The bank's reference and the invoice tell one payment from another. One that was
    wrong is taken back by a row of the opposite amount, which says why; what is right
    instead is another row, `attempt` telling them apart. What was paid beyond what is
    owed, and is paid back, is a row below nothing that takes back none.

    Source: R-2.9.1-3, R-2.9.1-9.
    """

    invoice = models.ForeignKey(
        Invoice, on_delete=models.PROTECT, related_name="payments"
    )
    amount = models.DecimalField("including VAT", max_digits=12, decimal_places=2)
    paid_on = models.DateField("paid on")
    reference = models.CharField("bank reference", max_length=100)
    reference_look = LookField(of="reference")
    attempt = models.PositiveSmallIntegerField(default=1, editable=False)
    # The row that this one takes back, and why.
    takes_back = models.OneToOneField(
        "self", null=True, on_delete=models.PROTECT, related_name="taken_back_by"
    )
    why = models.TextField(blank=True)
    # The list that it stood on.
    file = models.ForeignKey(
        Document, null=True, on_delete=models.PROTECT, related_name="payments"
    )
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    objects = PaymentQuerySet.as_manager()

    class Meta:
        ordering = ["paid_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["invoice", "reference_look", "attempt"],
                condition=Q(takes_back__isnull=True),
                name="payment_once_an_invoice_and_reference",
            ),
            models.CheckConstraint(
                name="payment_adds_or_takes_back_and_says_why",
                condition=Q(takes_back__isnull=True, amount__gt=ZERO, why="")
                | Q(takes_back__isnull=True, amount__lt=ZERO) & ~Q(why="")
                | Q(takes_back__isnull=False) & ~Q(amount=ZERO) & ~Q(why=""),
            ),
        ]

    def __str__(self) -> str:
        what = "Repayment" if self.is_repayment else "Payment"
        return f"{what} {self.reference} of {self.invoice}"

    @property
    def is_repayment(self) -> bool:
        """Whether DCC paid it back to the Party, since too much was paid."""
        return self.takes_back_id is None and self.amount < ZERO

    @property
    def is_taken_back(self) -> bool:
        return hasattr(self, "taken_back_by")

    @property
    def thread(self) -> str:
        return self.invoice.thread


class SetOff(models.Model):
    """What a credit note takes off an invoice of which it gives lines back.

    In pounds including VAT, written when the credit note is issued.

    Source: R-2.9.1-4. How it is shared out is our own reading.
    """

    credit_note = models.ForeignKey(
        Invoice, on_delete=models.PROTECT, related_name="set_against"
    )
    invoice = models.ForeignKey(
        Invoice, on_delete=models.PROTECT, related_name="set_offs"
    )
    amount = models.DecimalField("including VAT", max_digits=12, decimal_places=2)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["credit_note", "invoice"], name="set_off_once_an_invoice"
            ),
            models.CheckConstraint(
                name="set_off_is_an_amount", condition=Q(amount__gt=ZERO)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.credit_note} set off against {self.invoice}"


class OverdueReminder(models.Model):
    """That a Party was reminded of an invoice that is overdue: once, ever."""

    invoice = models.OneToOneField(
        Invoice, on_delete=models.PROTECT, related_name="reminder"
    )
    sent_at = models.DateTimeField()

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"Reminder of {self.invoice}"
