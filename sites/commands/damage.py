"""Damage to equipment: reported, a repair owed and by whom borne, closed."""

from datetime import date, datetime

from django.core.exceptions import PermissionDenied
from django.utils import timezone

from common.clock import uk_date, uk_time
from common.files import Upload
from common.wording import day_words
from orders.errors import ReasonMissing
from orders.models import ConnectionRequest
from parties.models import User
from records.commands import next_reference, store_document
from records.models import Document
from records.transitions import perform, record_event
from records.unit import command
from sites import emails, policies
from sites.errors.equipment import (
    DamageBeforeEquipment,
    DamageNotDescribed,
    DamageToCome,
    EmergencyNotExplained,
    RepairDayPassed,
    TellerMissing,
)
from sites.models import DamageReport, InstalledItem
from sites.states import Bearer, EmergencyGround, StageKind


@command
def report_damage(
    order_id: int,
    *,
    by: User,
    happened_at: datetime,
    place: str,
    description: str,
    item: int | None = None,
    photo: Upload | None = None,
    ground: str = "",
    action: str = "",
    why: str = "",
    told_by: str = "",
    at: datetime | None = None,
) -> DamageReport:
    """Report damage to the equipment of an order, by its Party or as the desk was told.

    Args:
        happened_at: aware, not to come.
        item: which installed item it is, where that is known.
        ground: of `EmergencyGround`; with it, what was done (`action`) and why.
        told_by: who told the desk; of a report that staff enter.

    Raises:
        DamageBeforeEquipment: none is installed.
        EmergencyNotExplained: an emergency without what was done and why.
        TellerMissing, DamageNotDescribed, DamageToCome, PermissionDenied.

    Source: R-5.2.2-4.
    """
    at = at or timezone.now()
    order: ConnectionRequest = ConnectionRequest.objects.locked().get(pk=order_id)
    if not policies.may_report_damage(order, by):
        raise PermissionDenied
    emergency = (ground, action.strip(), why.strip())
    said = (place.strip(), description.strip())
    check_report(order, by, emergency, said, told_by)
    if happened_at > at:
        raise DamageToCome(moment=uk_time(happened_at))
    report: DamageReport = order.damage_reports.create(
        reference=next_reference("DAM"),
        item=item_of(order, item),
        happened_at=happened_at,
        place=said[0],
        description=said[1],
        photo=None if photo is None else photo_of(order, photo, by=by, at=at),
        ground=EmergencyGround(ground).value if ground else "",
        action=emergency[1] if ground else "",
        why=emergency[2] if ground else "",
        told_by=told_by.strip(),
        by=by,
        at=at,
    )
    what = f"Damage to the equipment reported, of {uk_time(happened_at)}"
    told = report.description
    record_event(report, "report_damage", by=by, at=at, what=what, why=told)
    emails.damage_report(report, at)
    return report


def check_report(
    order: ConnectionRequest,
    by: User,
    emergency: tuple[str, str, str],
    said: tuple[str, str],
    told_by: str,
) -> None:
    """Refuse a report that nobody could act on. Source: R-5.2.2-4."""
    if not order.stages.filter(stage=StageKind.EQUIPMENT).exists():
        raise DamageBeforeEquipment(order=order)
    if not all(said):
        raise DamageNotDescribed
    if emergency[0] and not all(emergency):
        raise EmergencyNotExplained
    if by.is_staff and not told_by.strip():
        raise TellerMissing


def item_of(order: ConnectionRequest, item: int | None) -> InstalledItem | None:
    """Return an item of this very order, or None."""
    if item is None:
        return None
    found: InstalledItem = order.installed_items.get(pk=item)
    return found


def photo_of(
    order: ConnectionRequest, photo: Upload, *, by: User, at: datetime
) -> Document:
    return store_document(
        photo.content,
        kind=Document.Kind.DAMAGE,
        name=photo.name,
        content_type=photo.content_type,
        virus_check=photo.virus_check,
        thread=order.thread,
        by=by,
        at=at,
    )


def locked_report(report_id: int) -> DamageReport:
    """Return a report of damage, its order being locked from now on."""
    locked = ConnectionRequest.objects.locked()
    order: ConnectionRequest = locked.get(damage_reports=report_id)
    report: DamageReport = order.damage_reports.select_related("item").get(pk=report_id)
    report.order = order
    return report


@command
def decide_damage(
    report_id: int,
    *,
    by: User,
    bearer: str,
    decision: str,
    repair_by: date,
    at: datetime | None = None,
) -> DamageReport:
    """Decide that a repair is owed, by which day, and who bears it.

    Args:
        bearer: of `Bearer`.
        repair_by: its last UK day, today or later.

    Raises:
        ReasonMissing, RepairDayPassed, NotPossibleInState, PermissionDenied.

    Source: R-5.2.2-4.
    """
    at = at or timezone.now()
    report = locked_report(report_id)
    if not decision.strip():
        raise ReasonMissing
    if repair_by < uk_date(at):
        raise RepairDayPassed(day=day_words(repair_by))
    who = Bearer(bearer).label
    why = f"By {day_words(repair_by)}, borne by {who}. {decision.strip()}"
    perform(
        report.owe_repair,
        by=by,
        at=at,
        why=why,
        bearer=bearer,
        decision=decision.strip(),
        repair_by=repair_by,
    )
    emails.damage_report(report, at)
    return report


@command
def close_damage(
    report_id: int, *, by: User, outcome: str, at: datetime | None = None
) -> DamageReport:
    """Close a report of damage, with how it ended: repaired, or nothing to repair.

    Raises:
        ReasonMissing: nobody says how it ended.
        NotPossibleInState, PermissionDenied.

    Source: R-5.2.2-4.
    """
    at = at or timezone.now()
    if not outcome.strip():
        raise ReasonMissing
    report = locked_report(report_id)
    ended = outcome.strip()
    perform(report.settle, by=by, at=at, why=ended, outcome=ended)
    emails.damage_report(report, at)
    return report
