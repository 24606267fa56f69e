"""The two stages on site, and the day on which installation is complete."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils import timezone

from common.clock import uk_date
from common.money import ZERO
from common.wording import day_words
from orders.models import ConnectionRequest
from orders.states import ConnectionType, OrderState
from parties.models import User
from quotes.commands import accepted_quote
from quotes.models import Quote
from records.errors import NotPossibleInState
from records.transitions import SYSTEM, perform, record_event
from records.unit import command
from sites import policies
from sites.commands.certificate import record_completion
from sites.commands.paths import require_own_paths
from sites.commands.visit import (
    require_access,
    require_no_issue,
    require_stage_to_do,
)
from sites.errors import (
    CircuitResultMissing,
    DoneBefore,
    DoneInTheFuture,
    MeasuredBandwidthMissing,
    MeasuredNotPositive,
    PreviousStageFirst,
    ProviderMissing,
    VisitMissing,
)
from sites.models import InstallationStage, SiteVisit
from sites.signals import installation_completed
from sites.states import PREVIOUS_STAGE, StageKind

MEASURED = ("measured_down_mbps", "measured_up_mbps")


def begin_after_survey(quote: Quote, *, at: datetime) -> None:
    """Begin installation when the updated offer is accepted, its order being locked.

    Source: R-3.6-5.
    """
    if quote.is_updated and quote.order.state == OrderState.SURVEY:
        perform(quote.order.begin_installation, by=SYSTEM, at=at)


def require_past(day: date, at: datetime) -> None:
    if day > uk_date(at):
        raise DoneInTheFuture(day=day_words(day))


def require_not_before(day: date, earlier_day: date, earlier: str) -> None:
    if day < earlier_day:
        raise DoneBefore(
            day=day_words(day),
            earlier=earlier,
            earlier_day=day_words(earlier_day),
        )


@command
def complete_stage(
    order_id: int,
    *,
    by: User,
    stage: str,
    done_on: date,
    test_result: str = "",
    provider: str = "",
    provider_reference: str = "",
    measured_down_mbps: Decimal | None = None,
    measured_up_mbps: Decimal | None = None,
    at: datetime | None = None,
) -> InstallationStage:
    """Record that a stage is complete, and its visit attended.

    Args:
        done_on: UK day.
        provider: of the circuit, such as BT Openreach; its order there is
            `provider_reference`. Neither is kept for the equipment.
        measured_down_mbps, measured_up_mbps: of an LV circuit, by its test; from DCC
            to the Party, and to DCC.

    Raises:
        PreviousStageFirst: the circuit comes before the equipment.
        StageIssueOpen: what was found is not resolved yet.
        SecondLinkHeld: its route has points in common with that of its pair.
        VisitMissing: no visit is booked for it.
        CircuitResultMissing: the circuit's basic test has no result.
        ProviderMissing: nobody could report a fault of the circuit.
        MeasuredBandwidthMissing: the Party has only an estimate of its LV line.
        MeasuredNotPositive: a figure is 0 or less, or only one is given.
        StageAlreadyComplete, DoneInTheFuture, DoneBefore, NotPossibleInState,
        PermissionDenied.

    Source: R-2.12-2, R-2.12-3, R-3.7-1, R-3.7-3, R-3.7-4, R-1.3-4, R-2.6-7, T31.
    """
    at = at or timezone.now()
    order: ConnectionRequest = ConnectionRequest.objects.locked().get(pk=order_id)
    if not policies.may_work_on_site(order, by):
        raise PermissionDenied
    if order.state != OrderState.INSTALL:
        raise NotPossibleInState(subject=order, state=order.get_state_display().lower())
    require_stage_to_do(order, stage)
    require_no_issue(order)
    require_access(order)
    require_own_paths(order)
    visit = visit_done(order, StageKind(stage), done_on, at)
    circuit = circuit_facts(StageKind(stage), test_result, provider, provider_reference)
    circuit |= measured_facts(
        order, StageKind(stage), (measured_down_mbps, measured_up_mbps)
    )
    perform(visit.attend, by=by, at=at)
    row = InstallationStage.objects.create(
        order=order,
        stage=stage,
        visit=visit,
        done_on=done_on,
        test_result=test_result,
        **circuit,
        by=by,
        at=at,
    )
    what = f"{row.get_stage_display()} installed on {day_words(done_on)}"
    if row.provider:
        what = f"{what} by {row.provider}, their reference {row.provider_reference}"
    record_event(row, "complete_stage", by=by, at=at, what=what, why=test_result)
    return row


def visit_done(
    order: ConnectionRequest, stage: StageKind, done_on: date, at: datetime
) -> SiteVisit:
    """Return the visit on which a stage was done; refuse a day that it cannot be."""
    visit = visit_for(order, stage)
    require_day_of_visit(visit, done_on, at)
    require_not_before_previous(order, stage, done_on)
    return visit


def require_day_of_visit(visit: SiteVisit, done_on: date, at: datetime) -> None:
    """Refuse a day on which nobody can have come; it may be another than was booked.

    Source: R-2.12-1, R-3.6-1.
    """
    require_past(done_on, at)
    booked_on = uk_date(visit.booked_at)
    require_not_before(done_on, booked_on, f"the booking of {visit}")


def circuit_facts(
    stage: StageKind, test_result: str, provider: str, provider_reference: str
) -> dict[str, Any]:
    """Return what only a circuit is known by; refuse one without. Source: R-1.3-4."""
    if stage != StageKind.CIRCUIT:
        return {}
    if not test_result.strip():
        raise CircuitResultMissing
    facts = {
        "provider": provider.strip(),
        "provider_reference": provider_reference.strip(),
    }
    if not all(facts.values()):
        raise ProviderMissing
    return facts


def measured_facts(
    order: ConnectionRequest, stage: StageKind, figures: tuple[Decimal | None, ...]
) -> dict[str, Any]:
    """Return what the test of an LV circuit measured; needed after an estimate.

    Source: R-2.6-7, T31.
    """
    if stage != StageKind.CIRCUIT or order.connection_type != ConnectionType.LV:
        return {}
    given = [figure for figure in figures if figure is not None]
    if not given and is_only_estimated(order):
        raise MeasuredBandwidthMissing
    if len(given) == 1 or any(figure <= ZERO for figure in given):
        raise MeasuredNotPositive
    return dict(zip(MEASURED, figures, strict=True))


def is_only_estimated(order: ConnectionRequest) -> bool:
    """Say whether the bandwidth of an LV line is known from a line check alone."""
    review = getattr(order, "site_review", None)
    is_open = review is not None and review.is_slow_or_open
    return is_open and order.surveyed_at is None


def visit_for(order: ConnectionRequest, stage: StageKind) -> SiteVisit:
    visit: SiteVisit | None = order.visits.to_come().filter(purpose=stage).first()
    if visit is None:
        raise VisitMissing(stage=stage.label.lower())
    return visit


def require_not_before_previous(
    order: ConnectionRequest, stage: StageKind, done_on: date
) -> None:
    previous = PREVIOUS_STAGE.get(stage)
    earlier = order.stages.filter(stage=previous).first() if previous else None
    if earlier is not None:
        words = f"the {earlier.get_stage_display().lower()}"
        require_not_before(done_on, earlier.done_on, words)


@command
def complete_installation(
    order_id: int, *, by: User, completed_on: date, at: datetime | None = None
) -> ConnectionRequest:
    """Flag installation complete: the contract period starts, the bill is raised.

    The connection, its period and its first charges follow from the signal.

    Args:
        completed_on: UK day; neither to come, nor before authority or the last stage.

    Raises:
        PreviousStageFirst: a stage is not complete.
        StageIssueOpen: what was found in a stage is not resolved yet.
        DoneInTheFuture, DoneBefore, NotPossibleInState, PermissionDenied.

    Source: R-3.7-4, R-3.7-5, R-2.9.1-5, R-2.12-2.
    """
    at = at or timezone.now()
    order: ConnectionRequest = ConnectionRequest.objects.locked().get(pk=order_id)
    why = f"Complete on {day_words(completed_on)}"
    perform(order.complete_installation, by=by, at=at, why=why)
    quote = accepted_quote(order)
    check_completion_day(order, quote, completed_on, at)
    require_no_issue(order)
    record_completion(order, completed_on=completed_on, by=by, at=at)
    installation_completed.send(
        ConnectionRequest,
        order=order,
        quote=quote,
        completed_on=completed_on,
        by=by,
        at=at,
    )
    return order


def check_completion_day(
    order: ConnectionRequest, quote: Quote, completed_on: date, at: datetime
) -> None:
    """Refuse a day that installation cannot have been complete on."""
    require_past(completed_on, at)
    if quote.decided_at is not None:
        authorised_on = uk_date(quote.decided_at)
        require_not_before(completed_on, authorised_on, "authority to proceed")
    done = {row.stage: row.done_on for row in order.stages.all()}
    for stage in StageKind:
        if stage not in done:
            raise PreviousStageFirst(previous=stage.label.lower())
        words = f"the {stage.label.lower()}"
        require_not_before(completed_on, done[stage], words)
