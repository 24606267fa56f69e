"""The log of who has been at the equipment: added to, corrected, or kept elsewhere."""

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.utils import timezone

from common.clock import uk_time
from orders.models import ConnectionRequest
from parties.models import User
from records.transitions import record_event
from records.unit import command
from sites import policies
from sites.errors import (
    AccessAlreadyCorrected,
    AccessToCome,
    CorrectionWhyMissing,
    LeftBeforeComing,
    LogBeforeEquipment,
    LogPlaceUnchanged,
)
from sites.models import AccessEntry, AccessLogPlace
from sites.states import StageKind


@command
def record_access_entry(
    order_id: int,
    *,
    by: User,
    person: str,
    company: str,
    came_at: datetime,
    left_at: datetime | None = None,
    purpose: str,
    escort: str = "",
    equipment: str = "",
    corrects: int | None = None,
    why: str = "",
    at: datetime | None = None,
) -> AccessEntry:
    """Add one person's access to the log of an order's equipment.

    The entry is its own evidence, of whom and when, so the history repeats none.

    Args:
        came_at, left_at: aware; without `left_at` the person is still there.
        equipment: what was touched; nothing where only looked at.
        corrects: the pk of an entry of the same log, which stays readable.
        why: why it is corrected; no other entry has one.

    Raises:
        LogBeforeEquipment: no equipment has been installed.
        AccessToCome, LeftBeforeComing: a time that cannot be.
        CorrectionWhyMissing, AccessAlreadyCorrected, PermissionDenied.

    Source: R-5.2.2-2.
    """
    at = at or timezone.now()
    order = order_with_equipment(order_id, by)
    require_times(came_at, left_at, at)
    corrected = entry_to_correct(order, corrects, why)
    return AccessEntry.objects.create(
        order=order,
        person=person.strip(),
        company=company.strip(),
        came_at=came_at,
        left_at=left_at,
        purpose=purpose.strip(),
        escort=escort.strip(),
        equipment=equipment.strip(),
        corrects=corrected,
        why=why.strip() if corrected else "",
        by=by,
        at=at,
    )


def order_with_equipment(order_id: int, by: User) -> ConnectionRequest:
    """Lock and return an order; refuse whoever may not keep its log, or too early."""
    order: ConnectionRequest = ConnectionRequest.objects.locked().get(pk=order_id)
    if not policies.may_write_access_log(order, by):
        raise PermissionDenied
    if not order.stages.filter(stage=StageKind.EQUIPMENT).exists():
        raise LogBeforeEquipment
    return order


def require_times(came_at: datetime, left_at: datetime | None, at: datetime) -> None:
    latest = max(came_at, left_at or came_at)
    if latest > at:
        raise AccessToCome(moment=uk_time(latest))
    if left_at is not None and left_at < came_at:
        raise LeftBeforeComing(came=uk_time(came_at))


def entry_to_correct(
    order: ConnectionRequest, corrects: int | None, why: str
) -> AccessEntry | None:
    """Return the entry that is corrected; refuse one that was, or no reason."""
    if corrects is None:
        return None
    entry = AccessEntry.objects.select_related("correction").get(
        pk=corrects, order=order
    )
    if entry.corrected_by is not None:
        raise AccessAlreadyCorrected(by=entry.corrected_by.by)
    if not why.strip():
        raise CorrectionWhyMissing
    return entry


@command
def state_log_place(
    order_id: int, *, by: User, where: str, at: datetime | None = None
) -> AccessLogPlace:
    """Keep where the Party says that it keeps its log; "" says that it is kept here.

    Entries that are here stay here.

    Raises:
        LogBeforeEquipment, LogPlaceUnchanged, PermissionDenied.

    Source: R-5.2.2-3.
    """
    at = at or timezone.now()
    order = order_with_equipment(order_id, by)
    where = where.strip()
    last = order.access_log_places.first()
    if where == (last.where if last else ""):
        raise LogPlaceUnchanged
    place = AccessLogPlace.objects.create(order=order, where=where, by=by, at=at)
    what = "Access log kept elsewhere" if where else "Access log kept in the portal"
    record_event(place, "state_log_place", by=by, at=at, what=what, why=where)
    return place
