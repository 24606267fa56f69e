"""What is owed before access is agreed: told, seen to, checked. Pure."""

from collections.abc import Iterator
from typing import Any

from orders.facts import orders_told
from orders.states import OrderState
from parties.states import Role
from quotes.obligations import latest
from sites import words
from sites.facts import SiteFacts, costs_told, items_told
from sites.models import AccessItem
from sites.states import AccessItemOwner, StageKind
from worklist.kinds import Owed, WorkKind, WorkQueue, declare
from worklist.states import Turn

ACCESS = WorkQueue(
    "access",
    "Access",
    "Access to arrange",
    "Authorised, and access to the site is not agreed yet (section 3.5).",
    also=(Role.INSTALLER,),
)
CONFIRM_ACCESS = declare(
    WorkKind(
        "confirm_access",
        app="sites",
        turn=Turn.SUBMITTER,
        what="Say how people get into the site",
        began="authorised",
        tell=words.confirm_access,
        load=orders_told,
        brief="access details to be confirmed",
        order_called={OrderState.AUTHORISED: "Access to confirm"},
    )
)


def dcc_work(slug: str, *, what: str, began: str, brief: str, **more: Any) -> WorkKind:
    """Declare what DCC does before access is agreed, within its one target for it."""
    return declare(
        WorkKind(
            slug,
            app="sites",
            turn=Turn.OPERATIONS,
            what=what,
            began=began,
            queue=ACCESS,
            target="our target, {days}",
            days="ACCESS_WORKING_DAYS",
            counts_working_days=True,
            brief=brief,
            order_called={OrderState.AUTHORISED: "Access to arrange"},
            **more,
        )
    )


AGREE_ACCESS = dcc_work(
    "agree_access",
    what="Arrange access to the site",
    began="authorised",
    brief="access being arranged",
    also=(Turn.INSTALLER,),
    tell=words.agree_access,
    load=orders_told,
)
CHECK_ACCESS_DOCUMENT = dcc_work(
    "check_access_document",
    what="Check a document for access",
    began="handed in",
    brief="document for access being checked",
    tell=words.check_document,
    load=items_told,
)
PRICE_ITEM = dcc_work(
    "price_access_item",
    what="Say what a document or work before a visit costs",
    began="asked for",
    brief="DCC says what it costs",
    tell=words.price_item,
    load=items_told,
)
ACCEPT_COST = declare(
    WorkKind(
        "accept_item_cost",
        app="sites",
        turn=Turn.AUTHORISER,
        what="Accept or decline a cost before a visit",
        began="asked",
        target="before it is begun",
        tell=words.accept_cost,
        load=costs_told,
        brief="cost before a visit to be accepted",
        is_told_day=True,
        order_called={OrderState.AUTHORISED: "Cost to be accepted"},
    )
)


def access_item(owner: AccessItemOwner, turn: Turn, brief: str) -> WorkKind:
    return declare(
        WorkKind(
            f"access_item_of_{owner}",
            app="sites",
            turn=turn,
            what="See to what is needed before a visit",
            began="asked for",
            queue=None if owner == AccessItemOwner.PARTY else ACCESS,
            target="before anybody may come",
            tell=words.see_to_item,
            load=items_told,
            brief=brief,
            is_told_day=True,
            order_called={OrderState.AUTHORISED: "Access to arrange"},
        )
    )


ACCESS_ITEM = {
    AccessItemOwner.PARTY: access_item(
        AccessItemOwner.PARTY, Turn.SUBMITTER, "last day for what your site asks for"
    ),
    AccessItemOwner.INSTALLER: access_item(
        AccessItemOwner.INSTALLER, Turn.INSTALLER, "last day for the supplier’s papers"
    ),
    AccessItemOwner.DCC: access_item(
        AccessItemOwner.DCC, Turn.OPERATIONS, "last day for DCC’s papers"
    ),
}


def items_owed(facts: SiteFacts) -> Iterator[Owed]:
    """Yield what is not there yet before a visit; after the last one nothing is owed.

    Source: R-2.13-3.
    """
    if StageKind.EQUIPMENT in {row.stage for row in facts.stages}:
        return
    for item in open_items(facts):
        yield item_owed(item, facts)


def item_owed(item: AccessItem, facts: SiteFacts) -> Owed:
    """Its owner sees to it; once a document was handed in, DCC looks at that.

    What costs something waits for the amount, and then for its acceptance. R-2.13-5.
    """
    if item.waits_for_cost:
        return cost_owed(item, facts)
    waiting = [paper.sent_at for paper in item.documents.all() if paper.is_sent]
    if waiting:
        owner = facts.order.owner_id
        return Owed(CHECK_ACCESS_DOCUMENT, item, min(waiting), owner=owner)
    kind = ACCESS_ITEM[AccessItemOwner(item.owner)]
    owner = None if kind.is_of_party else facts.order.owner_id
    return Owed(kind, item, item.opened_at, item.due_on, owner=owner)


def cost_owed(item: AccessItem, facts: SiteFacts) -> Owed:
    """DCC says what it costs; an authoriser then accepts or declines. R-2.13-5."""
    cost = item.cost
    if cost is not None and cost.is_asked:
        return Owed(ACCEPT_COST, cost, cost.asked_at, item.due_on)
    since = item.opened_at if cost is None else latest(item.opened_at, cost.answered_at)
    return Owed(PRICE_ITEM, item, since, owner=facts.order.owner_id)


def waits_for_items(facts: SiteFacts) -> bool:
    """Say whether no visit can be booked before something else is there."""
    return next(items_owed(facts), None) is not None


def open_items(facts: SiteFacts) -> list[AccessItem]:
    return [item for item in facts.items if item.is_open]
