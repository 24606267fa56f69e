"""The offer, the authority that answers it, and the figures that it is made of."""

from quotes.models.authority import Authority, PagePicture, SignedFile
from quotes.models.charging import (
    ChargingDecision,
    charging_of,
    is_for_dcc_to_decide,
)
from quotes.models.line import QuoteLine
from quotes.models.looked_at import Preview, PreviewPage, Reading
from quotes.models.offer import Quote
from quotes.models.prices import Ballpark, PriceItem, VatRate
from quotes.models.targets import QuoteTarget

__all__ = [
    "Authority",
    "Ballpark",
    "ChargingDecision",
    "PagePicture",
    "Preview",
    "PreviewPage",
    "PriceItem",
    "Quote",
    "QuoteLine",
    "QuoteTarget",
    "Reading",
    "SignedFile",
    "VatRate",
    "charging_of",
    "is_for_dcc_to_decide",
]
