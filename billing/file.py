"""What is charged for an order, for its pages."""

from django.utils.functional import cached_property

from billing.models import Charge
from billing.querysets import ChargeQuerySet
from common.prepared import prepared
from orders.file import FilePart, OrderFile
from sites.file import site_of


class ChargesOfOrder(FilePart):
    @cached_property
    def rows(self) -> list[Charge]:
        """Nothing is charged before an authority, but where the order has ended."""
        if site_of(self.file).access is None and not self.order.is_closed:
            return []
        return self.file.own(standing_of(self.order.pk))


@prepared
def standing_of(order: int) -> ChargeQuerySet:
    return Charge.objects.filter(order=order).standing()


def charges_of(file: OrderFile) -> ChargesOfOrder:
    return file.part(ChargesOfOrder)
