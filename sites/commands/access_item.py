"""What has to be there before a visit: asked for, added, settled, or not needed."""

from datetime import date, datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Max
from django.utils import timezone

from common.clock import uk_date
from common.wording import day_words
from orders.commands import working_calendar
from orders.errors import ReasonMissing
from orders.models import ConnectionRequest
from orders.states import ON_SITE
from parties.models import User
from records.transitions import SYSTEM, perform, record_event
from records.unit import command
from sites import emails, policies
from sites.commands.item_cost import (
    let_cost_fall_due,
    require_cost_accepted,
    withdraw_cost_of,
)
from sites.deadlines import last_day_for_access
from sites.errors import AccessItemOnlyBefore, AccessItemsOpen, DueDayPassed
from sites.models import AccessItem, SiteAccess, SitePassport
from sites.models.access_item import SiteNeed, asked_by
from sites.states import (
    AccessItemKind,
    AccessItemOwner,
    AccessItemState,
    StageKind,
)


def needs_visits(order: ConnectionRequest) -> bool:
    """Say whether somebody still comes: stage 3, the configuration, needs nobody.

    Source: R-2.12-1, R-2.13-1.
    """
    is_in = order.stages.filter(stage=StageKind.EQUIPMENT).exists()
    return order.state in ON_SITE and not is_in


def require_settled(order: ConnectionRequest) -> None:
    """Refuse while something is open that has to be there before anybody may come.

    Source: R-2.13-3.
    """
    still = order.access_items.open().select_related("order__party")
    words = "; ".join(item.whose_and_until for item in still)
    if words:
        raise AccessItemsOpen(items=words)


def next_number(order: ConnectionRequest) -> int:
    last = order.access_items.aggregate(last=Max("number"))["last"]
    return (last or 0) + 1


def ask_for(
    order: ConnectionRequest, passport: SitePassport, *, by: User, at: datetime
) -> None:
    """Bring a locked order's list up to what a version of the passport asks for.

    What is there already stays as it is, done or open; what an earlier version asked
    for and this one does not is no longer needed. Before an authority and after the
    last visit nothing is asked for.

    Source: R-2.13-3, R-2.13-4.
    """
    if not needs_visits(order):
        return
    wanted = {(one.kind.value, one.what): one for one in asked_by(passport)}
    there = order.access_items.filter(passport__isnull=False)
    known = there.exclude(state=AccessItemState.DROPPED)
    for item in known:
        item.order = order
        if wanted.pop((item.kind, item.what), None) is None and item.is_open:
            version = f"Version {passport.number} of the access details"
            because = f"{version} asks for it no longer"
            why = f"{item.what}\n{because}"
            how: dict[str, Any] = {"person": None, "because": because}
            perform(item.drop, by=SYSTEM, at=at, why=why, **how)
            withdraw_cost_of(item, at=at, why=because)
    for one in wanted.values():
        add_asked(order, one, passport, by=by, at=at)


def add_asked(
    order: ConnectionRequest,
    one: SiteNeed,
    passport: SitePassport,
    *,
    by: User,
    at: datetime,
) -> None:
    AccessItem.objects.create(
        order=order,
        number=next_number(order),
        kind=one.kind,
        what=one.what,
        owner=one.owner,
        note=one.note,
        may_cost=one.may_cost,
        due_on=last_day_for_access(uk_date(at), working_calendar()),
        passport=passport,
        added_by=by,
        opened_at=at,
    )


@command
def add_access_item(
    order_id: int,
    *,
    by: User,
    what: str,
    owner: str,
    due_on: date,
    kind: str = AccessItemKind.OTHER,
    note: str = "",
    at: datetime | None = None,
) -> AccessItem:
    """Add something that has to be there before anybody may come.

    Args:
        owner: one of `AccessItemOwner`, who is told where DCC asks the Party.
        due_on: the last UK day for it.

    Raises:
        AccessItemOnlyBefore: nobody comes yet, or any more.
        DueDayPassed, PermissionDenied.

    Source: R-2.13-3, R-2.13-4.
    """
    at = at or timezone.now()
    order: ConnectionRequest = ConnectionRequest.objects.locked().get(pk=order_id)
    if not policies.may_write_passport(order, by):
        raise PermissionDenied
    has_begun = SiteAccess.objects.filter(order=order).exists()
    if not (has_begun and needs_visits(order)):
        raise AccessItemOnlyBefore(order=order)
    if due_on < uk_date(at):
        raise DueDayPassed(day=day_words(due_on))
    item: AccessItem = AccessItem.objects.create(
        order=order,
        number=next_number(order),
        kind=AccessItemKind(kind),
        what=what,
        owner=AccessItemOwner(owner),
        due_on=due_on,
        note=note,
        added_by=by,
        opened_at=at,
    )
    told = f"Needed before a visit: {item.whose_and_until}"
    record_event(item, "add_access_item", by=by, at=at, what=told, why=note)
    if item.owner == AccessItemOwner.PARTY and by.is_staff:
        emails.access_item_added(item, at)
    return item


def locked_item(item_id: int) -> AccessItem:
    """Return an item, its order being locked from now on."""
    order: ConnectionRequest = ConnectionRequest.objects.locked().get(
        access_items=item_id
    )
    item: AccessItem = AccessItem.objects.get(pk=item_id)
    item.order = order
    return item


@command
def settle_access_item(
    item_id: int, *, by: User, note: str = "", at: datetime | None = None
) -> AccessItem:
    """Say that what had to be there before a visit is there, or done.

    Args:
        note: how; may be empty.

    Raises:
        CostNotAccepted: it costs something, and nobody has accepted that.
        NotPossibleInState, PermissionDenied: `by` is neither its owner nor DCC.

    Source: R-2.13-3, R-2.13-4.
    """
    at = at or timezone.now()
    item = locked_item(item_id)
    settle_item(item, note, by=by, at=at)
    return item


def settle_item(item: AccessItem, because: str, *, by: User, at: datetime) -> None:
    """Say that a locked item is done; what was accepted for it is charged then."""
    require_cost_accepted(item)
    end(item, "settle", because, by=by, at=at)
    let_cost_fall_due(item, at=at)


@command
def drop_access_item(
    item_id: int, *, by: User, reason: str, at: datetime | None = None
) -> AccessItem:
    """Say that something is no longer needed before a visit, and why.

    Raises:
        ReasonMissing, NotPossibleInState, PermissionDenied.

    Source: R-2.13-3.
    """
    at = at or timezone.now()
    if not reason.strip():
        raise ReasonMissing
    item = locked_item(item_id)
    end(item, "drop", reason, by=by, at=at)
    withdraw_cost_of(item, at=at, why=reason)
    return item


def end(item: AccessItem, move: str, because: str, *, by: User, at: datetime) -> None:
    """Close a locked item; the history says what it was and why."""
    why = "\n".join(filter(None, [item.what, because]))
    how: dict[str, Any] = {"person": by, "because": because}
    perform(getattr(item, move), by=by, at=at, why=why, **how)
