"""Answers to what the apps below tell."""

from datetime import datetime
from typing import Any

from django.dispatch import receiver

from orders.models import ConnectionRequest
from orders.signals import order_unavailable, order_withdrawn
from quotes.errors import AuthorityBeingChecked
from quotes.states import QuoteState
from records.transitions import SYSTEM, perform


@receiver([order_withdrawn, order_unavailable])
def withdraw_its_offers(
    *, order: ConnectionRequest, at: datetime, **kwargs: Any
) -> None:
    """An order takes its undecided offers with it, but not past an authority.

    A draft was never shown to the Party, so neither is its end.
    """
    for quote in order.quotes.undecided():
        if quote.state == QuoteState.AUTHORITY_RECEIVED:
            raise AuthorityBeingChecked
        was_issued = quote.state == QuoteState.ISSUED
        why = "Its order was closed"
        perform(quote.withdraw, by=SYSTEM, at=at, why=why, is_public=was_issued)
