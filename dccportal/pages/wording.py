"""How an order and its state are named to contacts. Pure: rows in, words out."""

from collections.abc import Container
from typing import Any

from common.parts import Tag
from orders.states import CLOSED, OrderState
from quotes.obligations import DECIDE, HAND_IN, VERIFY
from sites.obligations import AGREE_ACCESS

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
OFFERED = {DECIDE.slug, HAND_IN.slug, VERIFY.slug}


def state_words(order: Any, owed: Container[str]) -> str:
    """Return the state of an order in which things of these kinds are owed."""
    if order.state == OrderState.SURVEY and any(kind in owed for kind in OFFERED):
        return "Updated quotation"
    if order.state == OrderState.AUTHORISED and AGREE_ACCESS.slug not in owed:
        return "Visit to book"
    return STATES.get(order.state) or str(order.get_state_display())


def state_tag(order: Any, owed: Container[str]) -> Tag:
    """Quiet while it moves, green in service, grey before it starts and once ended."""
    kind = "grey" if order.state in (OrderState.DRAFT, *CLOSED) else "state"
    if order.state == OrderState.CONFIGURED:
        kind = "done"
    return Tag(state_words(order, owed), kind)
