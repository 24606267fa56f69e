"""What follows for an item's cost when the item is done, dropped, or its order ends."""

from datetime import datetime

from orders.models import ConnectionRequest
from records.transitions import SYSTEM, perform
from records.unit import command
from sites.errors.costs import CostNotAccepted
from sites.models import AccessItem, ItemCost

ENDED = "The order ended before it was done"


def require_cost_accepted(item: AccessItem) -> None:
    """Refuse work on a locked item before its cost is accepted. Source: R-2.13-5."""
    if item.waits_for_cost:
        raise CostNotAccepted(item=item)


def live_cost(item: AccessItem) -> ItemCost | None:
    """Return what is asked or accepted for a locked item, if anything."""
    cost: ItemCost | None = item.costs.live().first()
    if cost is not None:
        cost.item = item
    return cost


def let_cost_fall_due(item: AccessItem, *, at: datetime) -> None:
    """Let what was accepted for a locked item that is done now be charged.

    An order that ended before, as by an offer that lapsed, is charged nothing for it.

    Source: R-2.13-5, R-2.9.1-4.
    """
    if item.order.is_closed:
        withdraw_cost_of(item, at=at, why=ENDED)
        return
    cost = live_cost(item)
    if cost is not None:
        perform(cost.fall_due, by=SYSTEM, at=at)


def withdraw_cost_of(item: AccessItem, *, at: datetime, why: str) -> None:
    """Take back what is asked or accepted for a locked item that nobody needs now."""
    cost = live_cost(item)
    if cost is not None:
        perform(cost.withdraw, by=SYSTEM, at=at, why=why, because=why)


@command
def withdraw_costs_of(order: ConnectionRequest, *, at: datetime, why: str) -> None:
    """Take back what an order that ends has not been charged, its row being locked.

    Source: R-2.13-5.
    """
    for item in order.access_items.filter(costs__in=ItemCost.objects.live()):
        item.order = order
        withdraw_cost_of(item, at=at, why=why)
