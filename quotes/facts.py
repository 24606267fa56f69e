"""What the register of work reads of quotations, however many orders at once."""

from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet

from common.prepared import hand_out, prepared
from orders.facts import orders_in, orders_in_states, reviews_in
from orders.models import SiteReview
from orders.states import OrderState
from quotes.models import Authority, ChargingDecision, Quote, QuoteLine
from quotes.models.charging import is_for_dcc_to_decide
from worklist.parts import ThreadReading

# Where a quotation is to be made, decided on or checked, or has just been accepted.
PRICED = (
    OrderState.ACCEPTED,
    OrderState.QUOTED,
    OrderState.AUTHORISED,
    OrderState.SURVEY,
    OrderState.INSTALL,
    # Ended with an open quotation, and how.
    OrderState.LAPSED,
    OrderState.DECLINED,
    OrderState.WITHDRAWN,
)


@dataclass(frozen=True)
class QuoteFacts:
    """The quotations of an order, the latest first, and what they wait for."""

    order: Any
    quotes: list[Any] = field(default_factory=list)
    review: SiteReview | None = None
    is_charging_decided: bool = True


def quotes_in(reading: ThreadReading) -> dict[int, list[Quote]]:
    """Return the quotations by order, each with its authorities."""
    orders = orders_in_states(reading, PRICED)
    found: dict[int, list[Quote]] = {pk: [] for pk in orders}
    if orders:
        rows = Quote.objects.filter(order__in=orders).prefetch_related("authorities")
        for quote in rows.order_by("order", "-version"):
            found[quote.order_id].append(quote)
    return found


def undecided_in(reading: ThreadReading) -> set[int]:
    """Return the orders about whose charges DCC has still to decide. Source: T25."""
    accepted = orders_in_states(reading, (OrderState.ACCEPTED,))
    asked = {pk for pk, order in accepted.items() if is_for_dcc_to_decide(order)}
    if not asked:
        return set()
    decided = ChargingDecision.objects.filter(order__in=asked)
    return asked - set(decided.values_list("order", flat=True))


def quote_facts(reading: ThreadReading) -> dict[str, QuoteFacts]:
    quotes, reviews = reading.get(quotes_in), reading.get(reviews_in)
    undecided = reading.get(undecided_in)
    return {
        reference: QuoteFacts(
            order,
            quotes.get(order.pk, []),
            reviews.get(order.pk),
            order.pk not in undecided,
        )
        for reference, order in reading.get(orders_in).items()
    }


def offers_told(keys: tuple[int, ...]) -> list[Quote]:
    """Return offers with what their Party is told of them."""
    offers = offers_with(keys)
    hand_out(offers, "lines", lines_of(keys))
    hand_out(offers, "authorities", authorities_of(keys))
    return offers


@prepared
def offers_with(keys: tuple[int, ...]) -> QuerySet[Quote]:
    return Quote.objects.filter(pk__in=keys).select_related("order__data_centre")


@prepared
def lines_of(quotes: tuple[int, ...]) -> QuerySet[QuoteLine]:
    return QuoteLine.objects.filter(quote__pk__in=quotes)


@prepared
def authorities_of(quotes: tuple[int, ...]) -> QuerySet[Authority]:
    return Authority.objects.filter(quote__pk__in=quotes)
