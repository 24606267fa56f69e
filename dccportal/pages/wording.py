"""How an order and its state are named to contacts. Pure: rows in, words out."""

from collections.abc import Iterable

from common.parts import Tag
from orders.models import ConnectionRequest
from orders.states import CLOSED, OrderState
from worklist.kinds import KINDS

STATES = {
    OrderState.DRAFT: "Draft, not sent",
    OrderState.SUBMITTED: "Form being checked",
    OrderState.RETURNED: "Returned to you",
    OrderState.ACCEPTED: "Desk review",
    OrderState.QUOTED: "Quotation",
    OrderState.AUTHORISED: "Access to arrange",
    OrderState.SURVEY: "Survey",
    OrderState.INSTALL: "Installation",
    OrderState.CONFIGURING: "Configuration",
    OrderState.CONFIGURED: "In service",
    OrderState.DECLINED: "You declined",
    OrderState.WITHDRAWN: "You withdrew",
    OrderState.CANCELLED: "You cancelled",
    OrderState.UNAVAILABLE: "Not available",
    OrderState.DISCARDED: "Draft thrown away",
}
# What is left to do in a state once its first thing is done.
AFTERWARDS = {OrderState.AUTHORISED: "Visit to book"}


def state_words(order: ConnectionRequest, owed: Iterable[str]) -> str:
    """Return the state of an order in which things of these kinds are owed."""
    if order.is_unanswered:
        return "Closed without an answer"
    state = OrderState(order.state)
    called = (KINDS[kind].order_called.get(state) for kind in sorted(owed))
    told = next(filter(None, called), "") or AFTERWARDS.get(state)
    return told or STATES.get(state) or str(order.get_state_display())


def state_tag(order: ConnectionRequest, owed: Iterable[str]) -> Tag:
    """Quiet while it moves, green in service, grey before it starts and once ended."""
    kind = "grey" if order.state in (OrderState.DRAFT, *CLOSED) else "state"
    if order.state == OrderState.CONFIGURED:
        kind = "done"
    return Tag(state_words(order, owed), kind)
