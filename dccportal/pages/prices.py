"""The indicative prices that anybody may read."""

from datetime import date
from decimal import Decimal
from typing import TypedDict

from quotes.models import Ballpark


class Indication(TypedDict):
    """A range in pounds net of VAT, as the start page shows it."""

    service: str
    connection_min: Decimal
    connection_max: Decimal
    annual_min: Decimal
    annual_max: Decimal


def indicative_prices(today: date) -> list[Indication]:
    """Return the ranges in force on a UK day. Source: R-2.9.3-2."""
    return [
        {
            "service": row.connection_type.upper(),
            "connection_min": row.connection_min,
            "connection_max": row.connection_max,
            "annual_min": row.annual_min,
            "annual_max": row.annual_max,
        }
        for row in Ballpark.objects.valid_on(today)
    ]
