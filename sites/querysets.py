from typing import TYPE_CHECKING, Any, Self

from django.db import models

from orders.querysets import PASSED_TO
from parties.states import Role
from sites.states import VisitState

if TYPE_CHECKING:
    from parties.models import User


class OnSiteQuerySet(models.QuerySet[Any]):
    """Rows that hang from an order by `order`."""

    def visible_to(self, user: "User") -> Self:
        """Keep what `user` may know of; the rest is a 404.

        DCC sees all; a supplier what is on orders passed to it; a contact their
        Party's.

        Source: R-1.3-1, R-1.3-3.
        """
        if user.is_dcc:
            return self
        if user.is_staff:
            passed = PASSED_TO.get(Role(user.role), ())
            return self.filter(order__state__in=passed)
        return self.filter(order__party=user.party_id)


class SiteVisitQuerySet(OnSiteQuerySet):
    def for_pages(self) -> Self:
        return self.select_related("order__party", "order__data_centre", "replaces")

    def booked(self) -> Self:
        """Keep the visits to come, the next one first."""
        return self.filter(state=VisitState.BOOKED).order_by("on", "pk")

    def failed_and_not_replaced(self) -> Self:
        failed = self.filter(state=VisitState.FAILED, replacement__isnull=True)
        return failed.order_by("-pk")
