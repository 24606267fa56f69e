"""What is owed about quotations and authorities. Pure: rows in, work out."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from common.clock import uk_date
from common.figures import figure
from common.wording import day_words
from orders.facts import orders_told
from orders.obligations import ENDINGS
from orders.states import OrderState
from quotes import words
from quotes.facts import QuoteFacts, offers_told
from quotes.states import OPEN, AuthorityOutcome, QuoteState
from worklist.kinds import Owed, WorkKind, WorkQueue, declare
from worklist.states import Ending, Turn

QUOTES_DUE = WorkQueue(
    "quotes",
    "Quotations due",
    "Quotations due",
    "Form accepted, quotation not yet sent. The guidance (section 3.3) gives "
    f"{figure('QUOTE_WORKING_DAYS', 'working day')} from acceptance. Updated "
    "quotations after a survey too.",
)
UNRECEIVED = WorkQueue(
    "unreceived",
    "Not received",
    "Quotations not received",
    "Sent, and nothing shows that it arrived: no mail server accepted its e-mail "
    "and nobody opened it. Its days have not begun (our reading of section 2.11). "
    "Send the e-mail again or phone the Party: it counts when they open it.",
)
AUTHORITIES = WorkQueue(
    "authorities",
    "Authorities",
    "Authorities to verify",
    "A signed authority came in. Check that its signatory was nominated on that "
    "day (section 2.11).",
)
# An offer after a survey, while its Party or DCC has to act on it.
UPDATED: dict[str, str] = {OrderState.SURVEY: "Updated quotation"}
QUEUES = (QUOTES_DUE, UNRECEIVED, AUTHORITIES)

SEND = declare(
    WorkKind(
        "send_quotation",
        app="quotes",
        turn=Turn.OPERATIONS,
        what="Send the quotation",
        began="accepted",
        queue=QUOTES_DUE,
        target="{days}, section 3.3",
        days="QUOTE_WORKING_DAYS",
        counts_working_days=True,
        tell=words.send,
        load=orders_told,
        brief="quotation due",
        is_told_day=True,
    )
)
SEND_UPDATED = declare(
    WorkKind(
        "send_updated_quotation",
        app="quotes",
        turn=Turn.OPERATIONS,
        what="Send the updated quotation",
        began="surveyed",
        queue=QUOTES_DUE,
        target="our target, {days}",
        days="UPDATED_QUOTE_WORKING_DAYS",
        counts_working_days=True,
        tell=words.send_updated,
        load=orders_told,
        brief="updated quotation to come",
    )
)
DECIDE_CHARGES = declare(
    WorkKind(
        "decide_charges",
        app="quotes",
        turn=Turn.OPERATIONS,
        what="Decide whether it is charged",
        began="accepted",
        queue=QUOTES_DUE,
        target="before the quotation, our rule",
        counts_working_days=True,
        tell=words.decide_charges,
        load=orders_told,
        brief="DCC decides whether it is charged",
    )
)
SEE_RECEIVED = declare(
    WorkKind(
        "see_received",
        app="quotes",
        turn=Turn.OPERATIONS,
        what="See that the quotation arrives",
        began="sent",
        queue=UNRECEIVED,
        target="our target, {days}",
        days="RECEIPT_WORKING_DAYS",
        counts_working_days=True,
    )
)
DECIDE = declare(
    WorkKind(
        "decide_on_quotation",
        app="quotes",
        turn=Turn.AUTHORISER,
        what="Decide on the quotation",
        began="sent",
        target="the offer lapses if nobody authorises",
        tell=words.decide,
        load=offers_told,
        brief="last day to accept",
        order_called=UPDATED,
    )
)
HAND_IN = declare(
    WorkKind(
        "hand_in_authority",
        app="quotes",
        turn=Turn.AUTHORISER,
        what="Look at the upload and hand it in",
        began="uploaded",
        target="it is handed in by itself",
        also=(Turn.SUBMITTER,),
        tell=words.hand_in,
        load=offers_told,
        brief="signed quotation to hand in",
        order_called=UPDATED,
    )
)
VERIFY = declare(
    WorkKind(
        "verify_authority",
        app="quotes",
        turn=Turn.OPERATIONS,
        what="Verify the authority",
        began="came",
        queue=AUTHORITIES,
        target="our target, {days}",
        days="VERIFY_WORKING_DAYS",
        counts_working_days=True,
        tell=words.verify,
        load=offers_told,
        brief="signed authority being checked",
        order_called=UPDATED,
    )
)


def owed(facts: QuoteFacts) -> Iterator[Owed]:
    """Yield what is owed about the quotation of an order, by whoever owes it.

    Source: R-3.3-1, R-2.11-1, R-2.11-4, R-3.6-5, T25, T29.
    """
    order = facts.order
    offer = next((one for one in facts.quotes if one.state in OPEN), None)
    if order.state == OrderState.ACCEPTED:
        yield from quotation_owed(facts)
    elif order.state == OrderState.SURVEY and order.surveyed_at and offer is None:
        since = latest(order.surveyed_at, last_withdrawn(facts))
        yield Owed(SEND_UPDATED, order, since, owner=order.owner_id)
    if offer is not None and order.state in (OrderState.QUOTED, OrderState.SURVEY):
        yield from offer_owed(offer, order)


def quotation_owed(facts: QuoteFacts) -> Iterator[Owed]:
    """A quotation that is taken back is owed anew, from then."""
    order, due_on, owner = facts.order, facts.order.quote_due_on, facts.order.owner_id
    if not facts.is_charging_decided:
        yield Owed(DECIDE_CHARGES, order, order.accepted_at, due_on, owner=owner)
    if facts.review is None or facts.review.is_type_available:
        since = latest(order.accepted_at, last_withdrawn(facts))
        yield Owed(SEND, order, since, due_on, owner=owner)


def last_withdrawn(facts: QuoteFacts) -> datetime | None:
    """Return when the last quotation that had gone out was taken back, if one was."""
    back = [
        one.decided_at
        for one in facts.quotes
        if one.state == QuoteState.WITHDRAWN and one.issued_at is not None
    ]
    return max(back, default=None)


def latest(*instants: datetime | None) -> datetime:
    return max(instant for instant in instants if instant is not None)


def offer_owed(offer: Any, order: Any) -> Iterator[Owed]:
    """Yield who has to act on an open offer: its Party, or DCC with what came back."""
    if offer.state == QuoteState.AUTHORITY_RECEIVED:
        yield verification_owed(offer, order)
        return
    waiting = next((one for one in offer.authorities.all() if one.is_waiting), None)
    if waiting is not None:
        until = uk_date(waiting.hands_in_at)
        yield Owed(HAND_IN, offer, waiting.received_at, until)
        return
    if offer.received_at is not None:
        later = offer.is_received_late
        note = f"received {day_words(offer.received_on)}" if later else ""
        yield Owed(DECIDE, offer, offer.issued_at, offer.last_day, note=note)
        return
    # Nobody can be late with what nobody has received (T29).
    yield Owed(
        DECIDE,
        offer,
        offer.issued_at,
        paused_since=offer.issued_at,
        paused_because="Its days begin when it is received.",
    )
    yield Owed(
        SEE_RECEIVED,
        offer,
        offer.issued_at,
        owner=order.owner_id,
    )


def verification_owed(offer: Any, order: Any) -> Owed:
    """Our own target runs from when it was handed in; it counts from when it came."""
    pending = [
        one
        for one in offer.authorities.all()
        if one.outcome == AuthorityOutcome.PENDING
    ]
    since = pending[0].handed_in_at if pending else offer.issued_at
    until = offer.last_day
    note = f"the offer is open until {day_words(until)}" if until else ""
    return Owed(VERIFY, offer, since, note=note, owner=order.owner_id)


def ending(facts: QuoteFacts, kind: str) -> Ending:
    """Say how a thing about a quotation ended: by what became of its order."""
    order = OrderState(facts.order.state)
    if kind == DECIDE.slug:
        return decision_ending(facts)
    return ENDINGS.get(order, Ending.DONE)


def decision_ending(facts: QuoteFacts) -> Ending:
    """A decision was taken, unless time or DCC took it away. Declining is deciding."""
    order = OrderState(facts.order.state)
    if order == OrderState.DECLINED:
        return Ending.DONE
    if order in ENDINGS:
        return ENDINGS[order]
    is_taken_back = order == OrderState.ACCEPTED
    return Ending.WITHDRAWN if is_taken_back else Ending.DONE
