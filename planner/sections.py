"""The total commitment, for pages of the request form: a tag of their templates."""

from typing import Any

from django import template
from django.utils import timezone

from common.clock import uk_date
from orders.models import PERIODS, ConnectionRequest
from orders.states import ConnectionType, Route
from planner.pricing import Price
from planner.querysets import prices_on
from quotes.models import Quote

register = template.Library()


@register.inclusion_tag("orders/commitment.html", takes_context=True)
def commitment(context: template.Context, order: ConnectionRequest) -> dict[str, Any]:
    """What the period commits to: as quoted, or an indicative range while it is not.

    In pounds net of VAT. A Registration Data Provider states no period.

    Source: R-2.10-5, R-2.9.3-2.
    """
    if order.route != Route.H15:
        return {}
    user = context["request"].user
    issued = Quote.objects.visible_to(user).issued().filter(order=order)
    quote = issued.prefetch_related("lines").order_by("-issued_at").first()
    if quote is not None:
        return {"quote": quote}
    prices = prices_on(uk_date(timezone.now()))
    kinds = [order.connection_type] if order.connection_type else ConnectionType.values
    rows = [row(kind, prices[ConnectionType(kind)]) for kind in kinds if kind in prices]
    return {"periods": PERIODS, "rows": rows}


def row(kind: str, price: Price) -> dict[str, Any]:
    """Return the range of one type over each period."""
    ranges = [(years, price.over(years)) for years in PERIODS]
    return {"kind": kind.upper(), "ranges": ranges}
