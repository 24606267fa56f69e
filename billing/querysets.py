from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import Q, Sum

from common.money import ZERO
from common.search import Terms
from parties.querysets import OfPartyQuerySet

if TYPE_CHECKING:
    from billing.models import Charge, Invoice, InvoicePaper
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
        total: Decimal | None = self.aggregate(total=Sum("net"))["total"]
        return total if total is not None else ZERO


class InvoiceQuerySet(OfPartyQuerySet["Invoice"]):
    """Invoices of a Party. Source: R-2.3-3, R-2.3-5."""

    def for_pages(self) -> Self:
        return self.select_related("party", "paper__document")

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


class InvoicePaperQuerySet(models.QuerySet["InvoicePaper"]):
    def waiting(self) -> Self:
        """Keep those whose PDF is still to be made, and did not fail."""
        return self.filter(document=None, rendering_error="")

    def for_pages(self) -> Self:
        return self.select_related("invoice__party", "document")
