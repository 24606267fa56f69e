"""What an order calls for: each amount with what allows it. Rows in, no queries."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from billing.models import Charge
from billing.states import ChargeKind
from common.clock import uk_date
from common.money import ZERO
from common.wording import day_words
from connections.deadlines import year_begins_on
from connections.models import Connection
from connections.years import year_agreed
from orders.models import ConnectionRequest
from orders.states import OrderState
from quotes.models import Quote
from quotes.pricing import (
    annual_of,
    cancellation_before_completion,
    lines_due_on_completion,
)
from quotes.states import QuoteState
from sites.models import ItemCost, SiteVisit, VisitClaim
from sites.states import TOOK_PLACE, ItemCostState

# What allows an amount, and which year of it.
Key = tuple[str, int, int]


@dataclass(frozen=True)
class CalledFor:
    """One amount that has to stand in the ledger, once.

    Args:
        nets: in pounds, net of VAT; several where a setting decided when it was raised.
        due_on: a UK day; None where the day of the run decides.
        since: the UK day by whose end a timer raises it; None where that is at once.
        is_always: there is a row even if it costs nothing.
    """

    key: Key
    what: str
    nets: frozenset[Decimal]
    due_on: date | None = None
    since: date | None = None
    is_always: bool = False

    def may_be_missing(self, day: date) -> bool:
        """Whether there need be no row by the end of a UK day."""
        is_free = ZERO in self.nets and not self.is_always
        return is_free or (self.since is not None and self.since > day)


def key_of(charge: Charge) -> Key:
    """Return what allows a charge, and for which year."""
    if charge.kind == ChargeKind.ANNUAL and charge.year > 1:
        return ("year", charge.connection_id or 0, charge.year)
    if charge.visit is not None:
        return ("claim", charge.visit.claim_id or 0, 1)
    for cause in ("quote_line", "item_cost", "cancellation", "rate_change"):
        if (found := getattr(charge, f"{cause}_id")) is not None:
            return (cause, found, 1)
    return ("order", charge.order_id, 1)


def called_for(order: ConnectionRequest, today: date) -> Iterator[CalledFor]:
    """Yield all that an order has called for by a UK day.

    Source: R-2.9.1-4, R-2.9.1-5, R-2.9.1-6, R-2.9.1-10, R-2.10-2, R-2.7.2-2, R-2.13-5.
    """
    quote = quote_in_force(order)
    connection: Connection | None = getattr(order, "connection", None)
    if quote is not None and connection is not None:
        yield from by_completion(connection, quote)
        yield from by_years(connection, quote, today)
        yield from by_changes(connection)
        yield from by_ending(connection)
    elif quote is not None and order.state == OrderState.CANCELLED:
        yield from by_cancelling(order, quote)
    for visit in order.visits.all():
        yield from by_visit(visit, today)
    for item in order.access_items.all():
        yield from by_costs(item.costs.all())


def quote_in_force(order: ConnectionRequest) -> Quote | None:
    found = (row for row in order.quotes.all() if row.state == QuoteState.ACCEPTED)
    return next(found, None)


def single(
    cause: str,
    pk: int,
    what: str,
    net: Decimal,
    *,
    due_on: date | None = None,
    since: date | None = None,
) -> CalledFor:
    return CalledFor((cause, pk, 1), what, frozenset({net}), due_on, since)


def by_completion(connection: Connection, quote: Quote) -> Iterator[CalledFor]:
    """Yield each line of the quotation, a free one too. Source: R-2.9.1-5.

    Of a connection that was taken over they were charged before, and elsewhere.
    """
    if connection.years_charged_before:
        return
    for line, what in lines_due_on_completion(quote.lines.all()):
        yield CalledFor(
            ("quote_line", line.pk, 1),
            what,
            frozenset({line.net}),
            connection.completed_on,
            is_always=True,
        )


def by_years(connection: Connection, quote: Quote, today: date) -> Iterator[CalledFor]:
    """Yield each later year that has begun and is known. Source: R-2.9.1-6."""
    number = max(connection.years_charged_before, 1) + 1
    while (begins_on := year_begins_on(connection.completed_on, number)) <= today:
        if not connection.is_there_on(begins_on):
            return
        nets = nets_of_year(connection, quote, number)
        if nets:
            key = ("year", connection.pk, number)
            yield CalledFor(key, f"Year {number}", nets, begins_on, begins_on)
        number += 1


def nets_of_year(
    connection: Connection, quote: Quote, number: int
) -> frozenset[Decimal]:
    """Return what a year may cost: a lower rate counts as was set on its day (T13)."""
    quoted = annual_of(quote.lines.all())
    agreed = (
        year_agreed(connection, number, quoted_net=quoted, lower_counts=counts)
        for counts in (False, True)
    )
    return frozenset(year.net for year in agreed if year is not None)


def by_changes(connection: Connection) -> Iterator[CalledFor]:
    """Yield what changes that are done cost at once. Source: R-2.7.2-2."""
    for row in connection.rate_changes.all():
        if row.is_done and row.net:
            on = {"due_on": row.done_on, "since": row.done_on}
            yield single("rate_change", row.pk, row.charged_as, row.net, **on)


def by_ending(connection: Connection) -> Iterator[CalledFor]:
    """Yield the balance of a connection that was ended. Source: R-2.10-2."""
    row = getattr(connection, "cancellation", None)
    if row is not None and row.net > ZERO:
        days = {"due_on": row.last_day, "since": uk_date(row.at)}
        yield single("cancellation", row.pk, str(row), row.net, **days)


def by_cancelling(order: ConnectionRequest, quote: Quote) -> Iterator[CalledFor]:
    """Yield what an order that was cancelled before completion costs. Source: T7."""
    net = cancellation_before_completion(quote.basis, quote.total.net)
    if net > ZERO:
        yield single("order", order.pk, f"Cancellation of {order}", net)


def by_visit(visit: SiteVisit, today: date) -> Iterator[CalledFor]:
    """Yield what a visit that was not made costs, once the next was. Source: T11."""
    claim: VisitClaim | None = getattr(visit, "own_claim", None)
    if claim is None:
        return
    since = None if claim.is_charged else final_since(claim, today)
    if claim.is_charged or since is not None:
        what = f"The visit after {visit} of {day_words(visit.on)}"
        yield single("claim", claim.pk, what, claim.net or ZERO, since=since)


def final_since(claim: VisitClaim, today: date) -> date | None:
    """Return since when nothing can be said against a claim whose next visit was made.

    A UK day; None while it may still be dropped.
    """
    made = [row.on for row in claim.next_visits.all() if row.state in TOOK_PLACE]
    if not made or not claim.is_live or not claim.is_final_on(today):
        return None
    decided = claim.decided_at and uk_date(claim.decided_at)
    return max(day for day in (min(made), claim.dispute_until, decided) if day)


def by_costs(costs: Iterable[ItemCost]) -> Iterator[CalledFor]:
    """Yield what was accepted before a visit and is done. Source: R-2.13-5."""
    for cost in costs:
        if cost.state == ItemCostState.CHARGED:
            yield single("item_cost", cost.pk, cost.item.what, cost.net)
