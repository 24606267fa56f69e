"""One function an e-mail about an offer. Decisions go to authorisers."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from common.clock import last_day_before, uk_date
from orders.emails import nominated
from orders.models import ConnectionRequest
from parties.states import Purpose
from quotes.models import Authority, Quote
from records.commands import owe_notice
from records.models import Notice


def tell(
    kind: str,
    quote: Quote,
    *,
    at: datetime,
    purposes: tuple[str, ...],
    key: str = "",
    **facts: Any,
) -> list[Notice]:
    """Write to the people of the Party who are nominated for any of `purposes`."""
    order = quote.order
    to = [address for p in purposes for address in nominated(order, p, at)]
    facts |= {"quote": quote, "order": order, "party": order.party}
    key = key or f"{kind}:{quote.pk}"
    return owe_notice(kind, key=key, to=to, at=at, thread=quote.thread, **facts)


EVERYBODY = (Purpose.AUTHORISE, Purpose.SUBMIT)


def quote_issued(quote: Quote, at: datetime) -> None:
    """Say that an offer is open, until when, and who may sign. Source: R-3.3-1."""
    authorisers = nominated(quote.order, Purpose.AUTHORISE, at)
    has_one = bool(authorisers)
    tell("quote_issued", quote, at=at, purposes=EVERYBODY, has_authoriser=has_one)


def quote_withdrawn(quote: Quote, at: datetime, reason: str) -> None:
    """Say that DCC took an offer back to issue another."""
    tell("quote_withdrawn", quote, at=at, purposes=EVERYBODY, reason=reason)


def quote_declined(quote: Quote, at: datetime) -> None:
    """Confirm that an offer was declined, free of charge. Source: R-3.4-5."""
    tell("quote_declined", quote, at=at, purposes=EVERYBODY)


def quote_lapsed(quote: Quote, at: datetime) -> None:
    """Say that nobody answered in time, and how to begin again. Source: R-3.4-4."""
    tell("quote_lapsed", quote, at=at, purposes=EVERYBODY)


def authority_reminder(quote: Quote, at: datetime, *, number: int) -> list[Notice]:
    """Remind the authorisers of an open offer, once for each day set. R-3.4-4."""
    key = f"authority-reminder:{quote.pk}:{number}"
    kind, purposes = "authority_reminder", (Purpose.AUTHORISE,)
    left = (last_day_before(quote.deadline) - uk_date(at)).days
    return tell(kind, quote, at=at, purposes=purposes, key=key, days_left=left)


def authority_received(authority: Authority, at: datetime) -> None:
    """Acknowledge a signed scan; it counts from now."""
    tell_of(authority, "authority_received", at)


def authority_verified(authority: Authority, at: datetime) -> None:
    """Say that authority is effective and what comes next. Source: R-2.11-5."""
    tell_of(authority, "authority_verified", at)


def authority_not_effective(authority: Authority, at: datetime) -> None:
    """Say why an authority has no effect, and what can still be done. R-2.11-4."""
    tell_of(authority, "authority_not_effective", at)


def tell_of(authority: Authority, kind: str, at: datetime) -> None:
    quote, key = authority.quote, f"{kind}:{authority.pk}"
    facts = {"authority": authority}
    tell(kind, quote, at=at, purposes=EVERYBODY, key=key, **facts)


def order_cancelled(order: ConnectionRequest, at: datetime, charge: Decimal) -> None:
    """Confirm a cancellation in writing with its charge. Source: R-2.10-3."""
    to = [address for p in EVERYBODY for address in nominated(order, p, at)]
    key = f"order-cancelled:{order.pk}"
    facts = {"order": order, "charge": charge}
    owe_notice("order_cancelled", key=key, to=to, at=at, thread=order.thread, **facts)
