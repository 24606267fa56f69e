"""Booking, moving and failing visits."""

from datetime import date, datetime, time

from django.core.exceptions import PermissionDenied
from django.utils import timezone

from common.clock import uk_date
from common.wording import day_words
from orders.commands import working_calendar
from orders.errors import ReasonMissing
from orders.models import ConnectionRequest
from orders.states import OrderState
from parties.models import User
from quotes.commands import accepted_quote
from records.commands import next_reference
from records.errors import NotPossibleInState
from records.transitions import SYSTEM, perform, record_event
from records.unit import command
from sites import emails, policies
from sites.deadlines import last_free_day
from sites.errors import (
    AccessNotRecorded,
    PreviousStageFirst,
    RackSpaceNotConfirmed,
    SameDay,
    StageAlreadyComplete,
    SurveyAlreadyDone,
    VisitAlreadyBooked,
    VisitInThePast,
    WindowOutOfOrder,
    WrongPurpose,
)
from sites.models import SitePassport, SiteVisit
from sites.states import PREVIOUS_STAGE, StageKind, VisitPurpose, VisitState

NEEDS_INSTALLATION = (VisitPurpose.CIRCUIT, VisitPurpose.EQUIPMENT)
# Between which UK times somebody comes, the earlier first.
Window = tuple[time | None, time | None]


@command
def book_visit(
    order_id: int,
    *,
    by: User,
    purpose: str,
    on: date,
    visitor: str,
    window: Window = (None, None),
    at: datetime | None = None,
) -> SiteVisit:
    """Book a visit; the first one of an authorised order begins survey or installation.

    A visit after a failed one of the same purpose replaces it, and is charged. It
    remembers what was then known of getting into the site.

    Args:
        window: UK times between which somebody comes; both or neither.

    Raises:
        AccessNotRecorded: access to the site is not agreed yet.
        RackSpaceNotConfirmed: the equipment has no place; a survey needs none.
        WrongPurpose: the order wants another visit first, by its quotation.
        PreviousStageFirst, StageAlreadyComplete, SurveyAlreadyDone,
        VisitAlreadyBooked, VisitInThePast, WindowOutOfOrder, NotPossibleInState,
        PermissionDenied.

    Source: R-2.13-1, R-2.12-2, R-2.12-3, R-3.6-5, R-3.7-2, R-2.9.1-10,
    R-2.9.3-5.
    """
    at = at or timezone.now()
    order: ConnectionRequest = ConnectionRequest.objects.locked().get(pk=order_id)
    if not policies.may_work_on_site(order, by):
        raise PermissionDenied
    require_purpose(order, purpose)
    require_access(order)
    require_space(order, purpose)
    require_no_other(order, purpose)
    require_to_come(on, at)
    require_window(window)
    if order.state == OrderState.AUTHORISED:
        is_survey = purpose == VisitPurpose.SURVEY
        begin = order.begin_survey if is_survey else order.begin_installation
        perform(begin, by=by, at=at)
    failed = order.visits.failed_and_not_replaced().filter(purpose=purpose).first()
    visit = booked_visit(
        order,
        on,
        window,
        at,
        purpose=purpose,
        visitor=visitor,
        replaces=failed,
        is_chargeable=failed is not None,
    )
    what = f"{visit.get_purpose_display()} booked for {day_and_window(visit)}"
    record_event(visit, "book_visit", by=by, at=at, what=what)
    emails.visit_booked(visit, at)
    return visit


def require_purpose(order: ConnectionRequest, purpose: str) -> None:
    """Refuse a visit that is not the order's next, by its state and its quotation."""
    if order.state == OrderState.AUTHORISED:
        require_first(order, purpose)
    elif order.state == OrderState.SURVEY:
        require_survey(order, purpose)
    elif order.state == OrderState.INSTALL:
        require_stage_to_do(order, purpose)
    else:
        raise NotPossibleInState(subject=order, state=order.get_state_display().lower())


def require_first(order: ConnectionRequest, purpose: str) -> None:
    if accepted_quote(order).is_firm:
        expected, reason = (
            VisitPurpose.CIRCUIT,
            "its quotation is firm and needs no survey",
        )
    else:
        expected, reason = (
            VisitPurpose.SURVEY,
            "its quotation is indicative until surveyed",
        )
    require_expected(order, purpose, expected, reason)


def require_survey(order: ConnectionRequest, purpose: str) -> None:
    reason = "nothing is installed before the updated quotation is accepted"
    require_expected(order, purpose, VisitPurpose.SURVEY, reason)
    attended = order.visits.filter(result__isnull=False).order_by("-pk").first()
    # Another survey is for what the first found impossible, and only then.
    if attended is not None and attended.result.is_possible:
        raise SurveyAlreadyDone(order=order)


def require_stage_to_do(order: ConnectionRequest, purpose: str) -> None:
    """Refuse a stage out of turn. Source: R-2.12-2."""
    if purpose not in NEEDS_INSTALLATION:
        reason = "its survey is behind it"
        require_expected(order, purpose, VisitPurpose.CIRCUIT, reason)
    stage = StageKind(purpose)
    done = order.stages.filter(stage=stage).first()
    if done is not None:
        raise StageAlreadyComplete(
            stage=stage.label.lower(), order=order, day=day_words(done.done_on)
        )
    require_previous(order, stage)


def require_previous(order: ConnectionRequest, stage: StageKind) -> None:
    previous = PREVIOUS_STAGE.get(stage)
    if previous and not order.stages.filter(stage=previous).exists():
        raise PreviousStageFirst(previous=previous.label.lower())


def require_expected(
    order: ConnectionRequest, purpose: str, expected: VisitPurpose, reason: str
) -> None:
    if purpose != expected:
        words = expected.label.lower()
        raise WrongPurpose(order=order, expected=words, reason=reason)


def require_access(order: ConnectionRequest) -> None:
    access = getattr(order, "access", None)
    if access is None or not access.is_agreed:
        raise AccessNotRecorded


def require_space(order: ConnectionRequest, purpose: str) -> None:
    """Refuse installation without the Party's word on the space. Source: R-3.7-2."""
    if purpose in NEEDS_INSTALLATION and not order.access.has_space:
        raise RackSpaceNotConfirmed(units=order.rack_units)


def require_no_other(order: ConnectionRequest, purpose: str) -> None:
    other = order.visits.booked().filter(purpose=purpose).first()
    if other is not None:
        raise VisitAlreadyBooked(visit=other, day=day_words(other.on))


def require_to_come(on: date, at: datetime) -> None:
    if on < uk_date(at):
        raise VisitInThePast(day=day_words(on))


def require_window(window: Window) -> None:
    begin, end = window
    if begin is None and end is None:
        return
    if begin is None or end is None or end <= begin:
        raise WindowOutOfOrder


def newest_passport(order: ConnectionRequest) -> SitePassport | None:
    """Return what is known of getting into an order's site; None: nobody wrote it."""
    found: SitePassport | None = SitePassport.objects.of_site(
        order.data_centre_id
    ).first()
    return found


def booked_visit(
    order: ConnectionRequest, on: date, window: Window, at: datetime, **facts: object
) -> SiteVisit:
    """Return a visit that is booked now, with what is now known of its site."""
    visit: SiteVisit = SiteVisit.objects.create(
        reference=next_reference("VIS"),
        order=order,
        on=on,
        from_time=window[0],
        until_time=window[1],
        last_free_day=last_free_day(on, working_calendar()),
        passport=newest_passport(order),
        booked_at=at,
        **facts,
    )
    return visit


def day_and_window(visit: SiteVisit) -> str:
    return ", ".join(filter(None, [day_words(visit.on), visit.window_words]))


@command
def rearrange_visit(
    visit_id: int,
    *,
    by: User,
    on: date,
    reason: str,
    window: Window | None = None,
    asked_by_party: bool = False,
    at: datetime | None = None,
) -> SiteVisit:
    """Move a booked visit to another day; return the visit that replaces it.

    Free with at least 5 working days' warning. With less, the new visit is charged
    when the Party asked for the move (T10); staff who move it for themselves do so
    free. A visit that was charged stays so.

    Args:
        window: UK times between which somebody comes then; None: as before.
        asked_by_party: staff record what the Party asked for; a contact's own move
            always counts as asked.

    Raises:
        ReasonMissing, SameDay, VisitInThePast, WindowOutOfOrder,
        NotPossibleInState, PermissionDenied.

    Source: R-3.5-7, R-2.9.1-11.
    """
    at = at or timezone.now()
    if not reason.strip():
        raise ReasonMissing
    order: ConnectionRequest = ConnectionRequest.objects.locked().get(visits=visit_id)
    visit: SiteVisit = order.visits.get(pk=visit_id)
    require_to_come(on, at)
    window = window or (visit.from_time, visit.until_time)
    require_window(window)
    if on == visit.on:
        raise SameDay(visit=visit, day=day_words(on))
    days = visit.on, on
    cause = perform(
        visit.rearrange, by=by, at=at, why=reason, days=days, because=reason
    )
    was_asked = asked_by_party or not by.is_staff
    is_late = not visit.is_free_to_move_on(uk_date(at))
    moved = booked_visit(
        order,
        on,
        window,
        at,
        purpose=visit.purpose,
        visitor=visit.visitor,
        notes=visit.notes,
        replaces=visit,
        is_chargeable=visit.is_chargeable or (was_asked and is_late),
    )
    what = f"{moved.get_purpose_display()} booked for {day_and_window(moved)} instead"
    record_event(
        moved,
        "rearrange_visit",
        by=by,
        at=at,
        what=what,
        why=reason,
        days=days,
        cause=cause,
    )
    emails.visit_rearranged(moved, at)
    return moved


@command
def fail_visit(
    visit_id: int, *, by: User, reason: str, at: datetime | None = None
) -> SiteVisit:
    """Record that a visit failed: turned away, or declined with too little warning.

    The visit that is booked next for the same purpose is charged (T10, T11).

    Raises:
        ReasonMissing: the Party reads why.
        MoveIsFree: there is still time to move it free of charge.
        NotPossibleInState, PermissionDenied.

    Source: R-2.9.1-10, R-2.9.1-11, R-3.5-7, R-3.6-3, R-2.9.2-4.
    """
    at = at or timezone.now()
    if not reason.strip():
        raise ReasonMissing
    order: ConnectionRequest = ConnectionRequest.objects.locked().get(visits=visit_id)
    visit: SiteVisit = order.visits.get(pk=visit_id)
    days = visit.on, None
    perform(visit.fail, by=by, at=at, why=reason, days=days, because=reason)
    emails.visit_failed(visit, at)
    return visit


@command
def cancel_booked_visits(order: ConnectionRequest, *, at: datetime, why: str) -> None:
    """Cancel what is still booked for an order that ends, its row being locked."""
    for visit in order.visits.filter(state=VisitState.BOOKED):
        perform(visit.cancel, by=SYSTEM, at=at, why=why)
        emails.visit_called_off(visit, at, why=why)
