"""The offer, and what a Gateway Party decides about it."""

from quotes.views.accept import quote_accept
from quotes.views.decide import order_cancel, quote_decline
from quotes.views.offer import quote, quote_pdf
from quotes.views.pages import page_picture
from quotes.views.upload import (
    quote_authority,
    quote_hand_in,
    quote_throw_away,
    quote_upload,
)

__all__ = [
    "order_cancel",
    "page_picture",
    "quote",
    "quote_accept",
    "quote_authority",
    "quote_decline",
    "quote_hand_in",
    "quote_pdf",
    "quote_throw_away",
    "quote_upload",
]
