"""Money in, money out: how credit is shared out, and what waiting for money costs."""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import TypeVar

from common.money import ZERO, to_pence

Key = TypeVar("Key")
DAYS_A_YEAR = 365


def shared_out(amount: Decimal, most: Mapping[Key, Decimal]) -> dict[Key, Decimal]:
    """Return how much of `amount` each takes, in their order, until it is used up.

    Args:
        amount: pounds including VAT, 0 or more.
        most: what each can take; the first takes first.

    Source: R-2.9.1-4. The order is our own reading.
    """
    shares = {}
    for key, cap in most.items():
        share = min(amount, cap)
        if share > ZERO:
            shares[key] = share
            amount -= share
    return shares


def simple_interest(
    due_on: date,
    today: date,
    percent: Decimal,
    *,
    left: Decimal,
    paid: Iterable[tuple[date, Decimal]],
) -> Decimal:
    """Return simple interest by the day on what came late, or has not come yet.

    Args:
        due_on: the last UK day on which it was in time.
        percent: a year, of 365 days.
        left: pounds including VAT that are still owed today.
        paid: each payment, with the UK day on which it was made.

    Source: our own rule; the guidance has none, and it is off unless DCC sets a rate.
    """
    late = [(today, left), *paid]
    weighed = sum((max((on - due_on).days, 0) * each for on, each in late), ZERO)
    return to_pence(weighed * percent / 100 / DAYS_A_YEAR)
