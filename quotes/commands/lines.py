"""What an offer's lines may be: proposed by the portal, and what allows each."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from common.money import ZERO, pounds
from orders.models import ConnectionRequest
from quotes.commands.charging import free_reason
from quotes.commands.prices import prices_of
from quotes.errors import LineReasonMissing
from quotes.models import PriceItem, Quote, QuoteLine
from quotes.states import AmountOrigin, ItemKind
from quotes.wording import version_before

DIVERSITY = "Diverse routing, at the cost that the site review found"
# A new line and diverse routing depend on the site, so staff decide about them.
ALWAYS = (ItemKind.CONNECTION, ItemKind.ANNUAL)


@dataclass(frozen=True)
class LineEntry:
    """One item as staff enter it: pounds net of VAT, an annual one for one year."""

    kind: str
    net: Decimal
    description: str = ""
    reason: str = ""


def proposed_lines(order: ConnectionRequest, day: date) -> list[LineEntry]:
    """Return what the price list and the site review give for an order on `day`.

    An RDP's one free LV connection is proposed at nothing, with the reason, and so is
    HV that DCC has decided is free. A price that nobody has entered is not proposed.

    Source: R-2.9.1-1, R-2.9.2-1, R-2.14-5, R-2.6-9, T25.
    """
    free = free_reason(order)
    if free:
        return [LineEntry(kind, ZERO, free) for kind in ALWAYS]
    prices = prices_of(order, day)
    found = [LineEntry(kind, prices[kind].net) for kind in ALWAYS if kind in prices]
    cost = diversity_cost(order)
    if cost is not None:
        found.append(LineEntry(ItemKind.CIVIL_WORKS, cost, DIVERSITY))
    return found


def list_price(order: ConnectionRequest, day: date) -> Decimal | None:
    """Return in pounds net what the price list gives for an order over its period.

    What a review has to find comes on top. None where the list lacks a price for it.

    Source: R-2.9.1-1, R-2.9.1-3.
    """
    lines = [line for line in proposed_lines(order, day) if line.kind in ALWAYS]
    if len(lines) < len(ALWAYS):
        return None
    years = order.minimum_period_years or 1
    times = {ItemKind.ANNUAL: years}
    return sum((line.net * times.get(ItemKind(line.kind), 1) for line in lines), ZERO)


def diversity_cost(order: ConnectionRequest) -> Decimal | None:
    """Return in pounds net what diverse routing costs, where the review found it.

    Source: R-2.14-5.
    """
    review = getattr(order, "site_review", None)
    if review is None or not review.is_diversity_available:
        return None
    cost: Decimal | None = review.diversity_cost
    return cost


def civil_works_found(order: ConnectionRequest) -> str:
    """Return which civil works a survey found to be needed, in its words, if any.

    Source: R-2.9.3-5, R-2.14-5.
    """
    review = getattr(order, "site_review", None)
    return review.civil_works if review is not None else ""


def proposed_delivery(order: ConnectionRequest, day: date) -> date | None:
    """Return `day` and the lead time of the site review, if it names one. R-3.3-2."""
    review = getattr(order, "site_review", None)
    if review is None or review.lead_time_days is None:
        return None
    return day + timedelta(days=review.lead_time_days)


def rows_of(quote: Quote, lines: Iterable[LineEntry], day: date) -> list[QuoteLine]:
    """Return the rows of `lines`, each with what allows its amount.

    Raises:
        LineReasonMissing: nothing but somebody's word allows it, and no reason is
            given.

    Source: R-2.9.1-3, R-2.9.1-4.
    """
    allowed = Allowed(quote, day)
    return [allowed.row(number, line) for number, line in enumerate(lines)]


class Allowed:
    """What allows the amounts of one offer on one day."""

    def __init__(self, quote: Quote, day: date) -> None:
        self.quote = quote
        self.free = free_reason(quote.order)
        self.prices = prices_of(quote.order, day)
        self.diversity = diversity_cost(quote.order)
        before = version_before(quote)
        self.earlier: list[Any] = (
            list(before.lines.select_related("price_item")) if before else []
        )

    def row(self, number: int, line: LineEntry) -> QuoteLine:
        origin, item, reason = self.origin(line)
        if origin == AmountOrigin.MANUAL and not line.reason.strip():
            what = ItemKind(line.kind).label.lower()
            raise LineReasonMissing(item=what, amount=pounds(line.net), position=number)
        return QuoteLine(
            quote=self.quote,
            position=number,
            kind=line.kind,
            net=line.net,
            description=line.description,
            origin=origin,
            price_item=item,
            reason=line.reason.strip() or reason,
        )

    def origin(self, line: LineEntry) -> tuple[AmountOrigin, PriceItem | None, str]:
        """Return what allows a line, the price that it is, and the reason known."""
        if self.free and line.net == ZERO:
            return AmountOrigin.FREE, None, "" if line.description else self.free
        item = self.prices.get(line.kind)
        if item is not None and item.net == line.net:
            return AmountOrigin.PRICE_LIST, item, ""
        if line.kind == ItemKind.CIVIL_WORKS and line.net == self.diversity:
            return AmountOrigin.SITE_REVIEW, None, "" if line.description else DIVERSITY
        same = (old for old in self.earlier if is_same(old, line) and stands(old))
        old = next(same, None)
        if old is not None:
            return AmountOrigin.PREVIOUS, old.price_item, old.reason
        return AmountOrigin.MANUAL, None, ""


def stands(old: QuoteLine) -> bool:
    """Say whether the price of a line is still what it was, if it has one."""
    price = old.price_item
    right = price.successor if price is not None else None
    return right is None or right.net == old.net


def is_same(old: QuoteLine, line: LineEntry) -> bool:
    return (old.kind, old.net, old.description) == (
        line.kind,
        line.net,
        line.description,
    )
