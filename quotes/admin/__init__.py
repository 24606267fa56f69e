"""The desk's lists of offers, and the figures that these are made of."""

from quotes.admin.figures import BallparkAdmin, PriceItemAdmin, VatRateAdmin
from quotes.admin.offers import QuoteAdmin

__all__ = ["BallparkAdmin", "PriceItemAdmin", "QuoteAdmin", "VatRateAdmin"]
