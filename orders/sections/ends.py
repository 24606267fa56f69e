"""An order that has reached its end: what became of it, and what can follow.

While it is on its way, its bands say what is owed; nothing is owed any more here.
"""

from dataclasses import replace

from django.urls import reverse

from common.clock import uk_date
from common.parts import End
from common.wording import long_day_words
from orders.file import OrderFile
from orders.models import ConnectionRequest
from orders.states import ConnectionType, OrderState

LV = ConnectionType.LV
AS_HV = "Ask for HV instead, with the same answers"
AGAIN = "Start again from these answers"
NEVER_SENT = "It was never sent to DCC."
FREE = "There is no charge."
ENDED_BY_PARTY = {
    OrderState.DECLINED: f"You declined the quotation. {FREE}",
    OrderState.WITHDRAWN: f"You withdrew the request. {FREE}",
}
UNANSWERED = f"DCC had no answer to its questions and closed it (our rule). {FREE}"


def closed(file: OrderFile, why: list[str]) -> End:
    """Say when it ended and why, and how to go on."""
    order = file.order
    title = f"{order.get_state_display()}: ended on {end_day(order)}"
    if order.state == OrderState.UNAVAILABLE and order.connection_type == LV:
        end = End(title, why, sections=("2.6", "T15"))
        return led_on(end, file, "order-hv", AS_HV)
    again = f"{who(file)} can start a new request from these answers."
    return led_on(End(title, [*why, again]), file, "order-copy", AGAIN)


def discarded(file: OrderFile) -> End:
    """Say that a draft was thrown away, and until when it can be put back."""
    title = f"This draft was thrown away on {end_day(file.order)}"
    if not file.is_restorable:
        again = f"{NEVER_SENT} {who(file)} can start a new request from its answers."
        return led_on(End(title, [again]), file, "order-copy", AGAIN)
    until = long_day_words(file.order.restore_last_day)
    back = f"{NEVER_SENT} {who(file)} can put it back until the end of {until}."
    return led_on(End(title, [back]), file, "order-restore", "Put this draft back")


def end_day(order: ConnectionRequest) -> str:
    return long_day_words(order.closed_at and uk_date(order.closed_at))


def who(file: OrderFile) -> str:
    """Return who can go on from an order that has ended: the reader, if they may."""
    return "You" if file.may_submit else "A person nominated to submit requests"


def led_on(end: End, file: OrderFile, page: str, button: str) -> End:
    """Add the page that leads on, for whoever may take it; nothing for the others."""
    if not file.may_submit:
        return end
    return replace(end, url=reverse(page, args=[file.order.reference]), button=button)


def reasons(file: OrderFile) -> list[str]:
    """Say why it ended, and what that cost, as far as the order itself knows."""
    state = OrderState(file.order.state)
    if state == OrderState.UNAVAILABLE:
        return [unavailable_words(file)]
    if state in ENDED_BY_PARTY:
        is_silence = file.order.is_unanswered
        return [UNANSWERED if is_silence else ENDED_BY_PARTY[state]]
    told = file.moves(ConnectionRequest.cancel)
    return [f"{told[-1].why.rstrip('.')}."] if told and told[-1].why else []


def unavailable_words(file: OrderFile) -> str:
    """Say what cannot be had, why, and what can be asked for instead (T15)."""
    kind = file.order.connection_type.upper()
    why = why_unavailable(file)
    instead = (
        "You can ask for HV instead: DCC never changes LV into HV by itself"
        if file.order.connection_type == LV
        else "Ask the Service Desk what is possible, such as another site"
    )
    return f"{kind} cannot be had at this site. {why}. {instead}. {FREE}"


def why_unavailable(file: OrderFile) -> str:
    """Return what the survey found, or the site review where none was made. T33."""
    told = file.moves(ConnectionRequest.close_after_survey)
    told = told or file.moves(ConnectionRequest.close_unavailable)
    return told[-1].why.rstrip(".") if told else "DCC’s review says so"
