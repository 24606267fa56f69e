"""A visit that moves to another day, or is called off, and what that costs."""

from datetime import date, datetime

from django.utils import timezone

from common.clock import uk_date
from common.wording import day_words
from orders.errors import ReasonMissing
from orders.models import ConnectionRequest
from parties.models import User
from records.transitions import SYSTEM, perform, record_event
from records.unit import command
from sites import emails
from sites.commands.claim import open_claim
from sites.commands.cost import claimed_cost, cost_told
from sites.commands.visit import (
    Window,
    booked_visit,
    claim_after,
    day_and_window,
    require_to_come,
    require_window,
)
from sites.errors import CostNotUnderstood, SameDay
from sites.models import SiteVisit
from sites.pricing import NotMade, who_bears


def locked_visit(visit_id: int) -> SiteVisit:
    """Return a visit, its order being locked from now on."""
    order: ConnectionRequest = ConnectionRequest.objects.locked().get(visits=visit_id)
    rows = order.visits.select_related("claim", "order__party", "order__data_centre")
    visit: SiteVisit = rows.get(pk=visit_id)
    # The row that is locked, rather than another reading of it.
    visit.order = order
    return visit


def require_reason(reason: str) -> None:
    if not reason.strip():
        raise ReasonMissing


def charge_if_late(
    visit: SiteVisit, *, is_for_party: bool, is_understood: bool, at: datetime
) -> None:
    """Open a claim where the Party gave up a booked day with too little warning.

    A visit that was to be charged already is charged once: its claim goes on.

    Raises:
        CostNotUnderstood: nobody said that it is known what the next visit costs.

    Source: R-3.5-7, T10.
    """
    facts = NotMade(
        visit.on, visit.last_free_day, uk_date(at), is_for_party=is_for_party
    )
    bearing = who_bears(facts)
    if not bearing.is_charged or visit.has_live_claim:
        return
    if not is_understood:
        raise CostNotUnderstood
    open_claim(visit, bearing, at=at)


@command
def rearrange_visit(
    visit_id: int,
    *,
    by: User,
    on: date,
    reason: str,
    window: Window | None = None,
    asked_by_party: bool = False,
    is_understood: bool = False,
    at: datetime | None = None,
) -> SiteVisit:
    """Move a booked visit to another day; return the visit that replaces it.

    Free with at least 5 working days' warning. With less, the new visit is to be
    charged when the Party asked for the move (T10); staff who move it for themselves
    do so free. A visit that was to be charged stays so.

    Args:
        window: UK times between which somebody comes then; None: as before.
        asked_by_party: staff record what the Party asked for; a contact's own move
            always counts as asked.
        is_understood: whoever asks knows what a late move costs.

    Raises:
        CostNotUnderstood: it costs, and nobody said that this is understood.
        ReasonMissing, SameDay, VisitInThePast, WindowOutOfOrder,
        NotPossibleInState, PermissionDenied.

    Source: R-3.5-7, R-2.9.1-11, T10.
    """
    at = at or timezone.now()
    require_reason(reason)
    visit = locked_visit(visit_id)
    require_to_come(on, at)
    window = window or (visit.from_time, visit.until_time)
    require_window(window)
    if on == visit.on:
        raise SameDay(visit=visit, day=day_words(on))
    days = visit.on, on
    cause = perform(
        visit.rearrange, by=by, at=at, why=reason, days=days, because=reason
    )
    wish = asked_by_party or not by.is_staff
    charge_if_late(visit, is_for_party=wish, is_understood=is_understood, at=at)
    moved = booked_visit(
        visit.order,
        on,
        window,
        at,
        purpose=visit.purpose,
        visitor=visit.visitor,
        notes=visit.notes,
        replaces=visit,
        claim=claim_after(visit),
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
    emails.visit_rearranged(moved, cost_told(moved, uk_date(at)), at)
    return moved


@command
def call_off_visit(
    visit_id: int,
    *,
    by: User,
    reason: str,
    asked_by_party: bool = False,
    is_understood: bool = False,
    at: datetime | None = None,
) -> SiteVisit:
    """Call off a visit that nobody comes to; another takes its place when booked.

    What it costs is what moving it would cost.

    Args:
        asked_by_party, is_understood: as of `rearrange_visit`.

    Raises:
        CostNotUnderstood: it costs, and nobody said that this is understood.
        ReasonMissing, NotPossibleInState, PermissionDenied.

    Source: R-3.5-7, T10.
    """
    at = at or timezone.now()
    require_reason(reason)
    visit = locked_visit(visit_id)
    days = visit.on, None
    was_booked = not visit.is_proposed
    perform(visit.call_off, by=by, at=at, why=reason, days=days, because=reason)
    wish = asked_by_party or not by.is_staff
    if was_booked:
        charge_if_late(visit, is_for_party=wish, is_understood=is_understood, at=at)
    claim = claim_after(visit)
    emails.visit_called_off(
        visit,
        at,
        why=reason,
        is_charged=claim is not None,
        cost=claim and claimed_cost(claim, uk_date(at)),
    )
    return visit


@command
def call_off_visits_of(order: ConnectionRequest, *, at: datetime, why: str) -> None:
    """Call off what is still to come for an order that ends, its row being locked."""
    for visit in order.visits.open():
        perform(visit.call_off, by=SYSTEM, at=at, why=why, because=why)
        emails.visit_called_off(visit, at, why=why)
