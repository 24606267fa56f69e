"""The lists of the home page: in progress and finished, filtered, sorted and paged."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import DateField, F, OuterRef, Prefetch, Subquery
from django.db.models.functions import Coalesce, TruncDate
from django.utils import timezone
from django.utils.safestring import SafeString

from common.clock import UK, uk_date
from common.csv_file import AT_ONCE, pieces
from common.escaping import escaped
from common.parts import Tag
from common.prepared import hand_out, prepared
from common.row_addresses import RowAddresses
from common.search import read_terms
from orders.contacts import state_tag
from orders.models import ConnectionRequest
from orders.querysets import OrderQuerySet
from orders.search import find_orders
from orders.words import wish_words
from parties.models import User
from worklist.contacts.turns import Turns, Whose, turns_in, waiting_for, with_next_day
from worklist.people import People

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
ORDERS = RowAddresses("order")
SORTS = {"reference": ("-pk",), "site": ("data_centre__name", "-pk")}


@dataclass(frozen=True)
class OrderRow:
    """One line of a list of orders, in words.

    The cells that say most are written here: a template takes ten times as long.
    """

    # It is annotated with its partner.
    order: Any
    wish: str
    state: Tag
    turns: Turns

    @property
    def reference_cell(self) -> SafeString:
        """Return the order's reference, over the Party's own."""
        order = self.order
        theirs = order.customer_reference
        is_other = theirs != order.reference
        return under(order_link(order.reference), escaped(theirs) if is_other else "")

    @property
    def connection_cell(self) -> SafeString:
        """Return what is asked for, where, and with which other form."""
        order, pair = self.order, ""
        if order.partner_reference:
            role = escaped(order.place_in_pair)
            pair = f"{role} with {order_link(order.partner_reference)}"
        site = order.data_centre or ("" if order.is_closed else "No site chosen yet")
        return under(escaped(self.wish), escaped(site), pair)


def order_link(reference: str) -> str:
    url = escaped(ORDERS.of(reference))
    return f'<a class="govuk-link dcc-ref" href="{url}">{escaped(reference)}</a>'


def under(first: str, *others: str) -> SafeString:
    """Return lines of HTML, the first of them above the small ones."""
    small = (f'<span class="dcc-rows__sub">{line}</span>' for line in others if line)
    return SafeString("".join([first, *small]))


def rows_of(
    orders: list[ConnectionRequest], people: People, today: date
) -> list[OrderRow]:
    """Return lines of a list; whose turn it is in all of them is one query."""
    turns = turns_in([order.reference for order in orders], people, today)
    return [row_of(order, turns[order.reference]) for order in orders]


def row_of(order: ConnectionRequest, turns: Turns) -> OrderRow:
    return OrderRow(order, wish_words(order), state_tag(order, turns.kinds), turns)


def orders_of(user: User, now: datetime) -> OrderQuerySet:
    orders = ConnectionRequest.objects.visible_to(user).listed(now)
    joined = orders.select_related("data_centre", "connection", "group")
    joined = joined.prefetch_related(Prefetch("group__members", of_pairs()))
    found: OrderQuerySet = joined.annotate(partner_reference=partner_reference())
    return found


def of_pairs() -> OrderQuerySet:
    """Read of the two forms of a pair what says which of them is for what."""
    asked = ("state", "group", "role", "uses", "reference")
    found: OrderQuerySet = ConnectionRequest.objects.only(*asked)
    return found


def partner_reference() -> Subquery:
    """Return the reference of the other request of a pair, within the same query."""
    members = ConnectionRequest.objects.filter(group=OuterRef("group"))
    return Subquery(members.exclude(pk=OuterRef("pk")).values("reference")[:1])


def chosen(user: User, filters: dict[str, str], today: date) -> OrderQuerySet:
    """Return the orders that the filters ask for, as they ask them sorted.

    An empty filter keeps everything. Whose turn it is, is asked of the open rows of the
    register alone.
    """
    orders = orders_of(user, timezone.now())
    if filters.get("q"):
        orders = find_orders(orders, read_terms(filters["q"]))
    if filters.get("state"):
        orders = orders.filter(state=filters["state"])
    if filters.get("turn"):
        rows = waiting_for(Whose(filters["turn"]), user, today)
        orders = orders.filter(reference__in=rows.order_by().values("thread"))
    order_by = SORTS.get(filters.get("sort", ""))
    if order_by:
        return orders.order_by(*order_by)
    return next_first(orders, user, today)


def next_first(orders: OrderQuerySet, user: User, today: date) -> OrderQuerySet:
    """Sort orders by the first day that their Party is told of."""
    dated = with_next_day(orders, user, today)
    return dated.order_by(F("next_on").asc(nulls_last=True), "-pk")


def latest_first(orders: OrderQuerySet) -> OrderQuerySet:
    """Sort finished orders by the UK day `ended`: closed, or gone into service."""
    ended = Coalesce(
        TruncDate("closed_at", tzinfo=UK),
        F("connection__router_configured_on"),
        output_field=DateField(),
    )
    found: OrderQuerySet = orders.annotate(ended=ended)
    return found.order_by("-ended", "-pk")


@prepared
def first_in_progress(
    party: int, now: datetime, today: date, *, size: int
) -> OrderQuerySet:
    """Return what `chosen` returns first where nothing is asked for, but for pairs."""
    user = User.like(party, role="")
    orders = next_first(orders_of(user, now), user, today)
    return orders.in_progress().prefetch_related(None)[:size]


@prepared
def first_finished(party: int, now: datetime, *, size: int) -> OrderQuerySet:
    orders = orders_of(User.like(party, role=""), now).finished()
    return latest_first(orders).prefetch_related(None)[:size]


def with_pairs(orders: list[ConnectionRequest]) -> list[ConnectionRequest]:
    """Let orders carry both forms of their pairs."""
    groups = [order.group for order in orders if order.group is not None]
    keys = tuple(sorted({group.pk for group in groups}))
    hand_out(groups, "members", members_of(keys))
    return orders


@prepared
def members_of(groups: tuple[int, ...]) -> OrderQuerySet:
    return of_pairs().filter(group__pk__in=groups)


def csv_rows(orders: OrderQuerySet, people: People, today: date) -> Iterator[list[Any]]:
    """Yield one line an order, read in pieces."""
    for piece in pieces(orders.iterator(chunk_size=AT_ONCE), AT_ONCE):
        for row in rows_of(piece, people, today):
            yield cells_of(row)


def cells_of(row: OrderRow) -> list[Any]:
    order, turns = row.order, row.turns
    return [
        order.reference,
        order.customer_reference,
        row.wish,
        order.data_centre,
        row.state.words,
        turns.words,
        turns.next_on,
        turns.next_note,
        day_of(order.submitted_at),
        day_of(order.closed_at) or in_service_on(order),
        order.partner_reference,
        order.role_words,
        order.option.label,
        order.related_reference,
    ]


def day_of(moment: datetime | None) -> date | None:
    return uk_date(moment) if moment else None


def in_service_on(order: ConnectionRequest) -> date | None:
    connection = getattr(order, "connection", None)
    return connection.router_configured_on if connection else None
