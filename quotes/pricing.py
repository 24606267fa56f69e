"""What an offer adds up to, in pounds net of VAT unless a name says otherwise."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Protocol

from common.money import ZERO, vat_on
from quotes.states import Basis, ItemKind


class Item(Protocol):
    kind: str
    net: Decimal


@dataclass(frozen=True)
class Priced:
    """One line over the whole commitment: years times an annual charge."""

    item: Item
    net: Decimal
    vat: Decimal

    @property
    def gross(self) -> Decimal:
        return self.net + self.vat


@dataclass(frozen=True)
class Total:
    net: Decimal
    vat: Decimal

    @property
    def gross(self) -> Decimal:
        return self.net + self.vat


def priced(items: Iterable[Item], years: int, vat_rate: Decimal) -> list[Priced]:
    """Return each line over `years`, with its VAT rounded line by line.

    Args:
        vat_rate: percent.

    Source: R-2.9.1-3, R-2.9.3-4.
    """
    rows = []
    for item in items:
        net = item.net * (years if item.kind == ItemKind.ANNUAL else 1)
        rows.append(Priced(item, net, vat_on(net, vat_rate)))
    return rows


def total(rows: Iterable[Priced]) -> Total:
    """Return the sum of lines: the commitment that authority is given to.

    Source: R-2.10-5, R-3.4-2.
    """
    kept = list(rows)
    return Total(sum((r.net for r in kept), ZERO), sum((r.vat for r in kept), ZERO))


def due_on_completion(items: Iterable[Item]) -> Decimal:
    """Return what falls due when installation is complete: once-only lines, year one.

    Source: R-2.9.1-5.
    """
    return sum((item.net for item in items), ZERO)


def cancellation_before_completion(basis: str, committed: Decimal) -> Decimal:
    """Return what it costs to cancel between authority and completion.

    The full cost after authority on a firm offer, nothing while it is indicative.

    Source: R-3.4-2, R-3.6-6.
    """
    return committed if basis == Basis.FIRM else ZERO
