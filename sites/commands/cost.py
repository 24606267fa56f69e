"""What the price list says of the visit that replaces another."""

from datetime import date

from common.clock import uk_date
from orders.models import ConnectionRequest
from quotes.commands.prices import prices_of, vat_rate_on
from quotes.states import PriceKind
from sites.models import SiteVisit, VisitClaim
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


def claimed_cost(claim: VisitClaim, today: date) -> VisitCost | None:
    """Return what is claimed: the price of the day on which the claim was opened.

    Where there was none on that day, it is the one of today, UK, if there is one now.

    Source: T11.
    """
    order = claim.visit.order
    then = next_visit_cost(order, uk_date(claim.opened_at))
    return then or next_visit_cost(order, today)


def cost_told(visit: SiteVisit, today: date) -> VisitCost | None:
    """Return what a visit is to be charged itself, or else what the next would cost."""
    if visit.claim is not None and visit.is_chargeable:
        return claimed_cost(visit.claim, today)
    return next_visit_cost(visit.order, today)
