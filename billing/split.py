"""A Party's own working: one amount shared out among those who share. Pure.

DCC bills the Gateway Party alone and divides nothing; nothing of this is stored.
Amounts are in pounds.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from fractions import Fraction

from django.db.models import TextChoices

from common.money import PENNY, ZERO

WHOLE = Decimal(100)


class SplitRule(TextChoices):
    """By what an amount is shared out, as the Party chooses."""

    EQUAL = "equal", "Equal parts"
    PERCENT = "percent", "Percentages"
    SESSIONS = "sessions", "By number of sessions"


@dataclass(frozen=True)
class SplitPart:
    """What one of those who share bears."""

    name: str
    share: str
    net: Decimal
    vat: Decimal

    @property
    def gross(self) -> Decimal:
        return self.net + self.vat


def parts_of(amount: Decimal, weights: Sequence[Decimal]) -> list[Decimal]:
    """Return `amount` in parts by weight, to the penny, that add up to it exactly.

    Each part is cut to whole pence; the pence that are left go one by one to the parts
    that lost most by that, and among equals to the one listed first. Of an amount below
    0 the parts are those of its opposite.

    Args:
        weights: 0 or more each, above 0 together.

    Source: our own rule. R-2.9.1-8.
    """
    pence = int(abs(amount) / PENNY)
    whole = sum((Fraction(weight) for weight in weights), Fraction(0))
    exact = [pence * Fraction(weight) / whole for weight in weights]
    cut = [int(part) for part in exact]
    lost = sorted(range(len(cut)), key=lambda at: (cut[at] - exact[at], at))
    for at in lost[: pence - sum(cut)]:
        cut[at] += 1
    sign = -1 if amount < ZERO else 1
    return [sign * part * PENNY for part in cut]


def split_among(
    names: Sequence[str],
    weights: Sequence[Decimal],
    shares: Sequence[str],
    *,
    net: Decimal,
    vat: Decimal,
) -> list[SplitPart]:
    """Return what each bears: net and VAT shared out alike, each to the penny.

    Args:
        shares: the weights in words.

    Source: R-2.9.1-8.
    """
    rows = zip(
        names, shares, parts_of(net, weights), parts_of(vat, weights), strict=True
    )
    return [SplitPart(*row) for row in rows]


@dataclass(frozen=True)
class Percentages:
    """What was typed as percentages, and what is wrong with it, by place.

    Args:
        read: in the order of the names; empty unless all of them are right.
        faults: by place; those of the whole stand under -1.
    """

    read: list[Decimal]
    faults: dict[int, str]


def read_percentages(typed: Sequence[str], names: Sequence[str]) -> Percentages:
    """Read percentages that must add up to 100, one for each name."""
    found = [percent_of(words) for words in typed]
    faults = {
        at: f"Enter a percentage from 0 to 100 for {name}"
        for at, (one, name) in enumerate(zip(found, names, strict=True))
        if one is None
    }
    read = [one for one in found if one is not None]
    in_all = sum(read, Decimal(0))
    if not faults and in_all != WHOLE:
        faults[-1] = f"The percentages add up to {plain(in_all)}, not to 100"
    return Percentages([] if faults else read, faults)


def percent_of(words: str) -> Decimal | None:
    """Return a percentage as it was typed, with or without its sign; None if none."""
    try:
        read = Decimal(words.strip().removesuffix("%").strip())
    except InvalidOperation:
        return None
    return read if read.is_finite() and 0 <= read <= WHOLE else None


def plain(figure: Decimal) -> str:
    """Return a figure without zeros at its end: "33.3"."""
    return f"{figure.normalize():f}"
