"""What an order's quotations add to its page: charges, documents, ways to end it."""

from datetime import date
from decimal import Decimal
from typing import TypedDict

from django.urls import reverse

from common.parts import Action, PaperLink
from common.wording import long_day_words
from orders.file import OrderFile
from orders.states import ON_SITE, OrderState
from orders.words import UNDECIDED
from quotes.documents import decision_words
from quotes.file import quotes_of
from quotes.models import Ballpark, Quote
from quotes.states import HandIn, QuoteState
from records.models import Document
from records.sections import paper

WITHDRAWABLE = (
    OrderState.SUBMITTED,
    OrderState.RETURNED,
    OrderState.ACCEPTED,
    OrderState.QUOTED,
)


def charging_fact(file: OrderFile) -> str:
    """Say what DCC decided about the charges of an RDP's HV, or that it will.

    Source: T25.
    """
    if quotes_of(file).is_charging_open:
        return UNDECIDED
    decision = quotes_of(file).charging
    return decision_words(decision) if decision else ""


def offer_papers(file: OrderFile) -> list[PaperLink]:
    """Return the offers and what was signed for them, the newest first."""
    found: list[tuple[Document, str]] = []
    for quote in quotes_of(file).offers:
        kind = "Updated quotation" if quote.is_updated else "Quotation"
        suffix = " (taken back)" if quote.state == QuoteState.WITHDRAWN else ""
        if quote.document is not None:
            title = f"{kind}, version {quote.version}{suffix}"
            found.append((quote.document, title))
        found += signed_papers(quote)
    found.sort(key=lambda pair: pair[0].at, reverse=True)
    return [paper(document, title) for document, title in found]


def signed_papers(quote: Quote) -> list[tuple[Document, str]]:
    """Return each file that was uploaded for an offer, with how far it came."""
    found: dict[int, tuple[Document, str]] = {}
    for row in quote.authorities.all():
        far = f" ({row.get_state_display().lower()})"
        suffix = "" if row.state == HandIn.HANDED_IN else far
        title = f"Signed authority for version {quote.version}{suffix}"
        # A file that a later upload kept is named by that one, which comes first.
        for document in row.documents:
            found.setdefault(document.pk, (document, title))
    return list(found.values())


def ending_actions(file: OrderFile) -> list[Action]:
    """Return how whoever reads it may end the order now: no authority is in hand."""
    order, offer = file.order, quotes_of(file).open
    if offer is not None and offer.state == QuoteState.AUTHORITY_RECEIVED:
        return []
    may_either = file.may_authorise or file.may_submit
    if order.state in WITHDRAWABLE and may_either:
        url = reverse("order-withdraw", args=[order.reference])
        return [Action("Withdraw this request: free", url)]
    if order.state in ON_SITE and file.may_authorise:
        url = reverse("order-cancel", args=[order.reference])
        return [Action("Cancel this order: you see the cost first", url)]
    return []


def lapse_reasons(file: OrderFile) -> list[str]:
    """Say until when nobody accepted, and what that costs."""
    lapsed = [one for one in quotes_of(file).offers if one.state == QuoteState.LAPSED]
    if not lapsed:
        return ["Nobody accepted in time. There is no charge."]
    until = long_day_words(lapsed[-1].last_day)
    return [f"Nobody accepted by the end of {until}. There is no charge."]


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
