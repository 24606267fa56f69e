"""What was recorded of the work on site, put right: by whom, why, and what follows."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils import timezone

from common.money import ZERO
from common.wording import day_words
from orders import commands as orders
from orders.errors import ReasonMissing
from orders.models import ConnectionRequest
from parties.models import User
from quotes.commands import accepted_quote
from records.errors import NotPossibleInState
from records.transitions import record_event
from records.unit import command
from sites import emails, policies
from sites.commands.install import (
    check_completion_day,
    require_day_of_visit,
    require_not_before_previous,
    require_past,
)
from sites.commands.outcome import follows_from, right_arrival, right_outcome
from sites.commands.survey import both, check_settled
from sites.commands.targets import COMPLETE, Target, bounds_of, held_by, targets_of
from sites.errors import (
    BandwidthNotPositive,
    CorrectionEmpty,
    CorrectionHeld,
    CorrectionNotOfThis,
    CorrectionUnchanged,
    DiversityStillOpen,
    DoneAfter,
    LineStillOpen,
    NoLongerPossible,
)
from sites.models import (
    Completion,
    Correction,
    InstallationStage,
    SiteVisit,
    SurveyResult,
)
from sites.models.correction import Value, kept_value, value_words
from sites.states import ANEW, Correctable, StageKind, ValueKind, VisitState

CERTIFIED = (
    "The completion certificate stays as it was made; the Gateway Party reads the "
    "correction beside it."
)
NOT_EMPTY = (ValueKind.LINE, ValueKind.DAY, ValueKind.MOMENT, ValueKind.MBPS)
OF_VISIT = (Correctable.OUTCOME, Correctable.ARRIVED_AT)


@command
def correct_record(
    order_id: int,
    *,
    by: User,
    what: str,
    value: Value,
    why: str,
    visit_id: int | None = None,
    at: datetime | None = None,
) -> Correction:
    """Put right something that was recorded wrongly of the work on site.

    The right value takes the place of the wrong one; the order keeps both, with who
    corrected it and why, and its Party is told.

    Args:
        what: one of `Correctable`, but for the day of completion, on which charges
            rest: `billing.commands.correct_completion_day`.
        value: of the type that its kind has; for an outcome one of `Happened`, or
            `ANEW` to record anew what became of the visit.
        visit_id: of which visit; None: of the order of the circuit.

    Raises:
        CorrectionHeld: what followed from it forbids it.
        CorrectionNotOfThis: nothing of that kind is recorded.
        CorrectionUnchanged, CorrectionEmpty, ReasonMissing.
        DoneInTheFuture, DoneBefore, DoneAfter, BandwidthNotPositive, ArrivalMissing,
        ArrivedTooEarly, NoLongerPossible, NotPossibleInState: it cannot have been so.
        PermissionDenied.

    Source: R-3.6-1, R-3.7-3, R-3.7-4, R-2.12-1, R-2.9.1-10, R-1.3-4.
    """
    at = at or timezone.now()
    order: ConnectionRequest = ConnectionRequest.objects.locked().get(pk=order_id)
    if not policies.may_correct(order, by):
        raise PermissionDenied
    if not why.strip():
        raise ReasonMissing
    target = target_of(order, what, visit_id)
    check(order, target, value, at)
    before, follows = outcome_of(target), "\n".join(what_follows(order, target, value))
    gone = put_right(order, target, value, why.strip(), by=by, at=at)
    return keep_correction(
        order,
        visit=target.visit,
        what=target.what,
        values=(before, value),
        words=(str(target), why.strip(), follows, gone),
        by=by,
        at=at,
    )


def outcome_of(target: Target) -> Value:
    """Return what stands there now; of a visit not made, what kept it from the work."""
    if target.what != Correctable.OUTCOME:
        return target.value
    visit = target.row
    happened = visit.happened if isinstance(visit, SiteVisit) else ""
    return happened or target.value


def keep_correction(
    order: ConnectionRequest,
    *,
    visit: SiteVisit | None,
    what: Correctable,
    values: tuple[Value, Value],
    words: tuple[str, str, str, str],
    by: User,
    at: datetime,
) -> Correction:
    """Keep a correction, its order being locked, and tell whom it concerns.

    Args:
        values: before and after.
        words: what it is of, why, what follows, and what no longer holds.
    """
    named, why, follows, gone = words
    before, after = values
    row: Correction = order.corrections.create(
        visit=visit,
        what=what,
        before=kept_value(before),
        after=kept_value(after),
        why=why,
        follows=follows,
        set_aside=gone,
        by=by,
        at=at,
    )
    said = f"{value_words(what, after)} instead of {value_words(what, before)}"
    told = "\n".join(filter(None, [said, why, gone]))
    what_was = f"Corrected: {named[0].lower()}{named[1:]}"
    record_event(row, "correct_record", by=by, at=at, what=what_was, why=told)
    emails.site_corrected(row, at)
    return row


def target_of(order: ConnectionRequest, what: str, visit_id: int | None) -> Target:
    for target in targets_of(order):
        found = target.visit.pk if target.visit else None
        if (target.what, found) == (what, visit_id):
            return target
    raise CorrectionNotOfThis(order=order)


def check(order: ConnectionRequest, target: Target, value: Value, at: datetime) -> None:
    """Refuse what would change nothing, cannot have been, or is forbidden by now."""
    reason = held_by(order, target)
    if reason:
        raise CorrectionHeld(reason=reason)
    if value == outcome_of(target):
        raise CorrectionUnchanged
    check_value(target, value)
    if target.kind == ValueKind.DAY and isinstance(value, date):
        check_day(order, target, value, at)
    if target.what == Correctable.CIRCUIT_POSSIBLE and value:
        check_possible(order)


def check_value(target: Target, value: Value) -> None:
    is_needed = target.kind in NOT_EMPTY or target.what == Correctable.TEST_RESULT
    if is_needed and value in (None, ""):
        raise CorrectionEmpty
    if isinstance(value, Decimal) and value <= ZERO:
        raise BandwidthNotPositive
    if target.value == VisitState.COMPLETED and value != ANEW:
        raise NotPossibleInState(subject=target.visit, state=target.words)


def check_day(
    order: ConnectionRequest, target: Target, day: date, at: datetime
) -> None:
    """Refuse a day on which it cannot have been done. Source: R-2.12-1, R-2.12-2."""
    require_past(day, at)
    if target.visit is not None:
        require_day_of_visit(target.visit, day, at)
    if isinstance(target.row, InstallationStage):
        require_not_before_previous(order, StageKind(str(target.row.stage)), day)
        for last, words in bounds_of(order, target.row):
            if day > last:
                raise DoneAfter(
                    day=day_words(day), later=words, later_day=day_words(last)
                )


def check_possible(order: ConnectionRequest) -> None:
    try:
        check_settled(order, orders.Settled())
    except (LineStillOpen, DiversityStillOpen) as refusal:
        raise NoLongerPossible from refusal


def what_follows(order: ConnectionRequest, target: Target, value: Value) -> list[str]:
    """Return in whole sentences what follows from a correction, before it is made."""
    if target.what in OF_VISIT:
        return follows_from(target, value)
    return [CERTIFIED] if order.state in COMPLETE else []


def put_right(
    order: ConnectionRequest,
    target: Target,
    value: Any,
    why: str,
    *,
    by: User,
    at: datetime,
) -> str:
    """Write the right value; return in words what no longer holds with it."""
    if target.what == Correctable.OUTCOME:
        return right_outcome(target, value, why, by=by, at=at)
    if target.what == Correctable.ARRIVED_AT:
        right_arrival(target, value, why, by=by, at=at)
        return ""
    row = target.row
    setattr(row, target.what, value)
    if isinstance(row, SurveyResult) and target.what == Correctable.CIVIL_WORKS:
        row.has_civil_works = bool(value)
    row.save()
    if isinstance(row, SurveyResult):
        settle_again(order, row, by=by, at=at)
    return ""


def settle_again(
    order: ConnectionRequest, result: SurveyResult, *, by: User, at: datetime
) -> None:
    """Let the site review say what the survey says now.

    Source: R-2.6-7, R-2.9.3-5, T31.
    """
    if result.is_circuit_possible:
        orders.settle_review(order, found_by(result), by=by, at=at)


def found_by(result: SurveyResult) -> orders.Settled:
    expected = both((result.expected_down_mbps, result.expected_up_mbps))
    return orders.Settled(expected=expected, civil_works=result.civil_works)


def correct_completion(
    order: ConnectionRequest,
    *,
    completed_on: date,
    why: str,
    follows: str,
    by: User,
    at: datetime,
) -> Correction:
    """Put right on which day an installation was complete, its order being locked.

    What rests on the day is moved by whoever calls, in the same unit of work.

    Args:
        completed_on: UK day; as of `complete_installation`.
        follows: what that moves, in whole sentences.

    Raises:
        CorrectionUnchanged, ReasonMissing, DoneInTheFuture, DoneBefore.

    Source: R-3.7-5, R-2.9.1-5.
    """
    if not why.strip():
        raise ReasonMissing
    completion: Completion = order.completion
    before = completion.completed_on
    if completed_on == before:
        raise CorrectionUnchanged
    check_completion_day(order, accepted_quote(order), completed_on, at)
    completion.completed_on = completed_on
    completion.save(update_fields=["completed_on"])
    return keep_correction(
        order,
        visit=None,
        what=Correctable.COMPLETED_ON,
        values=(before, completed_on),
        words=("Day of completion", why.strip(), follows, ""),
        by=by,
        at=at,
    )
