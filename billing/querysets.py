from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Self

from django.apps import apps
from django.db import models
from django.db.models import DecimalField, F, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce, Round

from billing.deadlines import ends_of_month
from billing.states import InvoiceKind, PaymentState
from common.added_up import added_up
from common.money import ZERO
from common.search import Terms
from parties.querysets import OfPartyQuerySet

if TYPE_CHECKING:
    from billing.models import Charge, Invoice, InvoicePaper, Payment
    from parties.models import User


class ChargeQuerySet(OfPartyQuerySet["Charge"]):
    """Charges of a Party. Source: R-2.3-3, R-2.3-5."""

    def for_pages(self) -> Self:
        return self.select_related(
            "order", "connection", "party", "quote_line__quote", "reversal"
        ).select_related("invoice_line__invoice")

    def standing(self) -> Self:
        """Leave out those that were taken back, and the rows that did it."""
        return self.filter(reverses=None, reversal=None)

    def to_invoice(self, today: date) -> Self:
        """Keep what is due by a UK day and stands on no invoice."""
        return self.filter(invoice_line=None, due_on__lte=today)

    def ready(self, run_on: date, run_at: datetime) -> Self:
        """Keep what falls due with completion, and what the last monthly run reaches.

        Args:
            run_on: the UK day of that run.
            run_at: its end, the midnight after.
        """
        on_completion = Q(quote_line__isnull=False, year=1)
        return self.filter(on_completion | Q(due_on__lte=run_on, raised_at__lt=run_at))

    def raised_in(self, first: date) -> Self:
        """Keep what was raised in the UK month that begins on `first`, in its order.

        Each row of the ledger is in one month and no other. Source: R-2.9.1-9.
        """
        begins, ends = ends_of_month(first)
        return self.filter(raised_at__gte=begins, raised_at__lt=ends).order_by("pk")

    def search(self, terms: Terms) -> Self:
        """Keep those whose order, connection or description has each word."""
        found = self
        for word in terms.words:
            found = found.filter(
                Q(order__reference__icontains=word)
                | Q(connection__reference__icontains=word)
                | Q(description__icontains=word)
            )
        return found

    def total_net(self) -> Decimal:
        """Return the sum in pounds net of VAT."""
        total: Decimal | None = self.aggregate(total=added_up("net"))["total"]
        return total if total is not None else ZERO


AMOUNT: "DecimalField[Any, Any]" = DecimalField(max_digits=12, decimal_places=2)


def sum_of(name: str) -> Coalesce:
    """Return what the rows `name` of an invoice come to, in pounds including VAT."""
    rows = apps.get_model("billing", name)._default_manager.order_by()  # noqa: SLF001  Django's name
    of_one = rows.filter(invoice=OuterRef("pk")).values("invoice")
    total = of_one.annotate(total=added_up("amount")).values("total")
    return Coalesce(Subquery(total), Value(ZERO), output_field=AMOUNT)


def last_paid_on() -> Subquery:
    """Return the UK day on which something was paid of an invoice last."""
    rows: Any = apps.get_model("billing", "Payment")._default_manager  # noqa: SLF001  Django's name
    standing = rows.standing().filter(invoice=OuterRef("pk"), amount__gt=ZERO)
    return Subquery(standing.order_by("-paid_on").values("paid_on")[:1])


# In which state an invoice is, by what is owed of it, what was paid and its last day.
# Rounded: SQLite adds amounts up as floats, and a trace of one is no debt.
OWED = Q(kind=InvoiceKind.INVOICE, owed__gt=ZERO)
SETTLED = Q(kind=InvoiceKind.INVOICE, owed__lte=ZERO)


def is_in(state: str, today: date) -> Q:
    """Return the condition that an invoice is in a state on a UK day."""
    late = Q(due_on__lt=today)
    return {
        PaymentState.SET_OFF: Q(kind=InvoiceKind.CREDIT_NOTE),
        PaymentState.CREDITED: SETTLED & Q(set_off__gte=F("gross")),
        PaymentState.PAID: SETTLED & Q(set_off__lt=F("gross")),
        PaymentState.OVERDUE: OWED & late,
        PaymentState.PART_PAID: OWED & ~late & Q(paid__gt=ZERO),
        PaymentState.DUE: OWED & ~late & Q(paid__lte=ZERO),
    }[PaymentState(state)]


class InvoiceQuerySet(OfPartyQuerySet["Invoice"]):
    """Invoices of a Party. Source: R-2.3-3, R-2.3-5."""

    def for_pages(self) -> Self:
        return self.select_related("party", "paper__document").with_balance()

    def with_balance(self) -> Self:
        """Say of each what was paid of it and when last, set off, and is owed still."""
        found = self.annotate(
            paid=sum_of("Payment"),
            set_off=sum_of("SetOff"),
            last_paid_on=last_paid_on(),
        )
        left = F("gross") - F("paid") - F("set_off")
        return found.annotate(owed=Round(left, precision=2, output_field=AMOUNT))

    def in_state(self, state: str, today: date) -> Self:
        """Keep those in a state on a UK day; of rows with their balance."""
        return self.filter(is_in(state, today))

    def owed(self) -> Self:
        """Keep those of which something is owed; of rows with their balance."""
        return self.filter(OWED)

    def to_remind_of(self, today: date, days: int) -> Self:
        """Keep what is overdue for `days` days or more, and was not reminded of."""
        last = today - timedelta(days=days)
        return self.with_balance().filter(OWED, due_on__lte=last, reminder=None)

    def search(self, terms: Terms) -> Self:
        """Keep those of which the number or a line has each word."""
        found = self
        for word in terms.words:
            lines = self.model.objects.filter(
                Q(lines__description__icontains=word)
                | Q(lines__charge__order__reference__icontains=word)
                | Q(lines__charge__connection__reference__icontains=word)
            )
            found = found.filter(
                Q(reference__icontains=word) | Q(pk__in=lines.values("pk"))
            )
        return found


class PaymentQuerySet(OfPartyQuerySet["Payment"]):
    """Payments of a Party's invoices. Source: R-2.3-3."""

    party_path = "invoice__party"

    def for_pages(self) -> Self:
        return self.select_related(
            "invoice__party", "takes_back", "taken_back_by", "recorded_by"
        )

    def standing(self) -> Self:
        """Leave out those that were taken back, and the rows that did it."""
        return self.filter(takes_back=None, taken_back_by=None)


class InvoicePaperQuerySet(models.QuerySet["InvoicePaper"]):
    def waiting(self) -> Self:
        """Keep those whose PDF is still to be made, and did not fail."""
        return self.filter(document=None, rendering_error="")

    def for_pages(self) -> Self:
        return self.select_related("invoice__party", "document")
