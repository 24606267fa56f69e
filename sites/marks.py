"""The steps of a timeline that happen at the site, and what moved their days."""

from dataclasses import replace
from datetime import date

from django.conf import settings

from common.clock import uk_date
from common.time_left import calendar_days_left
from common.wording import day_words
from orders.file import OrderFile
from orders.marks import Mark, author, late_words
from quotes.file import quotes_of
from sites.file import site_of
from sites.models import InstallationStage, SiteVisit, StageDay
from sites.states import NOT_MADE, DayKind, StageKind, VisitPurpose, VisitState

MOVED = (*NOT_MADE, VisitState.MOVED)
HOW = {
    SiteVisit.rearrange: "Moved from",
    SiteVisit.fail: "Failed on",
    SiteVisit.miss: "Missed on",
    SiteVisit.find_failed: "Failed on",
    SiteVisit.find_missed: "Missed on",
    SiteVisit.call_off: "Called off for",
}
STAGES = {
    VisitPurpose.CIRCUIT: "Circuit installed and tested",
    VisitPurpose.EQUIPMENT: "DCC router installed",
}


def access_agreed(file: OrderFile) -> Mark:
    access = site_of(file).access
    mark = Mark("Access details agreed", who="DCC, with your site contact")
    if access is None or access.agreed_at is None:
        return waiting_for_access(mark, file)
    day = uk_date(access.agreed_at)
    return replace(mark, done_on=day, by="by you and DCC")


def waiting_for_access(mark: Mark, file: OrderFile) -> Mark:
    """Say what access waits for: an answer to an amount, if one is asked. R-2.13-5."""
    cost = site_of(file).cost_to_accept
    if cost is None:
        return replace(mark, left="being arranged")
    why = f"{cost}: {cost.amount_words}."
    return replace(mark, left="cost to be accepted", why=why)


def with_carrier(file: OrderFile) -> Mark:
    mark = Mark("Carrier has the order", who=settings.INSTALLER_NAME)
    ordered = site_of(file).circuit_order
    if ordered is not None:
        by, why = f"by {settings.INSTALLER_NAME}", f"With {ordered.provider}."
        return replace(mark, done_on=ordered.ordered_on, by=by, why=why)
    if not site_of(file).visits:
        return replace(mark, left="first visit to be booked")
    day = min(uk_date(visit.booked_at) for visit in site_of(file).visits)
    return replace(mark, done_on=day, by=f"by {settings.INSTALLER_NAME}")


def surveyed(file: OrderFile) -> Mark:
    mark = Mark("Survey of your site", who=visitor(file, VisitPurpose.SURVEY))
    if not quotes_of(file).needs_survey:
        return replace(
            mark,
            absent=quotes_of(file).no_survey_words,
            why=quotes_of(file).perhaps_words,
        )
    if file.order.surveyed_at is None:
        return visit_mark(mark, file, VisitPurpose.SURVEY)
    result = site_of(file).survey
    day = result.surveyed_on if result else uk_date(file.order.surveyed_at)
    mark = replace(mark, name="Survey attended", done_on=day, by=f"by {mark.who}")
    return with_reasons(mark, file, VisitPurpose.SURVEY, day)


def permissions(file: OrderFile) -> Mark:
    is_past = VisitPurpose.CIRCUIT in site_of(file).done
    absent = "none recorded" if is_past else "only if your route needs any"
    return Mark("Permissions for the route", who="carrier", absent=absent)


def delivery_date(file: OrderFile) -> Mark:
    committed = site_of(file).days_of(StageKind.CIRCUIT, DayKind.COMMITTED)
    visits = site_of(file).visits_for(VisitPurpose.CIRCUIT)
    mark = Mark("Delivery date committed", who="carrier", left="visit to be booked")
    mark = replace(mark, why=promise(file))
    if committed:
        return committed_mark(mark, committed)
    if not visits:
        return mark
    first = visits[0]
    return replace(
        mark, done_on=uk_date(first.booked_at), by=f"by {settings.INSTALLER_NAME}"
    )


def committed_mark(mark: Mark, days: list[StageDay]) -> Mark:
    """Say which day is committed now, and who moved it there. Source: R-2.12-1."""
    first, last = days[0], days[-1]
    why = f"For {day_words(last.on)}."
    mark = replace(
        mark,
        done_on=uk_date(first.at),
        by=f"by {settings.INSTALLER_NAME}",
        why=f"{why} {mark.why}".strip(),
    )
    if last is first:
        return mark
    moved, reason = moved_words(days), f"{last.why.rstrip('.')}."
    return replace(mark, cause=moved, why=f"{reason} {mark.why}")


def moved_words(days: list[StageDay]) -> str:
    """Return "Moved from 20 March 2026 by the provider", of the latest change."""
    before, last = days[-2:]
    who = last.get_cause_display()
    return f"Moved from {day_words(before.on)} by {who[0].lower()}{who[1:]}"


def promise(file: OrderFile) -> str:
    """Say which day the quotation estimates, and what an earlier version said."""
    quote = quotes_of(file).standing
    if quote is None or quote.delivery_on is None:
        return ""
    words = f"Your quotation estimates {day_words(quote.delivery_on)}."
    others = [one for one in quotes_of(file).offers if one.pk != quote.pk]
    said = [(one.version, one.delivery_on) for one in others if one.delivery_on]
    if not said or said[-1][1] == quote.delivery_on:
        return words
    version, day = said[-1]
    return (
        f"{words} Version {version} said {day_words(day)}; DCC changed it with version "
        f"{quote.version}."
    )


def installed(file: OrderFile, purpose: VisitPurpose) -> Mark:
    stage = site_of(file).done.get(purpose)
    mark = Mark(STAGES[purpose], who=f"{visitor(file, purpose)}, visit to your site")
    if stage is None:
        return held_open(visit_mark(mark, file, purpose), file, purpose)
    day = stage.done_on
    mark = replace(mark, done_on=day, by=f"by {visitor(file, purpose)}")
    return with_reasons(mark, file, purpose, day)


def held_open(mark: Mark, file: OrderFile, purpose: VisitPurpose) -> Mark:
    """Say which issue holds a stage open, or the day set for it. Source: R-3.7-4."""
    for issue in site_of(file).open_issues:
        if issue.stage == purpose:
            found = f"Issue found by {issue.found_by} on {day_words(issue.found_on)}"
            return replace(mark, cause=found, why=f"{issue.description.rstrip('.')}.")
    days = [row for row in site_of(file).days if row.stage == purpose]
    return mark if mark.due or not days else replace(mark, planned=days[-1].on)


def visitor(file: OrderFile, purpose: VisitPurpose) -> str:
    visits = site_of(file).visits_for(purpose)
    return visits[-1].visitor if visits else str(settings.INSTALLER_NAME)


def visit_mark(mark: Mark, file: OrderFile, purpose: VisitPurpose) -> Mark:
    """Return the step with the day of the visit that is booked for it, if any."""
    visit = site_of(file).booked_for(purpose)
    cause, why = reasons(file, purpose)
    if visit is None:
        return replace(mark, left="visit to be booked", cause=cause, why=why)
    left = calendar_days_left(visit.on, file.today)
    words = "today" if left.days == 0 else left.words.replace(" left", " from now")
    words = "result to come" if left.is_late else words
    return replace(mark, due=visit.on, left=f"visit, {words}", cause=cause, why=why)


def with_reasons(mark: Mark, file: OrderFile, purpose: VisitPurpose, day: date) -> Mark:
    """Add to a step that was done on `day` what moved it, and what its test measured.

    Under its day stands the one that was planned first, if another came of it.

    Source: T31.
    """
    visits = site_of(file).visits_for(purpose)
    first = min(visits, key=lambda visit: visit.pk).on if visits else day
    late = late_words(day, first) or ", earlier"
    day_note = f"planned {day_words(first)}{late}" if first != day else ""
    cause, why = reasons(file, purpose)
    stage = site_of(file).done.get(purpose)
    why = f"{why} {measured(stage)}".strip() if stage else why
    return replace(mark, cause=cause, why=why, day_note=day_note)


def measured(stage: InstallationStage) -> str:
    """Say what the test of an LV circuit measured. Source: R-2.6-7, T31."""
    if stage.measured_down_mbps is None or stage.measured_up_mbps is None:
        return ""
    down, up = (
        f"{figure.normalize():f}"
        for figure in (stage.measured_down_mbps, stage.measured_up_mbps)
    )
    return f"Measured: {down} Mbps from DCC, {up} Mbps to DCC."


def reasons(file: OrderFile, purpose: VisitPurpose) -> tuple[str, str]:
    """Return what moved the latest visit of a purpose: cause first, then why."""
    visits = site_of(file).visits_for(purpose)
    moved = [visit for visit in visits if visit.state in MOVED]
    if not moved:
        return "", ""
    last = max(moved, key=lambda visit: visit.pk)
    is_charged = any(visit.is_chargeable for visit in visits)
    cost = " The new visit may be charged." if is_charged else ""
    return moved_by(file, last), f"{last.reason.rstrip('.')}.{cost}"


def moved_by(file: OrderFile, visit: SiteVisit) -> str:
    """Return "Moved from 20 March 2026 by Ian Staller", or "Failed on" that day."""
    made = file.moves_of(visit, *HOW)[-1]
    how = next(words for move, words in HOW.items() if made.is_move(move))
    return f"{how} {day_words(made.day_from)} by {author(made)}"
