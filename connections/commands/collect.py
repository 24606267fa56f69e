"""Collecting the equipment of a connection that has ended."""

from collections.abc import Collection
from datetime import date, datetime

from django.core.exceptions import PermissionDenied
from django.utils import timezone

from common.clock import uk_date
from common.wording import day_words
from connections import emails, policies
from connections.commands.locks import locked_connection
from connections.errors import (
    CollectedAlready,
    CollectedBeforeEnd,
    CollectedInTheFuture,
    CollectionDayPassed,
    NothingCollected,
    StillInService,
)
from connections.models import Connection, EquipmentCollection
from parties.models import User
from records.transitions import record_event
from records.unit import command
from sites.commands import remove_item
from sites.models import InstalledItem


@command
def agree_collection(
    connection_id: int,
    *,
    by: User,
    on: date,
    note: str = "",
    at: datetime | None = None,
) -> EquipmentCollection:
    """Keep the day agreed for collecting the equipment; the Party is told it.

    Args:
        on: UK day, after the last one of service; today or later.

    Raises:
        PermissionDenied: `by` is neither the installer nor DCC Operations.
        StillInService, CollectedAlready, CollectedBeforeEnd, CollectionDayPassed.

    Source: R-2.10-3.
    """
    at = at or timezone.now()
    connection = locked_connection(connection_id)
    require_collectable(connection, by, on)
    if on < uk_date(at):
        raise CollectionDayPassed(day=day_words(on))
    row = collection_of(connection, by, at)
    row.planned_on, row.note = on, note.strip()
    row.save()
    what = f"Collection of the equipment agreed for {day_words(on)}"
    record_event(connection, "agree_collection", by=by, at=at, what=what, why=row.note)
    emails.collection_agreed(row, at)
    return row


@command
def record_collection(
    connection_id: int,
    *,
    by: User,
    done_on: date,
    items: Collection[int] = (),
    note: str = "",
    at: datetime | None = None,
) -> EquipmentCollection:
    """Record which items were taken out of the rack on a day; the Party is told.

    Args:
        done_on: UK day, after the last one of service, not to come.
        items: pks of those that stand in the rack; where none was ever recorded, all
            of the equipment was collected.

    Raises:
        PermissionDenied: `by` is neither the installer nor DCC Operations.
        StillInService, CollectedAlready, CollectedBeforeEnd.
        CollectedInTheFuture: the day is still to come.
        NothingCollected: items stand in the rack, and none of them was taken.

    Source: R-2.10-3, R-5.2-2.
    """
    at = at or timezone.now()
    connection = locked_connection(connection_id)
    require_collectable(connection, by, done_on)
    if done_on > uk_date(at):
        raise CollectedInTheFuture(day=day_words(done_on))
    standing = list(connection.order.installed_items.filter(removed_on=None))
    taken = [item for item in standing if item.pk in items]
    if standing and not taken:
        raise NothingCollected
    take_out_of_rack(taken, by, done_on, note, at)
    left = [str(item) for item in standing if item not in taken]
    row = collection_of(connection, by, at)
    row.note, row.collected_on = note.strip(), None if left else done_on
    # For what is left another day is to be agreed.
    row.planned_on = None if left else row.planned_on
    row.save()
    rest = f"; still there: {', '.join(left)}" if left else ""
    what = f"Equipment collected on {day_words(done_on)}{rest}"
    record_event(connection, "record_collection", by=by, at=at, what=what, why=row.note)
    emails.equipment_collected(row, at, taken=[str(item) for item in taken], left=left)
    return row


def require_collectable(connection: Connection, by: User, on: date) -> None:
    """Refuse who may not collect, and what cannot be collected on a UK day.

    Raises:
        PermissionDenied, StillInService, CollectedAlready, CollectedBeforeEnd.
    """
    if not policies.may_collect(connection, by):
        raise PermissionDenied
    if not connection.is_leaving:
        raise StillInService(connection=connection)
    if connection.is_collected:
        raise CollectedAlready(connection=connection)
    if on < connection.first_day_without:
        raise CollectedBeforeEnd(
            day=day_words(on), ends=day_words(connection.ends_on), connection=connection
        )


def take_out_of_rack(
    items: Collection[InstalledItem], by: User, on: date, note: str, at: datetime
) -> None:
    why = ". ".join(filter(None, ["The connection has ended", note.strip()]))
    for item in items:
        remove_item(item.pk, by=by, removed_on=on, why=why, at=at)


def collection_of(
    connection: Connection, by: User, at: datetime
) -> EquipmentCollection:
    row: EquipmentCollection | None = getattr(connection, "collection", None)
    row = row or EquipmentCollection(connection=connection)
    row.by, row.at = by, at
    return row
