"""The lists of the home page: in progress and finished, filtered, sorted and paged."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import DateField, F, OuterRef, Subquery
from django.db.models.functions import Coalesce, TruncDate
from django.utils import timezone

from common.clock import UK, uk_date
from common.search import read_terms
from common.working_days import WorkingCalendar
from dccportal.overview import overview, soonest_first
from dccportal.pages.wording import (
    Tag,
    next_words,
    state_tag,
    state_words,
    turn_tag,
    turn_words,
    wish_words,
)
from dccportal.search import find_orders
from orders.commands import working_calendar
from orders.models import ConnectionRequest
from orders.querysets import OrderQuerySet
from orders.states import OrderState
from parties.models import User

CSV_HEAD = (
    "Order",
    "Your reference",
    "Connection",
    "Site",
    "State",
    "Whose turn",
    "Next date",
    "What it is",
    "Submitted",
    "Ended or in service",
    "Pair with",
    "Role in the pair",
    "Resilience",
    "Related reference",
)
SORTS = {"reference": ("-pk",), "site": ("data_centre__name", "-pk")}


@dataclass(frozen=True)
class PairRow:
    """One of the two requests of a pair, in words."""

    order: Any
    wish: str
    state: Tag
    turn: Tag | None


def pair_rows(pair: list[Any]) -> list[PairRow]:
    return [
        PairRow(one, wish_words(one), state_tag(one), turn_tag(one.turn))
        for one in pair
    ]


@dataclass(frozen=True)
class OrderRow:
    """One line of a list of orders, in words."""

    order: Any
    wish: str
    state: Tag
    turn: Tag | None
    next_on: date | None
    beside: str
    is_paused: bool


def orders_of(user: User) -> OrderQuerySet:
    orders = ConnectionRequest.objects.visible_to(user).listed(timezone.now())
    joined = orders.select_related("data_centre", "connection", "group")
    joined = joined.prefetch_related("group__members")
    return overview(joined.annotate(partner_reference=partner_reference()))


def partner_reference() -> Subquery:
    """Return the reference of the other request of a pair, within the same query."""
    members = ConnectionRequest.objects.filter(group=OuterRef("group"))
    return Subquery(members.exclude(pk=OuterRef("pk")).values("reference")[:1])


def chosen(orders: OrderQuerySet, filters: dict[str, str]) -> OrderQuerySet:
    """Keep and sort what the filters ask for; an empty filter keeps everything."""
    if filters.get("q"):
        orders = find_orders(orders, read_terms(filters["q"]))
    if filters.get("state"):
        orders = orders.filter(state=filters["state"])
    if filters.get("turn"):
        annotated: Any = orders
        orders = annotated.filter(turn=filters["turn"])
    order_by = SORTS.get(filters.get("sort", ""))
    return orders.order_by(*order_by) if order_by else soonest_first(orders)


def latest_first(orders: OrderQuerySet) -> OrderQuerySet:
    """Sort finished orders by the UK day `ended`: closed, or gone into service."""
    ended = Coalesce(
        TruncDate("closed_at", tzinfo=UK),
        F("connection__router_configured_on"),
        output_field=DateField(),
    )
    found: OrderQuerySet = orders.annotate(ended=ended)
    return found.order_by("-ended", "-pk")


def row_of(order: Any, today: date, calendar: WorkingCalendar | None) -> OrderRow:
    return OrderRow(
        order=order,
        wish=wish_words(order),
        state=state_tag(order),
        turn=turn_tag(order.turn),
        next_on=order.next_on,
        beside=next_words(order, today, calendar),
        is_paused=order.state == OrderState.RETURNED,
    )


def calendar_for(orders: list[Any]) -> WorkingCalendar | None:
    """Read the bank holidays only when a clock on the page counts working days."""
    if any(order.state == OrderState.ACCEPTED for order in orders):
        return working_calendar()
    return None


def rows_of(orders: list[Any], today: date) -> list[OrderRow]:
    calendar = calendar_for(orders)
    return [row_of(order, today, calendar) for order in orders]


def csv_rows(orders: OrderQuerySet, today: date) -> Iterator[list[Any]]:
    """Yield one line an order, read in pieces."""
    calendar = working_calendar()
    for order in orders.iterator(chunk_size=500):
        yield [
            order.reference,
            order.customer_reference,
            wish_words(order),
            order.data_centre,
            state_words(order),
            turn_words(order.turn),
            order.next_on,
            next_words(order, today, calendar),
            day_of(order.submitted_at),
            day_of(order.closed_at) or in_service_on(order),
            order.partner_reference,
            order.role_words,
            order.option.label,
            order.related_reference,
        ]


def day_of(moment: Any) -> date | None:
    return uk_date(moment) if moment else None


def in_service_on(order: Any) -> date | None:
    connection = getattr(order, "connection", None)
    return connection.router_configured_on if connection else None
