"""How the state of an order is named to contacts. Pure: rows in, words out."""

from collections.abc import Iterable

from common.parts import Tag
from orders.models import ConnectionRequest
from orders.states import CLOSED, OrderState
from orders.wording import AFTERWARDS, TOLD
from worklist.kinds import KINDS


def state_words(order: ConnectionRequest, owed: Iterable[str]) -> str:
    """Return the state of an order in which things of these kinds are owed."""
    if order.is_unanswered:
        return "Closed without an answer"
    state = OrderState(order.state)
    called = (KINDS[kind].order_called.get(state) for kind in sorted(owed))
    told = next(filter(None, called), "") or AFTERWARDS.get(state)
    return told or TOLD.get(state) or str(order.get_state_display())


def state_tag(order: ConnectionRequest, owed: Iterable[str]) -> Tag:
    """Quiet while it moves, green in service, grey before it starts and once ended."""
    kind = "grey" if order.state in (OrderState.DRAFT, *CLOSED) else "state"
    if order.state == OrderState.CONFIGURED:
        kind = "done"
    return Tag(state_words(order, owed), kind)
