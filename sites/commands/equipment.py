"""The catalogue of equipment, and what of it was installed at a site."""

from datetime import date, datetime

from django.core.exceptions import PermissionDenied
from django.utils import timezone

from common.wording import day_words
from orders.models import ConnectionRequest
from parties.models import User
from parties.policies import is_operations
from records.transitions import record_event
from records.unit import command
from sites import policies
from sites.commands.install import require_not_before, require_past
from sites.errors import (
    EquipmentNotInstalled,
    ItemAlreadyRemoved,
    ItemOfAnotherSlot,
    ModelMissing,
    NotOfThisType,
    RemovalWhyMissing,
)
from sites.models import EquipmentType, InstalledItem
from sites.states import StageKind


@command
def save_equipment_type(
    row: EquipmentType, *, by: User, at: datetime | None = None
) -> EquipmentType:
    """Add a type of equipment, or end one. What was installed keeps its own model.

    Args:
        row: well formed; not yet saved, or with a new last day.

    Raises:
        PermissionDenied: `by` is not DCC Operations.

    Source: R-5.1-2, R-5.2-2, T22.
    """
    if not is_operations(by):
        raise PermissionDenied
    at = at or timezone.now()
    what = "Type entered" if row.pk is None else "Type ended"
    row.save()
    what = f"{what}: {row}"
    record_event(row, "save_equipment_type", by=by, at=at, what=what, is_public=False)
    return row


@command
def install_item(
    order_id: int,
    *,
    by: User,
    kind: int,
    model_name: str = "",
    version: str = "",
    serial_number: str,
    position: str,
    installed_on: date,
    replaces: int | None = None,
    why: str = "",
    at: datetime | None = None,
) -> InstalledItem:
    """Record an item in the rack, in place of another if it exchanges or corrects one.

    Args:
        kind: pk of the type of equipment, whose slot and space the item takes.
        model_name: nothing for the model of the catalogue.
        installed_on: UK day; the item that is replaced was taken out on it.
        replaces: pk of an item of the same slot that stands there.
        why: why it is replaced; no other item has a reason.

    Raises:
        EquipmentNotInstalled: the visit that installs it is not recorded.
        NotOfThisType: the type is for the other type of connection.
        ModelMissing: neither the catalogue nor the person names a model.
        ItemAlreadyRemoved, ItemOfAnotherSlot, RemovalWhyMissing: of `replaces`.
        DoneInTheFuture, DoneBefore, PermissionDenied.

    Source: R-5.2-2.
    """
    at = at or timezone.now()
    order: ConnectionRequest = ConnectionRequest.objects.locked().get(pk=order_id)
    require_worker(order, by)
    require_equipment(order)
    require_past(installed_on, at)
    chosen = EquipmentType.objects.get(pk=kind)
    if chosen.connection_type != order.connection_type:
        raise NotOfThisType(order=order)
    model = model_name.strip() or chosen.model_name
    if not model:
        raise ModelMissing
    old = take_out(order, chosen.slot, replaces, installed_on, why)
    item = InstalledItem.objects.create(
        order=order,
        slot=chosen.slot,
        model_name=model,
        version=version.strip(),
        serial_number=serial_number.strip(),
        position=position.strip(),
        rack_units=chosen.rack_units,
        installed_on=installed_on,
        replaces=old,
        by=by,
        at=at,
    )
    in_place_of = f", in place of {old.serial_number}" if old else ""
    what = f"{item} in the rack since {day_words(installed_on)}{in_place_of}"
    record_event(item, "install_item", by=by, at=at, what=what, why=why.strip())
    return item


def require_worker(order: ConnectionRequest, by: User) -> None:
    if not policies.may_work_on_site(order, by):
        raise PermissionDenied


def require_equipment(order: ConnectionRequest) -> None:
    if not order.stages.filter(stage=StageKind.EQUIPMENT).exists():
        raise EquipmentNotInstalled


def take_out(
    order: ConnectionRequest, slot: str, pk: int | None, day: date, why: str
) -> InstalledItem | None:
    """Take out the item that another replaces, and return it; none if none is."""
    if pk is None:
        return None
    old: InstalledItem = InstalledItem.objects.get(pk=pk, order=order)
    if old.slot != slot:
        raise ItemOfAnotherSlot(item=old)
    end_item(old, day, why)
    return old


def end_item(item: InstalledItem, day: date, why: str) -> None:
    """Keep until when an item stood in the rack, and why it left. R-5.2-2."""
    if item.removed_on is not None:
        raise ItemAlreadyRemoved(item=item, day=day_words(item.removed_on))
    if not why.strip():
        raise RemovalWhyMissing
    require_not_before(day, item.installed_on, f"the installation of {item}")
    item.removed_on, item.why_removed = day, why.strip()
    item.save()


@command
def remove_item(
    item_id: int, *, by: User, removed_on: date, why: str, at: datetime | None = None
) -> InstalledItem:
    """Record that an item was taken out of the rack, and nothing took its place.

    Args:
        removed_on: UK day, not before it was installed and not to come.

    Raises:
        ItemAlreadyRemoved: it is not in the rack any more.
        RemovalWhyMissing: the history keeps why.
        DoneInTheFuture, DoneBefore, PermissionDenied.

    Source: R-5.2-2.
    """
    at = at or timezone.now()
    locked = ConnectionRequest.objects.locked()
    order: ConnectionRequest = locked.get(installed_items=item_id)
    require_worker(order, by)
    require_past(removed_on, at)
    item: InstalledItem = order.installed_items.get(pk=item_id)
    end_item(item, removed_on, why)
    what = f"{item} taken out of the rack on {day_words(removed_on)}"
    record_event(item, "remove_item", by=by, at=at, what=what, why=item.why_removed)
    return item
