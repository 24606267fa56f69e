"""What was recorded of an order's site and can be put right, and what forbids it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from common.wording import day_words
from orders.models import ConnectionRequest
from orders.states import OrderState
from quotes.models import Quote
from quotes.states import QuoteStage, QuoteState
from sites.commands.claim import made_for
from sites.models import (
    CircuitOrder,
    InstallationStage,
    SiteVisit,
    SurveyResult,
    value_words,
)
from sites.models.correction import Value
from sites.states import (
    VALUE_KIND,
    Correctable,
    StageKind,
    ValueKind,
    VisitPurpose,
    VisitState,
)

Recorded = SiteVisit | SurveyResult | InstallationStage | CircuitOrder
# In these nothing of the site is recorded yet, or nothing follows from it any more.
CORRECTED_IN = (
    OrderState.AUTHORISED,
    OrderState.SURVEY,
    OrderState.INSTALL,
    OrderState.CONFIGURING,
    OrderState.CONFIGURED,
)
COMPLETE = (OrderState.CONFIGURING, OrderState.CONFIGURED)
NOT_DONE = (VisitState.FAILED, VisitState.MISSED)
OVER = (VisitState.COMPLETED, VisitState.FAILED, VisitState.MISSED)
# What the price of the updated quotation rests on.
JUDGED = (
    Correctable.CIRCUIT_POSSIBLE,
    Correctable.EQUIPMENT_POSSIBLE,
    Correctable.EXPECTED_DOWN,
    Correctable.EXPECTED_UP,
    Correctable.CIVIL_WORKS,
)
OF_SURVEY = (Correctable.SURVEYED_ON, *JUDGED, Correctable.NOTES)
OF_CIRCUIT = (
    Correctable.PROVIDER,
    Correctable.PROVIDER_REFERENCE,
    Correctable.TEST_RESULT,
    Correctable.MEASURED_DOWN,
    Correctable.MEASURED_UP,
)
OF_CIRCUIT_ORDER = (
    Correctable.PROVIDER,
    Correctable.PROVIDER_REFERENCE,
    Correctable.ORDERED_ON,
)
RESTING = (
    QuoteState.DRAFT,
    QuoteState.ISSUED,
    QuoteState.AUTHORITY_RECEIVED,
    QuoteState.ACCEPTED,
)


@dataclass(frozen=True)
class Target:
    """One thing that was recorded: which, on which row, of which visit."""

    what: Correctable
    row: Recorded
    visit: SiteVisit | None = None

    @property
    def key(self) -> str:
        """Return what a form calls it: "provider:12"."""
        return f"{self.what}:{self.visit.pk if self.visit else ''}"

    @property
    def value(self) -> Value:
        found: Value = (
            self.row.state
            if isinstance(self.row, SiteVisit) and self.what == Correctable.OUTCOME
            else getattr(self.row, self.what)
        )
        return found

    @property
    def subject(self) -> str:
        """Return what it is of: "Circuit installation VIS-1007"."""
        if self.visit is None:
            return "Order of the circuit"
        return f"{self.visit.get_purpose_display()} {self.visit}"

    @property
    def words(self) -> str:
        return value_words(self.what, self.value)

    @property
    def kind(self) -> ValueKind:
        return VALUE_KIND[self.what]

    def __str__(self) -> str:
        return f"{self.subject}: {self.what.label[0].lower()}{self.what.label[1:]}"


def targets_of(order: ConnectionRequest) -> Iterator[Target]:
    """Yield all that was recorded of an order's site, as its visits were booked."""
    circuit_order = getattr(order, "circuit_order", None)
    stages = {row.visit_id: row for row in order.stages.all()}
    is_installed = StageKind.CIRCUIT in {row.stage for row in stages.values()}
    if circuit_order is not None and not is_installed:
        for what in OF_CIRCUIT_ORDER:
            yield Target(what, circuit_order)
    for visit in order.visits.select_related("result").order_by("pk"):
        visit.order = order
        yield from targets_of_visit(visit, stages.get(visit.pk))


def targets_of_visit(
    visit: SiteVisit, stage: InstallationStage | None
) -> Iterator[Target]:
    if visit.state in OVER:
        yield Target(Correctable.OUTCOME, visit, visit)
    if visit.arrived_at is not None or visit.state in NOT_DONE:
        yield Target(Correctable.ARRIVED_AT, visit, visit)
    result = getattr(visit, "result", None)
    if result is not None:
        yield from known(OF_SURVEY, result, visit)
    if stage is not None:
        stage.order = visit.order
        yield Target(Correctable.DONE_ON, stage, visit)
        if stage.stage == StageKind.CIRCUIT:
            yield from known(OF_CIRCUIT, stage, visit)


def known(
    whats: tuple[Correctable, ...], row: Recorded, visit: SiteVisit
) -> Iterator[Target]:
    """Yield what the row says; a figure that nobody gave cannot be wrong."""
    for what in whats:
        if VALUE_KIND[what] != ValueKind.MBPS or getattr(row, what) is not None:
            yield Target(what, row, visit)


def held_by(order: ConnectionRequest, target: Target) -> str:
    """Return in words what forbids to correct it now; nothing where nothing does.

    Source: R-3.6-5, R-2.12-2, R-2.9.1-10, T11.
    """
    if order.state not in CORRECTED_IN:
        state = order.get_state_display().lower()
        return f"{order} is {state}, and nothing follows from it any more"
    if target.what == Correctable.OUTCOME:
        return outcome_held_by(order, target)
    if target.what == Correctable.ARRIVED_AT:
        return cost_held_by(target)
    return quotation_held_by(order) if target.what in JUDGED else ""


def quotation_held_by(order: ConnectionRequest) -> str:
    """Say which quotation rests on the survey. Source: R-3.6-4, R-3.6-5."""
    quotes: Any = order.quotes.filter(stage=QuoteStage.UPDATED, state__in=RESTING)
    quote: Quote | None = quotes.order_by("version").last()
    if quote is None:
        return ""
    if quote.state in (QuoteState.DRAFT, QuoteState.ISSUED):
        return f"{quote} rests on it. Withdraw that quotation first"
    return f"{quote} rests on it, and is signed"


def outcome_held_by(order: ConnectionRequest, target: Target) -> str:
    """Say what came of a visit and rests on its outcome."""
    visit = target.visit
    if visit is None:
        return ""
    if visit.state != VisitState.COMPLETED:
        return cost_held_by(target)
    charged = charged_words(visit)
    if charged:
        return charged
    if order.state in COMPLETE:
        return "the installation is complete, the contract runs and its bill is raised"
    if visit.purpose == VisitPurpose.SURVEY:
        return quotation_held_by(order) or survey_held_by(order)
    return stage_held_by(order, visit)


def survey_held_by(order: ConnectionRequest) -> str:
    if order.state == OrderState.SURVEY:
        return ""
    return "the order has gone on to its installation"


def stage_held_by(order: ConnectionRequest, visit: SiteVisit) -> str:
    """Say what was done because the stage is recorded as complete. R-2.12-2."""
    if visit.purpose == StageKind.EQUIPMENT:
        item = order.installed_items.filter(removed_on=None).first()
        return f"{item} is recorded in the rack. Take it out first" if item else ""
    later = order.visits.filter(purpose=StageKind.EQUIPMENT)
    found = later.exclude(state__in=[VisitState.CALLED_OFF, VisitState.MOVED]).first()
    if found is None:
        return ""
    if found.state in OVER:
        return f"the equipment visit {found} followed from it"
    return f"the equipment visit {found} follows from it. Call that off first"


def cost_held_by(target: Target) -> str:
    """Say what was charged, or settled, because of how a visit ended. Source: T11."""
    visit = target.visit
    if visit is None or visit.state not in OVER:
        return ""
    charged = charged_words(visit)
    if charged:
        return charged
    after = getattr(visit, "replacement", None)
    if visit.state == VisitState.MISSED and after is not None and after.state in OVER:
        return f"{after} took its place, and its Party was told that it is free"
    return ""


def charged_words(visit: SiteVisit) -> str:
    own, carried = getattr(visit, "own_claim", None), visit.claim
    if own is not None and own.is_charged:
        return f"the visit after {visit} has been charged for it"
    if carried is not None and carried.is_charged and made_for(carried) == visit:
        return f"{visit} has been charged as a visit made again"
    return ""


def anew_held_by(visit: SiteVisit) -> str:
    """Say what took the place of a visit of which all is to be recorded anew."""
    after = getattr(visit, "replacement", None)
    if after is not None:
        return f"{after} on {day_words(after.on)} took its place"
    others = visit.order.visits.open().filter(purpose=visit.purpose)
    other = others.exclude(pk=visit.pk).first()
    return f"{other} is booked or offered instead. Call it off first" if other else ""


def bounds_of(order: ConnectionRequest, stage: InstallationStage) -> list[Any]:
    """Return the days that the day of a stage may not pass, each with its words."""
    after: list[tuple[date, str]] = []
    if stage.stage == StageKind.CIRCUIT:
        later = order.stages.filter(stage=StageKind.EQUIPMENT).first()
        if later is not None:
            after.append((later.done_on, "the network equipment"))
    completion = getattr(order, "completion", None)
    if completion is not None:
        after.append((completion.completed_on, "the completion"))
    return after
