"""One function an e-mail about work on site. The Party's submitters get them."""

from datetime import datetime

from common.clock import uk_date
from orders.emails import readers_of, tell_readers
from orders.models import ConnectionRequest
from orders.readers import AUTHORISERS, EVERYBODY, SUBMITTERS, read_by
from records.commands import owe_notice
from records.models import Notice
from records.when_sent import row_for, untrue_when
from sites.calendar import by_key, visit_entry
from sites.models import (
    AccessDocument,
    AccessItem,
    Correction,
    DamageReport,
    ItemCost,
    PathCheck,
    SiteVisit,
    StageDay,
    StageIssue,
    SurveyResult,
    VisitClaim,
)
from sites.pricing import Bearing, VisitCost
from sites.states import Correctable

row_for("visit", SiteVisit.objects.for_pages, "order__reference")
read_by(
    SUBMITTERS,
    "visit_booked",
    "days_offered",
    "visit_rearranged",
    "visit_failed",
    "visit_missed",
    "visit_called_off",
    "survey_recorded",
    "access_item_added",
    "access_item_reopened",
    "access_document_turned_down",
    "stage_day_set",
    "stage_issue_found",
    "stage_issue_resolved",
    "site_corrected",
    "damage_report",
)
# The same e-mail about the day from which the contract and its charges count.
COMPLETION_CORRECTED = "site_corrected:completed_on"
# Where it is about money, they are told who authorise: alone, or too.
read_by(AUTHORISERS, "item_cost_asked", "item_cost_withdrawn", "common_points_found")
read_by(EVERYBODY, "claim_confirmed", "claim_decided", COMPLETION_CORRECTED)


def tell_of(visit: SiteVisit, kind: str, at: datetime, **facts: object) -> None:
    facts |= {"is_free_to_move": visit.is_free_to_move_on(uk_date(at)), "visit": visit}
    key = f"{kind.replace('_', '-')}:{visit.pk}"
    tell_readers(kind, visit.order, at=at, key=key, **facts)


def tell_calendars(visit: SiteVisit, kind: str, at: datetime, **facts: object) -> None:
    """Send with the e-mail what puts the visit into calendars, or takes it out."""
    entry = visit_entry(visit, by_key(visit.order.visits.all()), uk_date(at))
    tell_of(visit, kind, at, in_calendar=entry, **facts)


def visit_booked(visit: SiteVisit, cost: VisitCost | None, at: datetime) -> None:
    """Say who comes when, and what must be ready. Source: R-3.6-2, R-3.5-7."""
    facts = {"access": visit.order.access, "cost": cost}
    tell_calendars(visit, "visit_booked", at, **facts)


def days_offered(visit: SiteVisit, at: datetime) -> None:
    """Say which days are offered, and that the Party chooses one. Source: R-3.6-2."""
    slots = [str(slot) for slot in visit.slots.filter(is_open=True)]
    key = f"days-offered:{visit.pk}:{at:%Y%m%d%H%M%S}"
    facts = {"visit": visit, "slots": slots}
    tell_readers("days_offered", visit.order, at=at, key=key, **facts)


@untrue_when("days_offered")
def days_not_offered_any_more(notice: Notice, at: datetime) -> str:
    """Say that a day was chosen, or that others are offered."""
    visit = SiteVisit.objects.get(pk=int(notice.key.split(":")[1]))
    if visit.is_proposed and not visit.is_offered_by_party:
        return ""
    return f"Visit {visit} waits for no choice of its Party."


def visit_rearranged(visit: SiteVisit, cost: VisitCost | None, at: datetime) -> None:
    """Say which day replaces which, and what it costs. Source: R-3.5-7."""
    facts = {"access": visit.order.access, "before": visit.replaces, "cost": cost}
    tell_calendars(visit, "visit_rearranged", at, **facts)


@untrue_when("visit_booked", "visit_rearranged")
def visit_not_booked_any_more(notice: Notice, at: datetime) -> str:
    """Say that a visit was moved or is over; what came of it has an e-mail too."""
    visit = SiteVisit.objects.get(pk=int(notice.key.split(":")[1]))
    if visit.is_booked:
        return ""
    return f"Visit {visit} is {visit.get_state_display().lower()}."


def visit_failed(
    visit: SiteVisit, bearing: Bearing, cost: VisitCost | None, at: datetime
) -> None:
    """Say why a visit was not made, who bears it and why. Source: R-2.9.1-10."""
    kind = "visit_failed" if bearing.is_charged else "visit_missed"
    tell_calendars(visit, kind, at, bearing=bearing, cost=cost)


def visit_called_off(
    visit: SiteVisit,
    at: datetime,
    *,
    why: str,
    is_charged: bool = False,
    cost: VisitCost | None = None,
) -> None:
    """Say that nobody comes any more. Source: R-3.6-2, R-3.5-7.

    Args:
        is_charged: whether the next visit is to be charged, and `cost`, how much.
    """
    facts = {"why": why, "is_charged": is_charged, "cost": cost}
    # What was only offered stands in no calendar yet.
    tell = tell_of if visit.slots.filter(is_open=True).exists() else tell_calendars
    tell(visit, "visit_called_off", at, **facts)


def claim_confirmed(claim: VisitClaim, cost: VisitCost, at: datetime) -> None:
    """Say what the next visit costs, why, and until when that can be disputed."""
    tell_of_claim(claim, "claim_confirmed", at, cost=cost)


def claim_decided(claim: VisitClaim, at: datetime) -> None:
    """Say whether the next visit is charged after all, and why."""
    tell_of_claim(claim, "claim_decided", at)


def tell_of_claim(claim: VisitClaim, kind: str, at: datetime, **facts: object) -> None:
    """Write to whoever arranges visits and to whoever decides on costs."""
    key = f"{kind.replace('_', '-')}:{claim.pk}"
    facts |= {"visit": claim.visit, "claim": claim}
    tell_readers(kind, claim.visit.order, at=at, key=key, **facts)


def survey_recorded(result: SurveyResult, at: datetime) -> None:
    """Give the findings, with the expected bandwidth. Source: R-3.6-1, R-2.6-7."""
    tell_of(result.visit, "survey_recorded", at, result=result)


def access_item_added(item: AccessItem, at: datetime) -> None:
    """Say what the Party sees to before anybody may come. Source: R-2.13-3."""
    tell_of_item(item, "access_item_added", at)


def access_item_reopened(item: AccessItem, at: datetime) -> None:
    """Say that a document does not hold for the next visit. Source: R-2.13-4."""
    tell_of_item(item, "access_item_reopened", at)


def access_document_turned_down(paper: AccessDocument, at: datetime) -> None:
    """Say why a document is not taken, and that another is needed."""
    key = f"access-document-turned-down:{paper.pk}"
    facts = {"item": paper.item, "paper": paper}
    order = paper.item.order
    tell_readers("access_document_turned_down", order, at=at, key=key, **facts)


def tell_of_item(item: AccessItem, kind: str, at: datetime, **facts: object) -> None:
    """Write to whoever arranges visits; it may come up more than once."""
    key = f"{kind.replace('_', '-')}:{item.pk}:{item.opened_at:%Y%m%d%H%M}"
    tell_readers(kind, item.order, at=at, key=key, item=item, **facts)


def tell_of_cost(cost: ItemCost, kind: str, at: datetime, **facts: object) -> None:
    """Write to whoever commits the Party to pay."""
    key = f"{kind.replace('_', '-')}:{cost.pk}"
    facts |= {"item": cost.item, "cost": cost}
    tell_readers(kind, cost.item.order, at=at, key=key, **facts)


def item_cost_asked(cost: ItemCost, before: ItemCost | None, at: datetime) -> None:
    """Say what is asked, what for, and what waits for the answer. R-2.13-5, R-3.5-5.

    Args:
        before: the amount in whose place it is asked; None: it is the first.
    """
    tell_of_cost(cost, "item_cost_asked", at, before=before)


@untrue_when("item_cost_asked")
def cost_not_asked_any_more(notice: Notice, at: datetime) -> str:
    """Say that it was answered, or withdrawn."""
    cost = ItemCost.objects.get(pk=int(notice.key.split(":")[1]))
    if cost.is_asked:
        return ""
    return f"That amount is {cost.get_state_display().lower()}."


def item_cost_withdrawn(cost: ItemCost, at: datetime) -> None:
    """Say that nothing is charged after all, and why. Source: R-2.13-5."""
    tell_of_cost(cost, "item_cost_withdrawn", at)


def common_points_found(
    order: ConnectionRequest, check: PathCheck, at: datetime
) -> None:
    """Say what the two routes have in common, and that the second waits. T34."""
    key = f"common-points-found:{check.pk}:{at:%Y%m%d%H%M%S}"
    facts = {"partner": order.partner, "check": check}
    tell_readers("common_points_found", order, at=at, key=key, **facts)


@untrue_when("common_points_found")
def points_not_open_any_more(notice: Notice, at: datetime) -> str:
    """Say that somebody answered, or that a new check found none."""
    check = PathCheck.objects.get(pk=int(notice.key.split(":")[1]))
    return "" if check.waits_for_answer else "The common points were settled."


def stage_day_set(row: StageDay, before: StageDay | None, at: datetime) -> None:
    """Say which day is committed, and who moved it and why if it moved. R-2.12-1."""
    key, facts = f"stage-day-set:{row.pk}", {"day": row, "before": before}
    tell_readers("stage_day_set", row.order, at=at, key=key, **facts)


def stage_issue_found(issue: StageIssue, at: datetime) -> None:
    """Say what holds a stage open. Source: R-3.7-4."""
    key = f"stage-issue-found:{issue.pk}"
    tell_readers("stage_issue_found", issue.order, at=at, key=key, issue=issue)


def stage_issue_resolved(issue: StageIssue, at: datetime) -> None:
    """Say how it was resolved, so that the work goes on. Source: R-3.7-4."""
    key = f"stage-issue-resolved:{issue.pk}"
    tell_readers("stage_issue_resolved", issue.order, at=at, key=key, issue=issue)


@untrue_when("stage_issue_found")
def issue_not_open_any_more(notice: Notice, at: datetime) -> str:
    """Say that an issue is resolved, of which an e-mail of its own tells."""
    issue = StageIssue.objects.get(pk=int(notice.key.split(":")[1]))
    return "" if issue.is_open else "The issue has been resolved meanwhile."


def site_corrected(row: Correction, at: datetime) -> None:
    """Say what was recorded wrongly, what is right, why, and what follows.

    What the day of completion moves, they are told who authorise too.

    Source: R-3.6-1, R-3.7-4, R-2.9.1-10.
    """
    key, facts = f"site-corrected:{row.pk}", {"correction": row}
    if row.what != Correctable.COMPLETED_ON:
        tell_readers("site_corrected", row.order, at=at, key=key, **facts)
        return
    to = readers_of(COMPLETION_CORRECTED, row.order, at)
    thread, order = row.thread, row.order
    owe_notice(
        "site_corrected", key=key, to=to, at=at, thread=thread, order=order, **facts
    )


def damage_report(report: DamageReport, at: datetime) -> None:
    """Say how far a report of damage is. Source: R-5.2.2-4."""
    key, facts = f"damage-report:{report.pk}:{report.state}", {"report": report}
    tell_readers("damage_report", report.order, at=at, key=key, **facts)
