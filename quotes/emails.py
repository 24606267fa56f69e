"""One function an e-mail about an offer. Decisions go to authorisers."""

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.urls import reverse

from common.clock import uk_date
from common.wording import day_words
from orders.emails import nominated, readers_of, tell_readers
from orders.models import ConnectionRequest
from orders.readers import EVERYBODY, read_by
from orders.states import OrderState
from parties.models import User
from parties.states import Purpose
from quotes.deadlines import quote_last_day
from quotes.findings import found_on
from quotes.models import Authority, ChargingDecision, Quote
from quotes.obligations import SEND
from quotes.states import OPEN, AuthorityRoute, QuoteState
from quotes.wording import difference_words, later_words, offer_left
from records.commands import owe_notice
from records.models import Notice
from records.when_sent import row_for, untrue_when, worded_when_sent
from worklist.models import WorkItem

row_for("quote", Quote.objects.for_pages, "order__reference")
row_for("authority", Authority.objects.all, "quote__order__reference")


def tell(
    kind: str, quote: Quote, *, at: datetime, key: str = "", **facts: object
) -> list[Notice]:
    """Write of an offer to those of the Party who get e-mails of a kind."""
    to, key = readers_of(kind, quote.order, at), key or f"{kind}:{quote.pk}"
    facts |= facts_of(quote)
    return owe_notice(kind, key=key, to=to, at=at, thread=quote.thread, **facts)


def facts_of(quote: Quote) -> dict[str, Any]:
    return {"quote": quote, "order": quote.order, "party": quote.order.party}


QUOTE_ISSUED = "quote_issued"
REMINDER = "authority_reminder"
DUE_SOON, OVERDUE = "quote_due_soon", "quote_overdue"
read_by(
    EVERYBODY,
    QUOTE_ISSUED,
    "charging_decided",
    "quote_withdrawn",
    "quote_declined",
    "quote_lapsed",
    "authority_received",
    "authority_verified",
    "authority_not_effective",
    "order_cancelled",
)


def quote_issued(quote: Quote, at: datetime, *, again: bool = False) -> list[Notice]:
    """Say that an offer is open, until when, and who may sign. Source: R-3.3-1.

    The last day in it is the one for receipt on the day it is written, as on paper.

    Args:
        again: whether an earlier one told nobody.
    """
    key = f"{QUOTE_ISSUED}:{quote.pk}"
    return tell(
        QUOTE_ISSUED,
        quote,
        at=at,
        key=f"{key}:{at:%Y%m%d%H%M%S}" if again else key,
        **issued_facts(quote, at),
    )


def issued_facts(quote: Quote, at: datetime) -> dict[str, Any]:
    """Return when it was or would be received, and the last day that follows."""
    received_on = quote.received_on or uk_date(at)
    return {
        "has_authoriser": bool(nominated(quote.order, Purpose.AUTHORISE, at)),
        "received_on": received_on,
        "is_received": quote.received_on is not None,
        "last_day": quote_last_day(received_on, quote.open_days),
        "difference": difference_words(quote),
    }


@worded_when_sent(QUOTE_ISSUED)
def issued_facts_when_sent(notice: Notice, at: datetime) -> dict[str, Any]:
    quote = quote_of(notice)
    return {**facts_of(quote), **issued_facts(quote, at)}


@untrue_when(QUOTE_ISSUED)
def no_longer_offered(notice: Notice, at: datetime) -> str:
    """Say why an offer need not be announced any more."""
    quote = quote_of(notice)
    if quote.state not in OPEN:
        return f"Quotation {quote} is {quote.get_state_display().lower()}."
    return nobody_of_theirs(notice, quote, at, EVERYBODY)


def nobody_of_theirs(
    notice: Notice, quote: Quote, at: datetime, purposes: tuple[str, ...]
) -> str:
    """Say that the reader is no longer nominated, if so."""
    order = quote.order
    if any(notice.to in nominated(order, purpose, at) for purpose in purposes):
        return ""
    return f"{notice.to} is no longer nominated by {order.party}."


def quote_of(notice: Notice) -> Quote:
    """Return the offer that a notice is about: its key names it after the kind."""
    rows = Quote.objects.for_pages()
    quote: Quote = rows.get(pk=int(notice.key.split(":")[1]))
    return quote


def announcements(quote: Quote) -> list[Notice]:
    """Return the e-mails that announce an offer, the latest first."""
    mine = Notice.objects.filter(key__startswith=f"{QUOTE_ISSUED}:{quote.pk}:")
    return list(mine.order_by("-owed_at", "to"))


def announced_quote(notice: Notice) -> int | None:
    """Return the pk of the offer that a notice announces, if it announces one."""
    if notice.kind != QUOTE_ISSUED:
        return None
    return int(notice.key.split(":")[1])


def charging_decided(decision: ChargingDecision, at: datetime) -> None:
    """Say what DCC decided about the charges of an RDP's HV, and why. Source: T25."""
    order = decision.order
    key = f"charging-decided:{decision.pk}"
    tell_readers("charging_decided", order, at=at, key=key, decision=decision)


def quote_withdrawn(quote: Quote, at: datetime, reason: str) -> None:
    """Say that DCC took an offer back to issue another."""
    tell("quote_withdrawn", quote, at=at, reason=reason)


def quote_declined(quote: Quote, at: datetime) -> None:
    """Confirm that an offer was declined, free of charge. Source: R-3.4-5."""
    tell("quote_declined", quote, at=at)


def quote_lapsed(quote: Quote, at: datetime) -> None:
    """Say that nobody answered in time, and how to begin again. Source: R-3.4-4."""
    tell("quote_lapsed", quote, at=at)


def authority_reminder(
    quote: Quote, at: datetime, *, number: int, to: Iterable[str], is_read: bool
) -> list[Notice]:
    """Remind authorisers of an open offer, once for each day set. R-3.4-4.

    Args:
        to: addresses of people nominated to authorise.
        is_read: whether anybody who may authorise has opened it.
    """
    return owe_notice(
        REMINDER,
        key=f"authority-reminder:{quote.pk}:{number}",
        to=to,
        at=at,
        thread=quote.thread,
        **reminder_facts(quote, at, is_read=is_read),
    )


def reminder_facts(quote: Quote, at: datetime, *, is_read: bool) -> dict[str, Any]:
    left = offer_left(quote, uk_date(at))
    return {
        **facts_of(quote),
        "days_left": left.days if left else quote.open_days,
        "is_read": is_read,
        "later": later_words(quote),
    }


@worded_when_sent(REMINDER)
def reminder_facts_when_sent(notice: Notice, at: datetime) -> dict[str, Any]:
    quote = quote_of(notice)
    authorisers = nominated(quote.order, Purpose.AUTHORISE, at)
    is_read = quote.readings.filter(by__email__in=authorisers).exists()
    return reminder_facts(quote, at, is_read=is_read)


@untrue_when(REMINDER)
def nothing_to_remind_of(notice: Notice, at: datetime) -> str:
    """Say why a reminder has become untrue: answered, over, or not theirs any more."""
    quote = quote_of(notice)
    if quote.state != QuoteState.ISSUED:
        return f"Quotation {quote} is {quote.get_state_display().lower()}."
    if not quote.is_open_at(at):
        return f"The last day of quotation {quote} has passed."
    return nobody_of_theirs(notice, quote, at, (Purpose.AUTHORISE,))


def quote_due_soon(
    order: ConnectionRequest, at: datetime, *, due_on: date
) -> list[Notice]:
    """Warn DCC of a quotation that is due on the next working day. R-3.3-1."""
    return tell_desk(DUE_SOON, order, at, [owner_or_desk(order)], due_on)


def quote_overdue(
    order: ConnectionRequest, at: datetime, *, due_on: date
) -> list[Notice]:
    """Report to DCC a quotation that was not sent in time. Source: R-3.3-1."""
    to = [owner_or_desk(order), settings.SERVICE_DESK_EMAIL]
    return tell_desk(OVERDUE, order, at, to, due_on)


@untrue_when(DUE_SOON, OVERDUE)
def not_owed_any_more(notice: Notice, at: datetime) -> str:
    """Say why DCC need not be told of its own clock any more."""
    _, pk, day = notice.key.split(":")[:3]
    order = ConnectionRequest.objects.get(pk=pk)
    due_on = order.quote_due_on
    if order.state != OrderState.ACCEPTED or due_on is None:
        return f"Order {order} waits for no quotation any more."
    if due_on.isoformat() != day:
        return f"The quotation of {order} is now due by {day_words(due_on)}."
    if notice.kind == DUE_SOON and uk_date(at) > due_on:
        return f"{day_words(due_on)} has passed: it is late, which is told by itself."
    return ""


def sender_of(order: ConnectionRequest) -> User | None:
    """Return who sees to the quotation: who took it, or has the order."""
    owed = WorkItem.objects.open().filter(thread=order.thread, kind=SEND.slug)
    item = owed.select_related("owner").first()
    return item.owner if item is not None and item.is_owned_apart else order.owner


def owner_or_desk(order: ConnectionRequest) -> str:
    """Return who is told about DCC's own clock."""
    owner = sender_of(order)
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
    facts = {"order": order, "owner": sender_of(order), "due_on": due_on, "page": page}
    return owe_notice(kind, key=key, to=to, at=at, thread=order.thread, **facts)


def authority_received(authority: Authority, at: datetime) -> None:
    """Acknowledge what was handed in, and say what its pages are. Source: R-2.11-3.

    A scan that came by e-mail is read only after it was entered.
    """
    is_found = authority.has_scan and authority.route != AuthorityRoute.KEYED
    found = found_on(authority) if is_found else None
    tell_of(authority, "authority_received", at, found=found)


def authority_verified(authority: Authority, at: datetime) -> None:
    """Say that authority is effective and what comes next. Source: R-2.11-5."""
    tell_of(authority, "authority_verified", at)


def authority_not_effective(authority: Authority, at: datetime) -> None:
    """Say why an authority has no effect, and what can still be done. R-2.11-4."""
    tell_of(authority, "authority_not_effective", at)


def tell_of(authority: Authority, kind: str, at: datetime, **more: object) -> None:
    quote, key = authority.quote, f"{kind}:{authority.pk}"
    facts = {"authority": authority, **more}
    tell(kind, quote, at=at, key=key, **facts)


def order_cancelled(order: ConnectionRequest, at: datetime, charge: Decimal) -> None:
    """Confirm a cancellation in writing with its charge. Source: R-2.10-3."""
    key = f"order-cancelled:{order.pk}"
    tell_readers("order_cancelled", order, at=at, key=key, charge=charge)
