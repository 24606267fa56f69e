"""What an offer adds up to, in pounds net of VAT unless a name says otherwise."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Protocol, TypeVar

from common.money import ZERO, pounds, vat_on
from quotes.states import Basis, ItemKind


class Item(Protocol):
    kind: str
    net: Decimal
    description: str


ItemRow = TypeVar("ItemRow", bound=Item)


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


def lines_due_on_completion(items: Iterable[ItemRow]) -> list[tuple[ItemRow, str]]:
    """Return what is charged when installation is complete, and what each is called.

    Every line is, a free one too: once-only ones whole, annual ones for the first year.

    Source: R-2.9.1-1, R-2.9.1-2, R-2.9.1-5.
    """
    return [(item, item.description or ItemKind(item.kind).label) for item in items]


def annual_of(items: Iterable[Item]) -> Decimal:
    """Return what a year costs as it was quoted: its lines, where there are several.

    Source: R-2.9.1-1.
    """
    return sum((item.net for item in items if item.kind == ItemKind.ANNUAL), ZERO)


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


def outside(
    items: Iterable[Item], limits: Mapping[Any, tuple[Decimal, Decimal]]
) -> list[str]:
    """Name in words each kind of charge whose sum is outside its range.

    The range is that of a whole connection, so lines of one kind are added up: two
    connection charges of £19,000 are £38,000 to whoever pays them.

    Args:
        limits: lowest and highest amount of a kind, in pounds net, both inside.

    Source: R-2.9.3-3.
    """
    found = []
    lines = list(items)
    for kind, (low, high) in limits.items():
        nets = [item.net for item in lines if item.kind == kind]
        if nets and not low <= sum(nets, ZERO) <= high:
            found.append(
                f"{ItemKind(kind).label} {pounds(sum(nets, ZERO))}{parts(nets)}, "
                f"indicative range {pounds(low)} to {pounds(high)}"
            )
    return found


def parts(nets: list[Decimal]) -> str:
    """Say of how many lines a sum is made, if of several. Source: R-2.9.3-3."""
    return f" in {len(nets)} lines" if len(nets) > 1 else ""


@dataclass(frozen=True)
class LineChange:
    """One line beside its like in another version; either may be missing."""

    now: Priced | None
    then: Priced | None

    @property
    def by(self) -> Decimal:
        """How much more it is, over the commitment, in pounds net. Source: R-3.6-4."""
        now, then = self.now, self.then
        return (now.net if now else ZERO) - (then.net if then else ZERO)

    @property
    def is_added(self) -> bool:
        """Source: R-3.6-4."""
        return self.then is None

    @property
    def is_removed(self) -> bool:
        """Source: R-3.6-4."""
        return self.now is None

    @property
    def is_any(self) -> bool:
        """Source: R-3.6-4."""
        return self.is_added or self.is_removed or bool(self.by)


def compare(now: Iterable[Priced], then: Iterable[Priced]) -> list[LineChange]:
    """Match the lines of one version with those of another, each once.

    Lines of one kind and description belong together, else lines of one kind in their
    order. Those that are gone stand last.

    Source: R-3.6-4.
    """
    lines, rest = list(now), list(then)
    found: list[Priced | None] = []
    for is_like in (is_same, is_kind):
        for number, line in enumerate(lines):
            if len(found) <= number:
                found.append(None)
            if found[number] is None:
                match = next((old for old in rest if is_like(line, old)), None)
                found[number] = match
                rest = [old for old in rest if old is not match]
    pairs = [LineChange(*pair) for pair in zip(lines, found, strict=True)]
    return [*pairs, *(LineChange(None, old) for old in rest)]


def is_kind(one: Priced, other: Priced) -> bool:
    """Source: R-3.6-4."""
    return one.item.kind == other.item.kind


def is_same(one: Priced, other: Priced) -> bool:
    """Source: R-3.6-4."""
    return is_kind(one, other) and one.item.description == other.item.description
