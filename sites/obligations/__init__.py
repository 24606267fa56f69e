"""What is owed about access, visits and installation. Pure: rows in, work out."""

from collections.abc import Iterator
from datetime import datetime

from orders.facts import orders_told
from orders.obligations import ENDINGS
from orders.states import ON_SITE, OrderState
from quotes.obligations import latest
from sites import words
from sites.facts import SiteFacts, claims_told, issues_told, visits_told
from sites.models import SiteAccess, SiteVisit, VisitClaim
from sites.obligations.access import (
    ACCESS,
    AGREE_ACCESS,
    CONFIRM_ACCESS,
    items_owed,
    open_items,
    waits_for_items,
)
from sites.obligations.damage import damage_owed
from sites.obligations.paths import paths_owed
from sites.obligations.queues import CLAIMS, DISPUTES, INSTALLATIONS, VISITS
from sites.obligations.survey import report_owed
from sites.states import (
    OPEN,
    ClaimState,
    StageKind,
    VisitPurpose,
    VisitState,
)
from worklist.kinds import Owed, WorkKind, declare
from worklist.states import Ending, Turn

QUEUES = (ACCESS, VISITS, CLAIMS, DISPUTES, INSTALLATIONS)


def booking(slug: str, what: str) -> WorkKind:
    return declare(
        WorkKind(
            slug,
            app="sites",
            turn=Turn.INSTALLER,
            what=what,
            began="waiting since",
            queue=VISITS,
            target="our target, {days}",
            days="BOOK_VISIT_WORKING_DAYS",
            counts_working_days=True,
            tell=words.book,
            load=orders_told,
            brief="visit to be booked",
        )
    )


BOOK_FIRST = booking("book_first_visit", "Book the first visit")
BOOK_NEXT = booking("book_next_visit", "Book the next visit")
BOOK_SURVEY = booking("book_survey_again", "Book the survey again")
CHOOSE_DAY = declare(
    WorkKind(
        "choose_day",
        app="sites",
        turn=Turn.SUBMITTER,
        what="Choose a day for the visit",
        began="offered",
        tell=words.choose_day,
        load=visits_told,
        brief="day of the visit to be chosen",
    )
)
ANSWER_DAYS = declare(
    WorkKind(
        "answer_days",
        app="sites",
        turn=Turn.INSTALLER,
        what="Answer the days that the Gateway Party proposes",
        began="proposed",
        queue=VISITS,
        target="our target, {days}",
        days="BOOK_VISIT_WORKING_DAYS",
        counts_working_days=True,
        tell=words.answer_days,
        load=visits_told,
        brief="days that you proposed are being looked at",
    )
)
MOVE_VISIT = declare(
    WorkKind(
        "move_visit_free",
        app="sites",
        turn=Turn.SUBMITTER,
        what="Last day to move the visit free of charge",
        began="booked",
        target="the visit goes ahead if nobody moves it",
        is_right=True,
        tell=words.move,
        load=visits_told,
        brief="last day to move the visit free of charge",
    )
)
CONFIRM_CLAIM = declare(
    WorkKind(
        "confirm_claim",
        app="sites",
        turn=Turn.OPERATIONS,
        what="Confirm who bears the visit that was not made",
        began="not made",
        queue=CLAIMS,
        target="our target, {days}",
        days="BOOK_VISIT_WORKING_DAYS",
        counts_working_days=True,
        tell=words.confirm_claim,
        load=claims_told,
        brief="who pays for the next visit is being checked",
    )
)
DISPUTE_CLAIM = declare(
    WorkKind(
        "dispute_claim",
        app="sites",
        turn=Turn.SUBMITTER,
        also=(Turn.AUTHORISER,),
        what="Last day to dispute the charge for the next visit",
        began="confirmed",
        target="the charge stands if nobody disputes it",
        is_right=True,
        tell=words.dispute_claim,
        load=claims_told,
        brief="last day to dispute the charge for the next visit",
    )
)
DECIDE_DISPUTE = declare(
    WorkKind(
        "decide_dispute",
        app="sites",
        turn=Turn.OPERATIONS,
        what="Decide the dispute about the next visit",
        began="disputed",
        queue=DISPUTES,
        target="our target, {days}",
        days="BOOK_VISIT_WORKING_DAYS",
        counts_working_days=True,
        tell=words.decide_dispute,
        load=claims_told,
        brief="your dispute is being looked at",
    )
)
COMPLETE = declare(
    WorkKind(
        "complete_installation",
        app="sites",
        turn=Turn.OPERATIONS,
        what="Complete the installation",
        began="equipment in",
        queue=INSTALLATIONS,
        also=(Turn.INSTALLER,),
        target="our target, {days}",
        days="COMPLETE_WORKING_DAYS",
        counts_working_days=True,
        tell=words.complete,
        load=orders_told,
        brief="completion being recorded",
    )
)

RESOLVE_ISSUE = declare(
    WorkKind(
        "resolve_stage_issue",
        app="sites",
        turn=Turn.INSTALLER,
        what="Resolve an issue of the installation",
        began="found",
        queue=INSTALLATIONS,
        tell=words.resolve,
        load=issues_told,
        brief="issue of the installation being resolved",
    )
)


def attend(purpose: VisitPurpose, what: str, brief: str) -> WorkKind:
    return declare(
        WorkKind(
            f"attend_{purpose}",
            app="sites",
            turn=Turn.INSTALLER,
            what=what,
            began="booked",
            queue=VISITS,
            tell=words.attend,
            load=visits_told,
            brief=brief,
            is_told_day=True,
            is_appointment=True,
        )
    )


ATTEND = {
    VisitPurpose.SURVEY: attend(VisitPurpose.SURVEY, "Survey visit", "survey"),
    VisitPurpose.CIRCUIT: attend(
        VisitPurpose.CIRCUIT, "Visit to install the circuit", "circuit visit"
    ),
    VisitPurpose.EQUIPMENT: attend(
        VisitPurpose.EQUIPMENT, "Visit to install the equipment", "router visit"
    ),
}


def owed(facts: SiteFacts) -> Iterator[Owed]:
    """Yield what is owed about the work on the site of an order.

    Source: R-2.13-1, R-3.5-1, R-3.5-7, R-3.6-1, R-3.7-1, R-5.2.2-4, T10.
    """
    order = facts.order
    for claim in facts.claims:
        yield from claim_owed(claim, facts)
    yield from damage_owed(facts)
    if order.state not in ON_SITE:
        return
    is_agreed = SiteAccess.is_agreed_for(facts.access)
    yield from items_owed(facts)
    if order.state == OrderState.AUTHORISED and not is_agreed:
        yield from access_owed(facts)
    open_ones = [one for one in facts.visits if one.state in OPEN]
    for visit in open_ones:
        yield from visit_owed(visit)
    yield from report_owed(facts)
    yield from paths_owed(facts)
    for issue in facts.issues:
        yield Owed(RESOLVE_ISSUE, issue, issue.at, owner=order.owner_id)
    may_go_on = is_agreed or order.state != OrderState.AUTHORISED
    is_held = facts.held_by is not None and not facts.needs_survey
    if may_go_on and not (open_ones or is_held or waits_for_items(facts)):
        yield from next_step_owed(facts)


def access_owed(facts: SiteFacts) -> Iterator[Owed]:
    """The Party says how people get in; once all is there, the site agrees to it."""
    access, order = facts.access, facts.order
    if access is None or access.confirmed_at is None:
        yield Owed(CONFIRM_ACCESS, order, begun(facts))
    elif not open_items(facts):
        settled = [item.closed_at for item in facts.items]
        since = latest(begun(facts), access.confirmed_at, *settled)
        yield Owed(AGREE_ACCESS, order, since, owner=order.owner_id)


def visit_owed(visit: SiteVisit) -> Iterator[Owed]:
    """The visit itself; on the last day the right to move it for nothing.

    While its day is only offered, the other side has to choose.
    """
    if visit.state == VisitState.PROPOSED:
        kind = ANSWER_DAYS if visit.is_offered_by_party else CHOOSE_DAY
        yield Owed(kind, visit, visit.offered_at or visit.booked_at)
        return
    yield Owed(ATTEND[VisitPurpose(visit.purpose)], visit, visit.booked_at, visit.on)
    if visit.state != VisitState.CONFIRMED:
        return
    free = visit.last_free_day
    yield Owed(MOVE_VISIT, visit, visit.booked_at, free, starts_on=free)


def claim_owed(claim: VisitClaim, facts: SiteFacts) -> Iterator[Owed]:
    """Yield who has to say something about what the next visit costs. T10, T11."""
    owner = facts.order.owner_id
    if claim.state == ClaimState.OPEN:
        yield Owed(CONFIRM_CLAIM, claim, claim.opened_at, owner=owner)
    elif claim.state == ClaimState.CONFIRMED and claim.confirmed_at:
        until = claim.dispute_until
        yield Owed(DISPUTE_CLAIM, claim, claim.confirmed_at, until)
    elif claim.state == ClaimState.DISPUTED and claim.disputed_at:
        yield Owed(DECIDE_DISPUTE, claim, claim.disputed_at, owner=owner)


def next_step_owed(facts: SiteFacts) -> Iterator[Owed]:
    """Yield what comes after the last visit: another, or the end of the work."""
    order, since = facts.order, begun(facts)
    equipment = next(
        (row for row in facts.stages if row.stage == StageKind.EQUIPMENT), None
    )
    if equipment is not None:
        # An issue that is open keeps it from being complete, and is owed by itself.
        if not facts.issues:
            yield Owed(COMPLETE, order, equipment.at, owner=order.owner_id)
    elif is_next_free(facts) and (
        order.state != OrderState.SURVEY or order.surveyed_at is None
    ):
        yield Owed(booking_of(facts), order, since)


def is_next_free(facts: SiteFacts) -> bool:
    """Say whether no issue of a stage that was done holds the next one up. R-3.7-4."""
    done = {row.stage for row in facts.stages}
    return not any(issue.stage in done for issue in facts.issues)


def booking_of(facts: SiteFacts) -> WorkKind:
    if not facts.visits:
        return BOOK_FIRST
    return BOOK_SURVEY if facts.order.state == OrderState.SURVEY else BOOK_NEXT


def begun(facts: SiteFacts) -> datetime:
    """Return since when the next step on site can be taken."""
    visits = [one.closed_at for one in facts.visits]
    stages = [one.at for one in facts.stages]
    agreed = facts.access.agreed_at if facts.access else None
    order = facts.order
    known = [facts.verified_at, agreed, *visits, *stages, order.accepted_at]
    return latest(*known)


def ending(facts: SiteFacts, kind: str) -> Ending:
    """Say how a thing on site ended: with its order, or since it was done."""
    return ENDINGS.get(OrderState(facts.order.state), Ending.DONE)
