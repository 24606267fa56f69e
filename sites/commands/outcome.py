"""What became of a visit, put right: who bears it follows the rule again."""

from datetime import datetime
from typing import Any

from orders.models import ConnectionRequest
from parties.models import User
from records.transitions import perform
from sites.commands.claim import open_claim
from sites.commands.happened import bearing_of, require_arrival
from sites.commands.targets import Target, anew_held_by
from sites.commands.visit import claim_after
from sites.errors import CorrectionHeld
from sites.models import SiteVisit, VisitClaim, value_words
from sites.pricing import Bearing
from sites.states import (
    ANEW,
    OPEN,
    Correctable,
    Happened,
    StageKind,
    VisitPurpose,
    VisitState,
)

FREE = "The next visit is free of charge."
CLAIMED = "The next visit may be charged, once Operations confirms it."
AGAIN = "What became of it is to be recorded anew."


def right_outcome(
    target: Target, value: str, why: str, *, by: User, at: datetime
) -> str:
    """Put right why a visit was not made, or let all of its day be recorded anew.

    Returns:
        What had been recorded with it and no longer holds, in words.

    Raises:
        CorrectionHeld: another visit took its place.
        ArrivalMissing: nobody says when they came who were turned away.

    Source: R-2.9.1-10, R-3.7-4, T10, T11.
    """
    visit = visit_of(target)
    if value == ANEW:
        return begin_anew(visit, why, by=by, at=at)
    visit.happened = Happened(value).value
    judge_again(visit, why, by=by, at=at)
    return ""


def right_arrival(
    target: Target, value: datetime, why: str, *, by: User, at: datetime
) -> None:
    """Put right when the engineer came; it may decide who bears the visit. T10."""
    visit = visit_of(target)
    visit.arrived_at = value
    require_arrival(visit, at)
    if visit.happened:
        judge_again(visit, why, by=by, at=at)
    else:
        visit.save(update_fields=["arrived_at"])


def visit_of(target: Target) -> SiteVisit:
    assert isinstance(target.row, SiteVisit)  # noqa: S101  the two kinds are of a visit
    return target.row


def bearing_then(visit: SiteVisit) -> Bearing:
    """Return who bears a visit by the rule, as of when it was recorded first."""
    closed_at = visit.closed_at
    assert closed_at is not None  # noqa: S101  it is over, and a constraint holds that
    require_arrival(visit, closed_at)
    return bearing_of(visit, closed_at)


def judge_again(visit: SiteVisit, why: str, *, by: User, at: datetime) -> None:
    """Let the rule say again who bears a visit that was not made."""
    bearing = bearing_then(visit)
    how = visit.find_failed if bearing.is_charged else visit.find_missed
    label = Happened(visit.happened).label
    reason = f"{why}\n{bearing.reasoning}"
    perform(how, by=by, at=at, why=reason, days=(visit.on, None), because=f"{label}")
    if bearing.is_charged:
        claim_again(visit, bearing, at=at)
    else:
        drop_own(visit, why, by=by, at=at)
    hand_on(visit)


def claim_again(visit: SiteVisit, bearing: Bearing, *, at: datetime) -> None:
    """Open the claim that the rule gives; one that stands keeps its decision."""
    own: VisitClaim | None = getattr(visit, "own_claim", None)
    if own is None:
        open_claim(visit, bearing, at=at)
    elif own.is_dropped:
        raise CorrectionHeld(reason=f"DCC decided that the visit after {visit} is free")


def drop_own(visit: SiteVisit, why: str, *, by: User, at: datetime) -> None:
    own: VisitClaim | None = getattr(visit, "own_claim", None)
    if own is not None and own.is_live:
        perform(own.drop, by=by, at=at, why=why, because=why)


def hand_on(visit: SiteVisit) -> None:
    """Let the visit in its place, if still to come, bear what it now may cost. T11."""
    after: SiteVisit | None = getattr(visit, "replacement", None)
    if after is not None and after.state in OPEN:
        after.claim = claim_after(visit)
        after.save(update_fields=["claim"])


def begin_anew(visit: SiteVisit, why: str, *, by: User, at: datetime) -> str:
    """Take back what was recorded of the day of a visit, so that it is booked again."""
    reason = anew_held_by(visit)
    if reason:
        raise CorrectionHeld(reason=reason)
    drop_own(visit, why, by=by, at=at)
    gone = set_aside(visit)
    days = (visit.on, visit.on)
    perform(visit.record_anew, by=by, at=at, why=why, days=days)
    return gone


def set_aside(visit: SiteVisit) -> str:
    """Take back the stage or the survey that a visit brought; return it in words."""
    order: ConnectionRequest = visit.order
    stage = order.stages.filter(visit=visit).first()
    if stage is not None:
        facts = fields_in_words(stage, STAGE_FIELDS)
        stage.delete()
        return facts
    result = getattr(visit, "result", None)
    if visit.purpose != VisitPurpose.SURVEY or result is None:
        return ""
    facts = fields_in_words(result, SURVEY_FIELDS)
    result.delete()
    earlier = order.visits.filter(result__isnull=False).exclude(pk=visit.pk)
    before = earlier.order_by("-pk").first()
    order.surveyed_at = before.result.at if before else None
    order.save(update_fields=["surveyed_at"])
    return facts


STAGE_FIELDS = (
    "done_on",
    "provider",
    "provider_reference",
    "test_result",
    "measured_down_mbps",
    "measured_up_mbps",
)
SURVEY_FIELDS = (
    "surveyed_on",
    "is_circuit_possible",
    "is_equipment_possible",
    "expected_down_mbps",
    "expected_up_mbps",
    "notes",
)


def fields_in_words(row: Any, names: tuple[str, ...]) -> str:
    """Return each answer of a row that said something, a line each."""
    from_row = ((Correctable(name), getattr(row, name)) for name in names)
    return "\n".join(
        f"{what.label}: {value_words(what, value)}"
        for what, value in from_row
        if value not in (None, "")
    )


def follows_from(target: Target, value: Any) -> list[str]:
    """Return in whole sentences what follows from an outcome that is put right."""
    visit = visit_of(target)
    if value == ANEW:
        return [AGAIN, *taken_back(visit)]
    if target.what == Correctable.OUTCOME:
        visit.happened = value
    else:
        visit.arrived_at = value
    if not visit.happened:
        return []
    bearing = bearing_then(visit)
    state = VisitState.FAILED if bearing.is_charged else VisitState.MISSED
    return [
        f"The visit counts as {state.label.lower()}. {bearing.reasoning}",
        CLAIMED if bearing.is_charged else FREE,
    ]


def taken_back(visit: SiteVisit) -> list[str]:
    """Say what was recorded with a visit that is then no longer recorded."""
    if visit.state != VisitState.COMPLETED:
        return [FREE]
    if visit.purpose == VisitPurpose.SURVEY:
        return ["The result of the survey is taken back until then."]
    stage = StageKind(visit.purpose).label.lower()
    return [f"The {stage} is not complete until then."]
