"""Days that one side offers for a visit, and the other chooses from."""

from collections.abc import Sequence
from contextlib import suppress
from datetime import date, datetime, time

from django.conf import settings
from django.utils import timezone

from common.clock import uk_date
from common.errors import DomainError
from orders import policies as order_policies
from orders.commands import working_calendar
from orders.errors import NotNominated
from orders.models import ConnectionRequest
from parties.models import User
from records.commands import next_reference
from records.transitions import SYSTEM, perform, record_event
from records.unit import command
from sites import emails
from sites.commands.change import locked_visit
from sites.commands.cost import cost_told
from sites.commands.visit import (
    begin_work,
    day_and_window,
    in_place_of,
    last_not_made,
    require_nothing_open,
    require_purpose,
    require_ready,
    require_site_ready,
    require_to_come,
    require_window,
)
from sites.deadlines import last_free_day
from sites.errors import OwnSlot, SlotGone, SlotsMissing
from sites.models import SitePassport, SiteVisit, VisitSlot
from sites.states import VisitPurpose, VisitState

MOST_SLOTS = 3
# A UK day, and between which UK times.
Slot = tuple[date, time, time]


@command
def propose_visit(
    order_id: int,
    *,
    by: User,
    purpose: str,
    slots: Sequence[Slot],
    visitor: str,
    at: datetime | None = None,
) -> SiteVisit:
    """Offer up to three days for the next visit; its Party chooses one of them.

    Raises:
        SlotsMissing: none, more than three, or the same one twice.
        Else as of `book_visit`.

    Source: R-2.13-1, R-2.12-2, R-2.12-3, R-2.9.1-11.
    """
    at = at or timezone.now()
    order: ConnectionRequest = ConnectionRequest.objects.locked().get(pk=order_id)
    require_ready(order, purpose, by)
    require_slots(slots, at)
    begin_work(order, purpose, by=by, at=at)
    visit = proposed(order, purpose, slots, visitor=visitor, by=by, at=at)
    emails.days_offered(visit, at)
    return visit


@command
def propose_days(
    order_id: int, *, by: User, slots: Sequence[Slot], at: datetime | None = None
) -> SiteVisit:
    """Propose up to three days for the next visit, from the Party's side.

    Whoever comes chooses one of them or offers others.

    Raises:
        NotNominated: `by` is no nominated submitter of the Party.
        SlotsMissing: none, more than three, or the same one twice.
        Else as of `book_visit`.

    Source: R-2.13-1, R-2.12-2, R-2.12-3, R-2.9.1-11.
    """
    at = at or timezone.now()
    order: ConnectionRequest = ConnectionRequest.objects.locked().get(pk=order_id)
    if not order_policies.may_submit(order, by):
        raise NotNominated(party=order.party)
    purpose = next_purpose(order)
    require_site_ready(order, purpose)
    require_slots(slots, at)
    # The Party asks for a day; that work begins with it is no decision of its own.
    begin_work(order, purpose, by=SYSTEM, at=at)
    visitor = settings.INSTALLER_NAME
    return proposed(order, purpose, slots, visitor=visitor, by=by, at=at)


def next_purpose(order: ConnectionRequest) -> VisitPurpose:
    """Return what the next visit of an order is for.

    Raises:
        DomainError: as of `require_purpose`, where none comes next.
    """
    *first, last = VisitPurpose
    for purpose in first:
        with suppress(DomainError):
            require_purpose(order, purpose)
            return purpose
    require_purpose(order, last)
    return last


def proposed(
    order: ConnectionRequest,
    purpose: str,
    slots: Sequence[Slot],
    *,
    visitor: str,
    by: User,
    at: datetime,
) -> SiteVisit:
    """Make a visit whose day is still to be agreed, with the days of one side."""
    first = min(slots)[0]
    visit = SiteVisit.objects.create(
        reference=next_reference("VIS"),
        order=order,
        purpose=purpose,
        visitor=visitor,
        state=VisitState.PROPOSED,
        is_offered_by_party=not by.is_staff,
        on=first,
        last_free_day=last_free_day(first, working_calendar()),
        passport=SitePassport.objects.newest_of(order.data_centre_id),
        booked_at=at,
        offered_at=at,
        **in_place_of(last_not_made(order, purpose)),
    )
    offered = add_slots(visit, slots, by=by, at=at)
    what = f"{visit.get_purpose_display()}: days offered"
    record_event(visit, "propose_visit", by=by, at=at, what=what, why=offered)
    return visit


def require_slots(slots: Sequence[Slot], at: datetime) -> None:
    starts = {(on, begin) for on, begin, _ in slots}
    if not 1 <= len(slots) <= MOST_SLOTS or len(starts) < len(slots):
        raise SlotsMissing
    for on, begin, end in slots:
        require_to_come(on, at)
        require_window((begin, end))


def add_slots(
    visit: SiteVisit, slots: Sequence[Slot], *, by: User, at: datetime
) -> str:
    """Keep what is offered in place of what was; return it as lines."""
    visit.slots.filter(is_open=True).update(is_open=False)
    rows = [
        VisitSlot(visit=visit, on=on, from_time=begin, until_time=end, by=by, at=at)
        for on, begin, end in sorted(slots)
    ]
    VisitSlot.objects.bulk_create(rows)
    return "\n".join(map(str, rows))


@command
def offer_other_days(
    visit_id: int, *, by: User, slots: Sequence[Slot], at: datetime | None = None
) -> SiteVisit:
    """Offer other days in place of those that are offered; either side may.

    Raises:
        SlotsMissing, VisitInThePast, WindowOutOfOrder, NotPossibleInState,
        PermissionDenied.

    Source: R-2.9.1-11.
    """
    at = at or timezone.now()
    require_slots(slots, at)
    visit = locked_visit(visit_id)
    first = min(slots)[0]
    visit.on = first
    visit.last_free_day = last_free_day(first, working_calendar())
    offered = add_slots(visit, slots, by=by, at=at)
    perform(visit.offer, by=by, at=at, why=offered, by_party=not by.is_staff)
    if by.is_staff:
        emails.days_offered(visit, at)
    return visit


@command
def agree_day(
    visit_id: int,
    *,
    by: User,
    slot_id: int,
    agreed_with: str = "",
    at: datetime | None = None,
) -> SiteVisit:
    """Choose one of the days that the other side offered: the visit is booked then.

    Args:
        agreed_with: whom staff spoke to by phone, who chose one of their days.

    Raises:
        OwnSlot: the other side has to choose.
        SlotGone: that day is not offered any more, or by somebody else.
        StageIssueOpen: the stage before is held open by what was found in it.
        AccessItemsOpen, SecondLinkHeld: it came up after the days were offered.
        VisitInThePast, NotPossibleInState, PermissionDenied.

    Source: R-2.9.1-11, R-3.5-7.
    """
    at = at or timezone.now()
    visit = locked_visit(visit_id)
    slot: VisitSlot | None = visit.slots.filter(pk=slot_id, is_open=True).first()
    if slot is None:
        raise SlotGone
    is_own = visit.is_offered_by_party != by.is_staff
    if is_own and not (by.is_staff and agreed_with.strip()):
        raise OwnSlot
    require_to_come(slot.on, at)
    require_nothing_open(visit.order, visit.purpose)
    visit.agreed_with = agreed_with
    visit.passport = SitePassport.objects.newest_of(visit.order.data_centre_id)
    why = f"By phone with {agreed_with}" if agreed_with else ""
    free = last_free_day(slot.on, working_calendar())
    perform(visit.agree, by=by, at=at, why=why, slot=slot, last_free_day=free)
    visit.slots.filter(is_open=True).update(is_open=False)
    what = f"{visit.get_purpose_display()} booked for {day_and_window(visit)}"
    record_event(visit, "agree_day", by=by, at=at, what=what)
    emails.visit_booked(visit, cost_told(visit, uk_date(at)), at)
    return visit
