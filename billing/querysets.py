from decimal import Decimal
from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import Q, Sum

from common.money import ZERO
from common.search import Terms
from parties.querysets import OfPartyQuerySet

if TYPE_CHECKING:
    from billing.models import Charge
    from parties.models import User


class ChargeQuerySet(OfPartyQuerySet["Charge"]):
    """Charges of a Party. Source: R-2.3-3, R-2.3-5."""

    def for_pages(self) -> Self:
        return self.select_related(
            "order", "connection", "party", "quote_line__quote", "reversal"
        )

    def standing(self) -> Self:
        """Leave out those that were taken back, and the rows that did it."""
        return self.filter(reverses=None, reversal=None)

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
