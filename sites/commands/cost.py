"""What the price list says of the visit that replaces another."""

from datetime import date

from orders.models import ConnectionRequest
from quotes.commands.prices import prices_of, vat_rate_on
from quotes.states import PriceKind
from sites.pricing import VisitCost, visit_cost


def next_visit_cost(order: ConnectionRequest, day: date) -> VisitCost | None:
    """Return what a re-booked visit costs on a UK day; None: no amount is in force.

    The guidance names none, so there is none until DCC enters one.

    Source: T11.
    """
    item = prices_of(order, day).get(PriceKind.RESCHEDULED_VISIT)
    if item is None:
        return None
    return visit_cost(item.net, vat_rate_on(day), item.from_on)
