"""Booking visits, and what is asked before."""

from datetime import date, datetime, time
from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils import timezone

from common.clock import uk_date
from common.wording import day_words
from orders.commands import working_calendar
from orders.models import ConnectionRequest
from orders.states import OrderState
from parties.models import User
from quotes.commands import accepted_quote
from records.commands import next_reference
from records.errors import NotPossibleInState
from records.transitions import perform, record_event
from records.unit import command
from sites import emails, policies
from sites.commands.access_item import require_settled
from sites.commands.cost import cost_told
from sites.commands.paths import require_own_paths
from sites.deadlines import last_free_day
from sites.errors import (
    AccessNotRecorded,
    PreviousStageFirst,
    RackSpaceNotConfirmed,
    StageAlreadyComplete,
    StageIssueOpen,
    SurveyAlreadyDone,
    VisitAlreadyBooked,
    VisitInThePast,
    VisitOffered,
    WindowOutOfOrder,
    WrongPurpose,
)
from sites.models import SiteAccess, SitePassport, SiteVisit, VisitClaim
from sites.states import PREVIOUS_STAGE, TOOK_PLACE, StageKind, VisitPurpose, VisitState

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
    agreed_with: str = "",
    at: datetime | None = None,
) -> SiteVisit:
    """Book a visit; the first one of an authorised order begins survey or installation.

    A visit after one of the same purpose that was not made replaces it, and may be
    charged for it. It remembers what was then known of getting into the site.

    Args:
        agreed_with: who agreed to the day, where that was by phone.
        window: UK times between which somebody comes; both or neither.

    Raises:
        AccessNotRecorded: access to the site is not agreed yet.
        AccessItemsOpen: something has to be there first, which came up since.
        RackSpaceNotConfirmed: the equipment has no place; a survey needs none.
        WrongPurpose: the order wants another visit first, by its quotation.
        SecondLinkHeld: its route has points in common with that of its pair.
        StageIssueOpen: the stage before is held open by what was found in it.
        PreviousStageFirst, StageAlreadyComplete, SurveyAlreadyDone, VisitAlreadyBooked,
        VisitInThePast, WindowOutOfOrder, NotPossibleInState,
        PermissionDenied.

    Source: R-2.13-1, R-2.12-2, R-2.12-3, R-3.6-5, R-3.7-2, R-2.9.1-10,
    R-2.9.3-5, R-3.7-4.
    """
    at = at or timezone.now()
    order: ConnectionRequest = ConnectionRequest.objects.locked().get(pk=order_id)
    require_ready(order, purpose, by)
    require_to_come(on, at)
    require_window(window)
    begin_work(order, purpose, by=by, at=at)
    visit = booked_visit(
        order,
        on,
        window,
        at,
        purpose=purpose,
        visitor=visitor,
        agreed_with=agreed_with,
        **in_place_of(last_not_made(order, purpose)),
    )
    what = f"{visit.get_purpose_display()} booked for {day_and_window(visit)}"
    how = f", agreed by phone with {agreed_with}" if agreed_with else ""
    record_event(visit, "book_visit", by=by, at=at, what=f"{what}{how}")
    emails.visit_booked(visit, cost_told(visit, uk_date(at)), at)
    return visit


def require_ready(order: ConnectionRequest, purpose: str, by: User) -> None:
    """Refuse whoever works on no site, and what `require_site_ready` refuses."""
    if not policies.may_work_on_site(order, by):
        raise PermissionDenied
    require_site_ready(order, purpose)


def require_site_ready(order: ConnectionRequest, purpose: str) -> None:
    """Refuse a visit that is not the next, or whose site is not ready for it."""
    require_purpose(order, purpose)
    require_access(order)
    require_nothing_open(order, purpose)
    require_space(order, purpose)
    require_no_other(order, purpose)


def require_nothing_open(order: ConnectionRequest, purpose: str) -> None:
    """Refuse a visit before which something has to be there, or to be settled."""
    require_settled(order)
    if purpose in NEEDS_INSTALLATION:
        require_none_held_open(order, purpose)
        require_own_paths(order)


def begin_work(
    order: ConnectionRequest, purpose: str, *, by: object, at: datetime
) -> None:
    """Begin the survey or the installation with the first visit of an order."""
    if order.state == OrderState.AUTHORISED:
        is_survey = purpose == VisitPurpose.SURVEY
        begin = order.begin_survey if is_survey else order.begin_installation
        perform(begin, by=by, at=at)


def last_not_made(order: ConnectionRequest, purpose: str) -> SiteVisit | None:
    """Return the visit whose place the next one of a purpose takes, if any."""
    over = order.visits.not_made_and_not_replaced().filter(purpose=purpose)
    found: SiteVisit | None = over.select_related("claim", "own_claim").first()
    return found


def in_place_of(before: SiteVisit | None) -> dict[str, Any]:
    """Return what a visit keeps of the one whose place it takes."""
    claim = None if before is None else claim_after(before)
    return {"replaces": before, "claim": claim}


def claim_after(before: SiteVisit) -> VisitClaim | None:
    """Return what the visit after another one may be charged for.

    That is what the other one's own end may cost; or, where the other one did not take
    place, what it would have been charged for itself.

    Source: T11.
    """
    own: VisitClaim | None = getattr(before, "own_claim", None)
    if own is not None and own.is_live:
        return own
    carried: VisitClaim | None = before.claim
    is_due = carried is not None and carried.is_live
    return carried if is_due and before.state not in TOOK_PLACE else None


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
    require_none_held_open(order, stage)


def require_none_held_open(order: ConnectionRequest, purpose: str) -> None:
    """Refuse a stage while an issue holds the one before it open. R-3.7-4, R-2.12-2."""
    previous = PREVIOUS_STAGE.get(StageKind(purpose))
    if previous is not None:
        require_no_issue(order, stage=previous)


def require_no_issue(order: ConnectionRequest, **of: StageKind) -> None:
    """Refuse to go on while something that was found is not resolved. R-3.7-4."""
    issue = order.stage_issues.filter(resolved_on=None, **of).first()
    if issue is not None:
        stage, described = issue.get_stage_display().lower(), issue.description
        raise StageIssueOpen(stage=stage, description=f"{described.rstrip('.')}.")


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
    if not SiteAccess.is_agreed_for(SiteAccess.of(order)):
        raise AccessNotRecorded


def require_space(order: ConnectionRequest, purpose: str) -> None:
    """Refuse installation without the Party's word on the space. Source: R-3.7-2."""
    if purpose in NEEDS_INSTALLATION and not order.access.has_space:
        raise RackSpaceNotConfirmed(units=order.rack_units)


def require_no_other(order: ConnectionRequest, purpose: str) -> None:
    other = order.visits.open().filter(purpose=purpose).first()
    if other is not None and other.is_proposed:
        raise VisitOffered(visit=other)
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


def booked_visit(
    order: ConnectionRequest, on: date, window: Window, at: datetime, **facts: object
) -> SiteVisit:
    """Return a visit that is booked now, with what is now known of its site."""
    visit: SiteVisit = SiteVisit.objects.create(
        reference=next_reference("VIS"),
        order=order,
        state=VisitState.CONFIRMED,
        on=on,
        from_time=window[0],
        until_time=window[1],
        last_free_day=last_free_day(on, working_calendar()),
        passport=SitePassport.objects.newest_of(order.data_centre_id),
        booked_at=at,
        **facts,
    )
    return visit


def day_and_window(visit: SiteVisit) -> str:
    return ", ".join(filter(None, [day_words(visit.on), visit.window_words]))
