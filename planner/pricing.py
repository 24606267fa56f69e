"""What connections cost, roughly: ranges in pounds net of VAT."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from common.money import ZERO
from orders.states import ConnectionType


@dataclass(frozen=True)
class Range:
    """From a low to a high amount, in pounds net of VAT."""

    low: Decimal
    high: Decimal

    def __add__(self, other: "Range") -> "Range":
        return Range(self.low + other.low, self.high + other.high)

    def __mul__(self, times: int) -> "Range":
        return Range(self.low * times, self.high * times)

    def __str__(self) -> str:
        """£3,000 to £15,000; indicative, so without pence."""
        return f"£{self.low:,.0f} to £{self.high:,.0f}" if self.high else "£0"


NOTHING = Range(ZERO, ZERO)


@dataclass(frozen=True)
class Price:
    """What connecting costs once, and what a year costs."""

    connection: Range
    annual: Range

    def __add__(self, other: "Price") -> "Price":
        return Price(self.connection + other.connection, self.annual + other.annual)

    def over(self, years: int) -> Range:
        """Return the cost of `years`: connecting, and each year. Source: R-2.9.3-2."""
        return self.connection + self.annual * years


FREE = Price(NOTHING, NOTHING)
Prices = Mapping[ConnectionType, Price]


def each_price(
    kinds: Iterable[ConnectionType], prices: Prices, *, lv_is_free: bool = False
) -> list[Price]:
    """Return the indicative price of each connection, net of VAT.

    Args:
        kinds: the type of each connection.
        prices: by type, as in force.
        lv_is_free: an RDP has one LV connection free while it carries registration
            data and nothing else.

    Source: R-2.9.2-1, R-2.9.3-2.
    """
    found = []
    for kind in kinds:
        is_free = lv_is_free and kind == ConnectionType.LV
        found.append(FREE if is_free else prices[kind])
        lv_is_free = lv_is_free and not is_free
    return found


def total_price(each: Iterable[Price]) -> Price:
    """Return what several connections cost together. Source: R-2.9.3-2."""
    return sum(each, FREE)
