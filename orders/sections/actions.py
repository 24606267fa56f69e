"""What can be done to a request on its own page, by whoever is nominated for it."""

from django.urls import reverse

from common.parts import Action
from orders.file import OrderFile
from orders.states import CLOSED, NEVER_SUBMITTED, Channel, OrderState


def form_actions(file: OrderFile) -> list[Action]:
    """Return what the state allows and the reader is nominated for."""
    order, may_submit = file.order, file.may_submit
    is_draft = order.state == OrderState.DRAFT and order.channel == Channel.PORTAL
    possible = [
        (order.is_editable and may_submit, pair_action(file), "order-pair"),
        (is_draft and may_submit, "Throw this draft away", "order-discard"),
        (file.is_restorable and may_submit, "Put this draft back", "order-restore"),
        (
            order.state in CLOSED and may_submit,
            "Start again from these answers",
            "order-copy",
        ),
        (
            order.state not in NEVER_SUBMITTED,
            "The request as you sent it",
            "order-form",
        ),
    ]
    return [
        Action(words, reverse(page, args=[order.reference]))
        for is_possible, words, page in possible
        if is_possible
    ]


def pair_action(file: OrderFile) -> str:
    if file.partner is None:
        return "Pair it with another request"
    return "Swap the roles of the pair, or take it apart"
