"""What is owed about a form, its review and an enquiry. Pure: rows in, work out."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from common.clock import uk_date
from orders import words
from orders.facts import (
    OrderFacts,
    enquiries_told,
    nominations_told,
    orders_told,
    returned_told,
)
from orders.states import Channel, OrderState
from worklist.kinds import Owed, WorkKind, WorkQueue, declare
from worklist.states import Ending, Turn

KEYED = WorkQueue(
    "keyed",
    "Keying in",
    "Forms to key in",
    "Came by e-mail or the secure upload area from a nominated sender. Fill in "
    "what the form says and send it for them (section 1.3).",
)
FORMS = WorkQueue(
    "forms",
    "Forms",
    "Forms to check",
    "Sent by a Gateway Party. Accept the form or return it with questions "
    "(section 3.2).",
)
ENQUIRIES = WorkQueue(
    "enquiries",
    "Enquiries",
    "Enquiries",
    "Asked by a Gateway Party beside its forms. Answer each, or arrange a call "
    "(section 2.8).",
)
REVIEWS = WorkQueue(
    "reviews",
    "Site reviews",
    "Site reviews",
    "Accepted, and nobody has recorded the Electronic Site Review yet, or it found "
    "that the connection cannot be had (section 3.2).",
)
NOMINATIONS = WorkQueue(
    "nominations",
    "Nominations",
    "Nominations that nobody confirmed",
    "Its Gateway Party was asked whether they are still right, and its last day has "
    "passed. Phone it and record the answer; no nomination ends by itself (section "
    "2.2).",
)
QUEUES = (KEYED, FORMS, ENQUIRIES, REVIEWS, NOMINATIONS)

FINISH = declare(
    WorkKind(
        "finish_request",
        app="orders",
        turn=Turn.SUBMITTER,
        what="Finish the request",
        began="begun",
        tell=words.finish,
        load=orders_told,
        brief="not sent yet",
    )
)
ANSWER = declare(
    WorkKind(
        "answer_questions",
        app="orders",
        turn=Turn.SUBMITTER,
        what="Answer our questions",
        began="waiting since",
        tell=words.answer,
        load=returned_told,
        brief="until the questions are answered",
    )
)
KEY_IN = declare(
    WorkKind(
        "key_in_form",
        app="orders",
        turn=Turn.SERVICE_DESK,
        what="Fill in what the form says",
        began="came",
        queue=KEYED,
        target="our target, {days}",
        days="KEY_IN_WORKING_DAYS",
        counts_working_days=True,
        tell=words.key_in,
        load=orders_told,
        brief="form being entered by DCC",
    )
)
CHECK = declare(
    WorkKind(
        "check_form",
        app="orders",
        turn=Turn.OPERATIONS,
        what="Check the form",
        began="came",
        queue=FORMS,
        target="our target, {days}",
        days="CHECK_FORM_WORKING_DAYS",
        counts_working_days=True,
        tell=words.check,
        load=orders_told,
        brief="form being checked for completeness",
    )
)
REVIEW = declare(
    WorkKind(
        "review_site",
        app="orders",
        turn=Turn.OPERATIONS,
        what="Record the site review",
        began="accepted",
        queue=REVIEWS,
        target="before the quotation, which needs it",
        counts_working_days=True,
        tell=words.review,
        load=orders_told,
        brief="site being reviewed",
    )
)
CLOSE = declare(
    WorkKind(
        "close_unavailable",
        app="orders",
        turn=Turn.OPERATIONS,
        what="Close: not available at the site",
        began="reviewed",
        queue=REVIEWS,
        target="by the day of the quotation",
        counts_working_days=True,
        tell=words.close,
        load=orders_told,
        brief="result of the site review to come",
    )
)
REPLY = declare(
    WorkKind(
        "answer_enquiry",
        app="enquiries",
        turn=Turn.SERVICE_DESK,
        what="Answer an enquiry",
        began="came",
        queue=ENQUIRIES,
        target="our target, {days}",
        days="ENQUIRY_WORKING_DAYS",
        counts_working_days=True,
        tell=words.reply,
        load=enquiries_told,
        brief="enquiry being answered",
        done_at=words.answer_it,
    )
)
CONFIRM = declare(
    WorkKind(
        "answer_about_nominations",
        app="nominations",
        turn=Turn.AUTHORISER,
        what="Confirm who is nominated",
        began="asked",
        target="the day that the question named, which is our rule",
        tell=words.confirm_nominations,
        load=nominations_told,
        brief="last day to confirm nominations",
    )
)
CALL = declare(
    WorkKind(
        "call_about_nominations",
        app="nominations",
        turn=Turn.SERVICE_DESK,
        what="Ask about nominations that nobody has confirmed",
        began="asked",
        queue=NOMINATIONS,
        target="our own figure, so that nobody acts whom a Party has forgotten",
        done_at=words.record_confirmation,
    )
)
# How what an order owed ended, when the order did.
ENDINGS = {
    OrderState.LAPSED: Ending.LAPSED,
    OrderState.WITHDRAWN: Ending.WITHDRAWN,
    OrderState.CANCELLED: Ending.WITHDRAWN,
    OrderState.DECLINED: Ending.WITHDRAWN,
    OrderState.DISCARDED: Ending.WITHDRAWN,
    OrderState.UNAVAILABLE: Ending.WITHDRAWN,
}


def owed(facts: OrderFacts) -> Iterator[Owed]:
    """Yield what is owed about the form of an order and its review from the desk.

    Source: R-3.2-1, R-3.2-6, R-3.2-8, R-1.3-7.
    """
    order = facts.order
    if order.state == OrderState.DRAFT:
        yield draft_owed(order)
    elif order.state == OrderState.SUBMITTED:
        since = order.submitted_at
        yield Owed(CHECK, order, since, owner=order.owner_id)
    elif order.state == OrderState.RETURNED:
        yield Owed(
            ANSWER,
            order,
            order.returned_at,
            order.answer_by,
            paused_since=order.returned_at,
            paused_because="DCC checks the form once it is sent again.",
        )
    elif order.state == OrderState.ACCEPTED:
        yield from review_owed(order, facts.review)


def draft_owed(order: Any) -> Owed:
    """A form that came on paper is with DCC from its first answer."""
    if order.channel == Channel.PORTAL:
        return Owed(FINISH, order, order.created_at)
    return Owed(KEY_IN, order, order.received_at, owner=order.owner_id)


def review_owed(order: Any, review: Any) -> Iterator[Owed]:
    due_on, owner = order.quote_due_on, order.owner_id
    if review is None:
        yield Owed(REVIEW, order, order.accepted_at, due_on, owner=owner)
    elif not review.is_type_available:
        yield Owed(CLOSE, order, review.at, due_on, owner=owner)


def ending(facts: OrderFacts, kind: str) -> Ending:
    """Say how a thing about an order ended, by what became of the order."""
    if kind == CLOSE.slug:
        return Ending.DONE
    return ENDINGS.get(OrderState(facts.order.state), Ending.DONE)


def enquiries_owed(enquiries: list[Any]) -> Iterator[Owed]:
    """Yield an answer to each enquiry that has none. A call that is arranged is due.

    Source: R-2.8-8, R-1-4.
    """
    for enquiry in enquiries:
        if not enquiry.is_open:
            continue
        call_on = uk_date(enquiry.call_at) if enquiry.call_at else None
        yield Owed(
            REPLY,
            enquiry,
            enquiry.asked_at,
            due_on=call_on,
            owner=enquiry.owner_id,
        )


def nominations_owed(asked: Any) -> Iterator[Owed]:
    """Yield an answer about its nominations, and after its last day the call of ours.

    Our own rule: who answers, and until when.

    Source: R-2.2-6.
    """
    yield Owed(CONFIRM, asked, asked.asked_at, asked.due_on)
    late = asked.due_on + timedelta(days=1)
    yield Owed(CALL, asked, asked.asked_at, late, starts_on=late)
