"""The days that are set for a stage of installation, and the issues found in it."""

from datetime import date, datetime

from django.core.exceptions import PermissionDenied
from django.utils import timezone

from common.clock import uk_date
from common.wording import day_words
from orders.models import ConnectionRequest
from orders.states import OrderState
from parties.models import User
from records.errors import NotPossibleInState
from records.transitions import record_event
from records.unit import command
from sites import emails, policies
from sites.commands.install import require_not_before, require_past
from sites.commands.visit import require_previous
from sites.errors import (
    ChangeCauseMissing,
    IssueAlreadyResolved,
    IssueNotDescribed,
    ResolutionMissing,
    StageAlreadyComplete,
    StageDayPassed,
    StageDayUnchanged,
)
from sites.models import StageDay, StageIssue
from sites.states import ChangeCause, DayKind, StageKind

PLANNED_IN = (OrderState.AUTHORISED, OrderState.INSTALL)


def order_to_build(
    order_id: int, by: User, states: tuple[OrderState, ...]
) -> ConnectionRequest:
    """Lock and return an order on whose site somebody works, in one of some states."""
    order: ConnectionRequest = ConnectionRequest.objects.locked().get(pk=order_id)
    if not policies.may_work_on_site(order, by):
        raise PermissionDenied
    if order.state not in states:
        raise NotPossibleInState(subject=order, state=order.get_state_display().lower())
    return order


@command
def set_stage_day(
    order_id: int,
    *,
    by: User,
    stage: str,
    kind: str,
    on: date,
    cause: str = "",
    why: str = "",
    at: datetime | None = None,
) -> StageDay:
    """Set the planned or the committed day of a stage, or another in its place.

    The Party is told of each committed day.

    Args:
        on: UK day, today or later.
        cause: whose doing the change is, of `ChangeCause`; the first day has none.
        why: in words; of a change alone.

    Raises:
        StageAlreadyComplete: it has the day on which it was done.
        StageDayPassed, StageDayUnchanged.
        ChangeCauseMissing: another day stood there, and nobody says who moved it.
        NotPossibleInState, PermissionDenied.

    Source: R-2.12-1.
    """
    at = at or timezone.now()
    order = order_to_build(order_id, by, PLANNED_IN)
    require_not_done(order, StageKind(stage))
    if on < uk_date(at):
        raise StageDayPassed(day=day_words(on))
    before = order.stage_days.filter(stage=stage, kind=kind).last()
    cause, why = change_of(before, on, cause, why)
    row: StageDay = order.stage_days.create(
        stage=stage, kind=kind, on=on, cause=cause, why=why, by=by, at=at
    )
    record_day(row, before)
    if kind == DayKind.COMMITTED:
        emails.stage_day_set(row, before, at)
    return row


def require_not_done(order: ConnectionRequest, stage: StageKind) -> None:
    done = order.stages.filter(stage=stage).first()
    if done is not None:
        day = day_words(done.done_on)
        raise StageAlreadyComplete(stage=stage.label.lower(), order=order, day=day)


def change_of(
    before: StageDay | None, on: date, cause: str, why: str
) -> tuple[str, str]:
    """Return who moved a day and why; a first day was moved by nobody."""
    if before is None:
        return "", ""
    if before.on == on:
        kind, stage = before.get_kind_display(), before.get_stage_display()
        raise StageDayUnchanged(
            day=day_words(on), kind=kind.lower(), stage=stage.lower()
        )
    if not cause or not why.strip():
        raise ChangeCauseMissing
    return ChangeCause(cause).value, why.strip()


def record_day(row: StageDay, before: StageDay | None) -> None:
    """Keep in the order's history which day was set, and who moved it and why."""
    named = f"{row.get_stage_display()}: {row.get_kind_display().lower()} day"
    what, why = f"{named} {day_words(row.on)}", ""
    if before is not None:
        what = f"{what} instead of {day_words(before.on)}"
        # "You" would be wrong for everybody who reads it and is not of the Party.
        who = row.order.party if row.cause == ChangeCause.PARTY else None
        why = f"Moved by {who or row.get_cause_display().lower()}: {row.why}"
    days = (before.on if before else None, row.on)
    record_event(
        row, "set_stage_day", by=row.by, at=row.at, what=what, why=why, days=days
    )


@command
def record_issue(
    order_id: int,
    *,
    by: User,
    stage: str,
    description: str,
    found_by: str,
    found_on: date,
    at: datetime | None = None,
) -> StageIssue:
    """Record what was found in a stage; it is held open until that is resolved.

    Args:
        found_by: a person or a company.
        found_on: UK day, not to come.

    Raises:
        IssueNotDescribed: nobody could resolve it.
        PreviousStageFirst: the stage has not begun.
        DoneInTheFuture, NotPossibleInState, PermissionDenied.

    Source: R-3.7-4, R-2.12-2.
    """
    at = at or timezone.now()
    order = order_to_build(order_id, by, (OrderState.INSTALL,))
    if not description.strip() or not found_by.strip():
        raise IssueNotDescribed
    require_previous(order, StageKind(stage))
    require_past(found_on, at)
    issue: StageIssue = order.stage_issues.create(
        stage=stage,
        description=description.strip(),
        found_by=found_by.strip(),
        found_on=found_on,
        by=by,
        at=at,
    )
    what = f"Issue found in the {issue.get_stage_display().lower()}"
    record_event(issue, "record_issue", by=by, at=at, what=what, why=issue.description)
    emails.stage_issue_found(issue, at)
    return issue


@command
def resolve_issue(
    issue_id: int,
    *,
    by: User,
    resolution: str,
    resolved_on: date,
    at: datetime | None = None,
) -> StageIssue:
    """Record how an issue was resolved, so that its stage can be completed.

    Args:
        resolved_on: UK day, not before it was found and not to come.

    Raises:
        IssueAlreadyResolved, ResolutionMissing.
        DoneInTheFuture, DoneBefore, NotPossibleInState, PermissionDenied.

    Source: R-3.7-4.
    """
    at = at or timezone.now()
    found = StageIssue.objects.values_list("order_id", flat=True).get(pk=issue_id)
    order = order_to_build(found, by, (OrderState.INSTALL,))
    issue: StageIssue = order.stage_issues.get(pk=issue_id)
    if issue.resolved_on is not None:
        raise IssueAlreadyResolved(day=day_words(issue.resolved_on))
    if not resolution.strip():
        raise ResolutionMissing
    require_past(resolved_on, at)
    require_not_before(resolved_on, issue.found_on, "the day on which it was found")
    issue.resolution, issue.resolved_on = resolution.strip(), resolved_on
    issue.resolved_by, issue.resolved_at = by, at
    issue.save()
    what = f"Issue of the {issue.get_stage_display().lower()} resolved"
    record_event(issue, "resolve_issue", by=by, at=at, what=what, why=issue.resolution)
    emails.stage_issue_resolved(issue, at)
    return issue
