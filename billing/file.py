"""What is charged for an order, for its pages."""

from django.utils.functional import cached_property

from billing.models import Charge
from orders.file import FilePart, OrderFile


class ChargesOfOrder(FilePart):
    @cached_property
    def rows(self) -> list[Charge]:
        """Nothing is charged before there is a connection, or the order has ended."""
        has_connection = getattr(self.order, "connection", None) is not None
        if not has_connection and not self.order.is_closed:
            return []
        return list(self.order.charges.standing())


def charges_of(file: OrderFile) -> ChargesOfOrder:
    return file.part(ChargesOfOrder)
