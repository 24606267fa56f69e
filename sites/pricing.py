"""What the visit after a late move or a failed one costs. Pure: money in, money out."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from common.money import vat_on


@dataclass(frozen=True)
class VisitCost:
    """Pounds without and with VAT, and since when the price list says so."""

    net: Decimal
    gross: Decimal
    since: date


def visit_cost(net: Decimal, vat_rate: Decimal, since: date) -> VisitCost:
    """Return the cost of a re-booked visit, VAT added at `vat_rate` percent.

    Args:
        net: pounds, as the price list has it.
        since: the UK day from which that price holds.

    Source: R-2.9.1-10, T11.
    """
    return VisitCost(net, net + vat_on(net, vat_rate), since)
