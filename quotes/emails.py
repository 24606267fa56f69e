"""One function an e-mail about an offer. Decisions go to authorisers."""

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.urls import reverse

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


def authority_reminder(
    quote: Quote, at: datetime, *, number: int, to: Iterable[str], is_read: bool
) -> list[Notice]:
    """Remind authorisers of an open offer, once for each day set. R-3.4-4.

    Args:
        to: addresses of people nominated for authorising.
        is_read: whether anybody who may authorise has opened it.
    """
    order = quote.order
    return owe_notice(
        "authority_reminder",
        key=f"authority-reminder:{quote.pk}:{number}",
        to=to,
        at=at,
        thread=quote.thread,
        quote=quote,
        order=order,
        party=order.party,
        days_left=(last_day_before(quote.deadline) - uk_date(at)).days,
        is_read=is_read,
    )


def quote_due_soon(
    order: ConnectionRequest, at: datetime, *, due_on: date
) -> list[Notice]:
    """Warn DCC of a quotation that is due on the next working day. R-3.3-1."""
    return tell_desk("quote_due_soon", order, at, [owner_or_desk(order)], due_on)


def quote_overdue(
    order: ConnectionRequest, at: datetime, *, due_on: date
) -> list[Notice]:
    """Report to DCC a quotation that was not sent in time. Source: R-3.3-1."""
    to = [owner_or_desk(order), settings.SERVICE_DESK_EMAIL]
    return tell_desk("quote_overdue", order, at, to, due_on)


def owner_or_desk(order: ConnectionRequest) -> str:
    """Return who is told about DCC's own clock: the colleague who has the order."""
    owner = order.owner
    if owner is None or not owner.is_active:
        return str(settings.SERVICE_DESK_EMAIL)
    return str(owner.email)


def tell_desk(
    kind: str,
    order: ConnectionRequest,
    at: datetime,
    to: list[str],
    due_on: date,
) -> list[Notice]:
    key = f"{kind}:{order.pk}:{due_on}"
    page = reverse("admin:orders_connectionrequest_change", args=[order.pk])
    facts = {"order": order, "due_on": due_on, "page": page}
    return owe_notice(kind, key=key, to=to, at=at, thread=order.thread, **facts)


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
