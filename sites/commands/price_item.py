"""What something costs before a visit: asked by DCC, answered by an authoriser."""

from datetime import datetime
from decimal import Decimal

from django.core.exceptions import PermissionDenied
from django.utils import timezone

from common.clock import uk_date
from common.money import ZERO, to_pence
from orders.errors import ReasonMissing
from parties.models import User
from quotes.commands.prices import vat_rate_on
from records.behalf import person_of
from records.errors import NotPossibleInState
from records.transitions import SYSTEM, perform, record_event
from records.unit import command
from sites import emails, policies
from sites.commands.access_item import locked_item
from sites.commands.item_cost import live_cost
from sites.errors.costs import (
    CostAccepted,
    CostChanged,
    CostNotDescribed,
    CostNotPositive,
    CostNotRead,
    CostOfOwnItem,
)
from sites.models import AccessItem, ItemCost
from sites.states import AccessItemOwner

ANOTHER = "Another amount is asked in its place."


def item_to_price(item_id: int, by: User) -> AccessItem:
    """Lock and return an open item whose cost DCC may say."""
    item = locked_item(item_id)
    if not policies.may_price_item(None, by):
        raise PermissionDenied
    if not item.is_open:
        raise NotPossibleInState(subject=item, state=item.get_state_display().lower())
    return item


@command
def price_item(
    item_id: int,
    *,
    by: User,
    net: Decimal,
    reason: str,
    prepared_by: str,
    at: datetime | None = None,
) -> ItemCost:
    """Ask an authoriser of the Party to accept what an item costs, before it is begun.

    An amount that is still unanswered is withdrawn for the new one, which has to be
    accepted for itself.

    Args:
        net: pounds, excluding VAT.
        reason: what it is for, as its Party reads it.
        prepared_by: who makes or does it.

    Raises:
        CostOfOwnItem: the Party sees to it itself.
        CostAccepted: an amount was accepted for it, which is not changed silently.
        CostNotPositive, CostNotDescribed, NotPossibleInState, PermissionDenied.

    Source: R-2.13-5, R-3.5-5.
    """
    at = at or timezone.now()
    item = item_to_price(item_id, by)
    require_priceable(item, net, reason, prepared_by)
    before = live_cost(item)
    if before is not None:
        perform(before.withdraw, by=by, at=at, why=ANOTHER, because=ANOTHER)
    item.may_cost = True
    item.save(update_fields=["may_cost"])
    cost: ItemCost = ItemCost.objects.create(
        item=item,
        net=to_pence(net),
        vat_percent=vat_rate_on(uk_date(at)),
        reason=reason.strip(),
        prepared_by=prepared_by.strip(),
        asked_at=at,
        asked_by=by,
    )
    what = f"Cost of “{item}” asked of the Gateway Party"
    why = f"{cost.amount_words}. {cost.reason}"
    record_event(cost, "price_item", by=by, at=at, what=what, why=why, tells_price=True)
    emails.item_cost_asked(cost, before, at)
    return cost


def require_priceable(
    item: AccessItem, net: Decimal, reason: str, prepared_by: str
) -> None:
    if item.owner == AccessItemOwner.PARTY:
        raise CostOfOwnItem(party=item.order.party)
    if item.cost is not None and item.cost.is_accepted:
        raise CostAccepted(item=item)
    if to_pence(net) <= ZERO:
        raise CostNotPositive
    if not (reason.strip() and prepared_by.strip()):
        raise CostNotDescribed


@command
def free_item(
    item_id: int, *, by: User, reason: str, at: datetime | None = None
) -> AccessItem:
    """Say that an item costs its Party nothing; what was asked for it is withdrawn.

    Raises:
        ReasonMissing, NotPossibleInState, PermissionDenied.

    Source: R-2.13-5.
    """
    at = at or timezone.now()
    if not reason.strip():
        raise ReasonMissing
    item = item_to_price(item_id, by)
    before = live_cost(item)
    if before is not None:
        perform(before.withdraw, by=by, at=at, why=reason, because=reason)
        emails.item_cost_withdrawn(before, at)
    item.may_cost = False
    item.save(update_fields=["may_cost"])
    what = f"“{item}” costs the Gateway Party nothing"
    record_event(item, "free_item", by=by, at=at, what=what, why=reason)
    return item


def locked_cost(cost_id: int) -> ItemCost:
    """Return a cost, its order being locked from now on."""
    item = locked_item(AccessItem.objects.get(costs=cost_id).pk)
    cost: ItemCost = ItemCost.objects.get(pk=cost_id)
    cost.item = item
    return cost


def require_asked(cost: ItemCost) -> None:
    is_open = cost.item.is_open and not cost.item.order.is_closed
    if not (cost.is_asked and is_open):
        raise CostChanged(item=cost.item)


@command
def accept_item_cost(
    cost_id: int, *, by: User, is_understood: bool, at: datetime | None = None
) -> ItemCost:
    """Accept what an item costs: it may be begun, and is charged once it is done.

    Args:
        cost_id: of the amount that was read; another one has to be read first.
        is_understood: `by` ticked the words that the row keeps.

    Raises:
        CostChanged: that amount is not asked any more.
        CostNotRead, PermissionDenied: `by` may not authorise that day.

    Source: R-2.13-5, R-3.5-5.
    """
    at = at or timezone.now()
    cost = locked_cost(cost_id)
    if not policies.may_answer_cost(cost, by):
        raise PermissionDenied
    if not is_understood:
        raise CostNotRead
    require_asked(cost)
    why = cost.to_acknowledge
    perform(cost.accept, by=by, at=at, why=why, tells_price=True, person=person_of(by))
    return cost


@command
def decline_item_cost(
    cost_id: int, *, by: User, reason: str, at: datetime | None = None
) -> ItemCost:
    """Decline what an item costs; the desk then asks otherwise, or does without.

    Raises:
        ReasonMissing, CostChanged, PermissionDenied: `by` may not authorise that day.

    Source: R-2.13-5.
    """
    at = at or timezone.now()
    cost = locked_cost(cost_id)
    if not policies.may_answer_cost(cost, by):
        raise PermissionDenied
    if not reason.strip():
        raise ReasonMissing
    require_asked(cost)
    person = person_of(by)
    perform(cost.decline, by=by, at=at, why=reason, person=person, because=reason)
    return cost


def settle_item_cost(cost: ItemCost, *, at: datetime) -> bool:
    """Let a locked cost be charged if it is due; return whether it was.

    Whoever calls raises the charge in the same unit of work.

    Source: R-2.13-5.
    """
    is_due = cost.is_due
    if is_due:
        perform(cost.charge, by=SYSTEM, at=at, why=cost.amount_words, tells_price=True)
    return is_due
