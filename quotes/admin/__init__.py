"""The desk's lists of offers, the figures they are made of, and refused forms."""

from quotes.admin.figures import BallparkAdmin, PriceItemAdmin, VatRateAdmin
from quotes.admin.offers import QuoteAdmin
from quotes.admin.refused import TurnedAwayAdmin

__all__ = [
    "BallparkAdmin",
    "PriceItemAdmin",
    "QuoteAdmin",
    "TurnedAwayAdmin",
    "VatRateAdmin",
]
