"""What a survey found."""

from datetime import date, datetime
from decimal import Decimal

from django.core.exceptions import PermissionDenied
from django.utils import timezone

from common.files import Upload
from common.money import ZERO
from common.wording import day_words
from orders import commands as orders
from orders.errors import ReasonMissing
from orders.models import ConnectionRequest
from orders.states import ConnectionType, LineKind
from parties.models import User
from records.commands import store_document
from records.models import Document
from records.transitions import perform, record_event
from records.unit import command
from sites import emails, policies
from sites.commands.change import call_off_visits_of
from sites.commands.install import require_day_of_visit
from sites.errors import (
    BandwidthNotPositive,
    CivilWorksDenied,
    CivilWorksNotDescribed,
    DiversityStillOpen,
    ExpectedBandwidthMissing,
    LineStillOpen,
    WrongPurpose,
)
from sites.models import SiteVisit, SurveyResult
from sites.states import VisitPurpose

SURVEY_REPORT = "Survey report handed in"


@command
def record_survey(
    visit_id: int,
    *,
    by: User,
    is_circuit_possible: bool,
    is_equipment_possible: bool,
    is_lv_available: bool = True,
    line_kind: str = "",
    is_diversity_available: bool | None = None,
    diversity_cost: Decimal | None = None,
    expected_down_mbps: Decimal | None = None,
    expected_up_mbps: Decimal | None = None,
    has_civil_works: bool | None = None,
    civil_works: str = "",
    report: Upload | None = None,
    notes: str = "",
    surveyed_on: date | None = None,
    at: datetime | None = None,
) -> SurveyResult:
    """Record what a survey visit found; an updated quotation can then be prepared.

    That LV cannot be had at the site ends the order, free of charge; the Party is
    offered HV in its place.

    Args:
        is_lv_available: of an order for LV; of HV it says nothing.
        line_kind: superfast or standard, where the site review had left it open.
        is_diversity_available: where it was asked for and the review had left it open.
        diversity_cost: in pounds net of VAT, with the same.
        expected_down_mbps: from DCC to the Party, in Mbps.
        expected_up_mbps: from the Party to DCC, in Mbps.
        surveyed_on: UK day on which it was made; as booked, if nobody says otherwise.
        civil_works: which are needed; the updated quotation then says what they cost.
        report: as whoever surveyed wrote it; it can be handed in later too.

    Raises:
        DoneInTheFuture, DoneBefore: it cannot have been made on that day.
        ExpectedBandwidthMissing: LV on standard broadband needs both.
        LineStillOpen, DiversityStillOpen: the survey leaves open what the site review
            had left to it.
        ReasonMissing: LV is not available, and no word says why.
        CivilWorksNotDescribed, CivilWorksDenied.
        BandwidthNotPositive, WrongPurpose, VisitNotYet, NotPossibleInState,
        PermissionDenied.

    Source: R-3.6-1, R-2.6-6, R-2.6-7, R-2.6-8, R-2.9.3-5, R-2.14-5, T31, T33.
    """
    at = at or timezone.now()
    order: ConnectionRequest = ConnectionRequest.objects.locked().get(visits=visit_id)
    visit: SiteVisit = order.visits.get(pk=visit_id)
    require_survey_visit(visit)
    is_lost = is_lv(order) and not is_lv_available
    is_possible = is_circuit_possible and not is_lost
    expected = (expected_down_mbps, expected_up_mbps)
    found = orders.Settled(
        line_kind=line_kind,
        expected=both(expected),
        is_diversity_available=is_diversity_available,
        diversity_cost=diversity_cost if is_diversity_available else None,
        civil_works=civil_words(civil_works, has_civil_works=has_civil_works),
    )
    check_bandwidth(order, expected, line_kind, is_needed=is_possible)
    if is_possible:
        check_settled(order, found)
    if is_lost and not notes.strip():
        raise ReasonMissing
    perform(visit.attend, by=by, at=at)
    require_day_of_visit(visit, surveyed_on or visit.on, at)
    result = SurveyResult.objects.create(
        visit=visit,
        surveyed_on=surveyed_on or visit.on,
        is_lv_available=not is_lost,
        is_circuit_possible=is_possible,
        is_equipment_possible=is_equipment_possible,
        expected_down_mbps=expected_down_mbps,
        expected_up_mbps=expected_up_mbps,
        has_civil_works=has_civil_works,
        civil_works=found.civil_works or "",
        report=None if report is None else kept_report(report, visit, by=by, at=at),
        notes=notes,
        by=by,
        at=at,
    )
    order.surveyed_at = at
    order.save(update_fields=["surveyed_at"])
    go_on_from_survey(result, found, by=by, at=at)
    return result


def civil_words(civil_works: str, *, has_civil_works: bool | None) -> str:
    """Return which are needed; refuse them without a word, and words where none are."""
    words = civil_works.strip()
    if has_civil_works and not words:
        raise CivilWorksNotDescribed
    if words and not has_civil_works:
        raise CivilWorksDenied
    return words


def kept_report(
    report: Upload, visit: SiteVisit, *, by: User, at: datetime
) -> Document:
    return store_document(
        report.content,
        kind=Document.Kind.SURVEY,
        name=report.name,
        content_type=report.content_type,
        virus_check=report.virus_check,
        thread=visit.thread,
        by=by,
        at=at,
    )


@command
def hand_in_survey_report(
    result_id: int, *, by: User, file: Upload, at: datetime | None = None
) -> SurveyResult:
    """Store the report of a survey that is recorded, or another in its place.

    What was handed in before stays among the documents of the order.

    Raises:
        PermissionDenied: `by` is neither the installer nor Operations.

    Source: R-3.6-1.
    """
    at = at or timezone.now()
    visits = SiteVisit.objects.filter(result=result_id)
    order: ConnectionRequest = ConnectionRequest.objects.locked().get(visits__in=visits)
    if not policies.may_work_on_site(order, by):
        raise PermissionDenied
    result: SurveyResult = SurveyResult.objects.select_related("visit").get(
        pk=result_id
    )
    result.visit.order = order
    what = "Another survey report handed in" if result.report else SURVEY_REPORT
    result.report = kept_report(file, result.visit, by=by, at=at)
    result.save(update_fields=["report"])
    record_event(result, "hand_in_survey_report", by=by, at=at, what=what)
    return result


def go_on_from_survey(
    result: SurveyResult, found: orders.Settled, *, by: User, at: datetime
) -> None:
    """Tell what was found; end the order for want of LV, or keep what was settled."""
    circuit = "possible" if result.is_circuit_possible else "not possible"
    equipment = "fits" if result.is_equipment_possible else "does not fit"
    on = day_words(result.surveyed_on)
    seen = f"the circuit is {circuit}, the standard equipment {equipment}"
    what = f"Surveyed on {on}: {seen}"
    works = result.civil_works and f"Civil works: {result.civil_works}"
    why = "\n".join(filter(None, [works, result.notes]))
    record_event(result, "record_survey", by=by, at=at, what=what, why=why)
    if not result.is_lv_available:
        end_for_want_of_lv(result, by=by, at=at)
        return
    if result.is_circuit_possible:
        orders.settle_review(result.visit.order, found, by=by, at=at)
    emails.survey_recorded(result, at)


def is_lv(order: ConnectionRequest) -> bool:
    return order.connection_type == ConnectionType.LV


def both(
    expected: tuple[Decimal | None, Decimal | None],
) -> tuple[Decimal, Decimal] | None:
    down, up = expected
    return None if down is None or up is None else (down, up)


def check_settled(order: ConnectionRequest, found: orders.Settled) -> None:
    """Refuse a survey that leaves open what the site review had left to it.

    The quotation that follows is firm, and can promise no other survey.

    Source: R-2.14-5, T31.
    """
    review = getattr(order, "site_review", None)
    if review is None:
        return
    known = (LineKind.SUPERFAST, LineKind.STANDARD)
    if review.is_line_open and found.line_kind not in known:
        raise LineStillOpen
    is_asked = order.wants_diverse_routing and review.is_diversity_available is None
    if is_asked and found.is_diversity_available is None:
        raise DiversityStillOpen


def end_for_want_of_lv(result: SurveyResult, *, by: User, at: datetime) -> None:
    """End an order whose survey found no LV at the site. Source: R-2.6-8, T33."""
    order = result.visit.order
    call_off_visits_of(order, at=at, why="The order ended: no LV at the site")
    orders.close_after_survey(order.pk, by=by, why=result.notes, at=at)


def require_survey_visit(visit: SiteVisit) -> None:
    if visit.purpose != VisitPurpose.SURVEY:
        kind = visit.get_purpose_display().lower()
        raise WrongPurpose(
            order=visit.order, expected=kind, reason=f"{visit} was booked for that"
        )


def check_bandwidth(
    order: ConnectionRequest,
    expected: tuple[Decimal | None, Decimal | None],
    line_kind: str,
    *,
    is_needed: bool,
) -> None:
    """Refuse a survey without the figures that its line needs. Source: R-2.6-7."""
    given = [figure for figure in expected if figure is not None]
    if any(figure <= ZERO for figure in given):
        raise BandwidthNotPositive
    review = getattr(order, "site_review", None)
    known = review.line_kind if review is not None else ""
    line = line_kind if known == LineKind.UNKNOWN else known
    is_standard = line == LineKind.STANDARD
    is_half = len(given) == 1
    if is_half or (is_standard and is_needed and not given):
        raise ExpectedBandwidthMissing
