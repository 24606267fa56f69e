"""The offer, the authority that answers it, and the figures that it is made of."""

from quotes.models.authority import Authority
from quotes.models.offer import Quote, QuoteLine
from quotes.models.prices import Ballpark, VatRate

__all__ = ["Authority", "Ballpark", "Quote", "QuoteLine", "VatRate"]
