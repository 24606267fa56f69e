"""What a survey found."""

from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from common.money import ZERO
from orders.models import ConnectionRequest
from orders.states import LineKind
from parties.models import User
from records.transitions import perform, record_event
from sites import emails
from sites.errors import BandwidthNotPositive, ExpectedBandwidthMissing, WrongPurpose
from sites.models import SiteVisit, SurveyResult
from sites.states import Purpose


@transaction.atomic
def record_survey(
    visit_id: int,
    *,
    by: User,
    is_circuit_possible: bool,
    is_equipment_possible: bool,
    expected_down_mbps: Decimal | None = None,
    expected_up_mbps: Decimal | None = None,
    notes: str = "",
    at: datetime | None = None,
) -> SurveyResult:
    """Record what a survey visit found; an updated quotation can then be prepared.

    Args:
        expected_down_mbps: from DCC to the Party, in Mbps.
        expected_up_mbps: from the Party to DCC, in Mbps.

    Raises:
        ExpectedBandwidthMissing: LV on standard broadband needs both.
        BandwidthNotPositive, WrongPurpose, VisitNotYet, NotPossibleInState,
        PermissionDenied.

    Source: R-3.6-1, R-2.6-6, R-2.6-7.
    """
    at = at or timezone.now()
    order: ConnectionRequest = ConnectionRequest.objects.locked().get(visits=visit_id)
    visit: SiteVisit = order.visits.get(pk=visit_id)
    require_survey_visit(visit)
    expected = (expected_down_mbps, expected_up_mbps)
    check_bandwidth(order, expected, is_needed=is_circuit_possible)
    perform(visit.attend, by=by, at=at)
    result = SurveyResult.objects.create(
        visit=visit,
        is_circuit_possible=is_circuit_possible,
        is_equipment_possible=is_equipment_possible,
        expected_down_mbps=expected_down_mbps,
        expected_up_mbps=expected_up_mbps,
        notes=notes,
        by=by,
        at=at,
    )
    order.surveyed_at = at
    order.save(update_fields=["surveyed_at"])
    circuit = "possible" if is_circuit_possible else "not possible"
    equipment = "fits" if is_equipment_possible else "does not fit"
    what = f"Surveyed: the circuit is {circuit}, the standard equipment {equipment}"
    record_event(result, "record_survey", by=by, at=at, what=what, why=notes)
    emails.survey_recorded(result, at)
    return result


def require_survey_visit(visit: SiteVisit) -> None:
    if visit.purpose != Purpose.SURVEY:
        kind = visit.get_purpose_display().lower()
        raise WrongPurpose(
            order=visit.order, expected=kind, reason=f"{visit} was booked for that"
        )


def check_bandwidth(
    order: ConnectionRequest,
    expected: tuple[Decimal | None, Decimal | None],
    *,
    is_needed: bool,
) -> None:
    """Refuse a survey without the figures that its line needs. Source: R-2.6-7."""
    given = [figure for figure in expected if figure is not None]
    if any(figure <= ZERO for figure in given):
        raise BandwidthNotPositive
    review = getattr(order, "site_review", None)
    is_standard = review is not None and review.line_kind == LineKind.STANDARD
    is_half = len(given) == 1
    if is_half or (is_standard and is_needed and not given):
        raise ExpectedBandwidthMissing
