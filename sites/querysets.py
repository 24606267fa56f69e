from typing import TYPE_CHECKING, Any, Self

from django.db import models

from orders.querysets import PassedOnQuerySet
from sites.states import VisitState

if TYPE_CHECKING:
    from parties.models import User


class OnSiteQuerySet(PassedOnQuerySet[Any]):
    """Rows that hang from an order by `order`."""

    party_path = "order__party"
    order_path = "order__"


class SiteVisitQuerySet(OnSiteQuerySet):
    def for_pages(self) -> Self:
        return self.select_related("order__party", "order__data_centre", "replaces")

    def booked(self) -> Self:
        """Keep the visits to come, the next one first."""
        return self.filter(state=VisitState.BOOKED).order_by("on", "pk")

    def failed_and_not_replaced(self) -> Self:
        failed = self.filter(state=VisitState.FAILED, replacement__isnull=True)
        return failed.order_by("-pk")
