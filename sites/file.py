"""What is known of the work at an order's site, for its pages and steps."""

from django.db.models import Exists, OuterRef
from django.utils.functional import cached_property

from orders.file import FilePart, OrderFile
from orders.states import OrderState
from quotes.file import quotes_of
from sites.models import (
    AccessItem,
    CircuitOrder,
    Completion,
    Correction,
    DamageReport,
    InstallationStage,
    InstalledItem,
    ItemCost,
    PathCheck,
    SiteAccess,
    SitePassport,
    SiteVisit,
    StageDay,
    StageIssue,
    SurveyResult,
    VisitClaim,
)
from sites.states import DayKind, ItemCostState, StageKind, VisitPurpose

BEFORE_ANY_VISIT = (
    OrderState.DRAFT,
    OrderState.SUBMITTED,
    OrderState.RETURNED,
    OrderState.ACCEPTED,
    OrderState.QUOTED,
)


class SiteOfOrder(FilePart):
    @property
    def access(self) -> SiteAccess | None:
        return SiteAccess.of(self.order)

    @property
    def is_agreed(self) -> bool:
        return SiteAccess.is_agreed_for(self.access)

    @property
    def is_confirmed(self) -> bool:
        """Whether somebody said for this order how people get into its site."""
        return self.access is not None and self.access.is_confirmed

    @property
    def next_purpose(self) -> str:
        """What the next visit is for, by state and offer; empty when none is."""
        state = self.order.state
        if state == OrderState.INSTALL:
            stage = self.next_stage
            return str(stage.value) if stage else ""
        if state == OrderState.SURVEY:
            # Another survey only where the first found it impossible.
            is_done = self.survey is not None and self.survey.is_possible
            return "" if is_done else VisitPurpose.SURVEY.value
        quote = quotes_of(self.file).accepted
        is_firm = quote is not None and quote.is_firm
        return VisitPurpose.CIRCUIT.value if is_firm else VisitPurpose.SURVEY.value

    @cached_property
    def passports(self) -> list[SitePassport]:
        """What was written of getting into its site, the newest version first."""
        seen = SitePassport.objects.visible_to(self.file.user)
        rows = seen.of_site(self.order.data_centre_id)
        return list(rows.select_related("by", "data_centre"))

    @property
    def passport(self) -> SitePassport | None:
        return next(iter(self.passports), None)

    @cached_property
    def items(self) -> list[AccessItem]:
        """What has to be there before anybody may come, settled or not, by number."""
        if self.access is None:
            return []
        rows = AccessItem.objects.visible_to(self.file.user).filter(order=self.order)
        return self.file.own(rows.for_pages())

    @property
    def open_items(self) -> list[AccessItem]:
        return [item for item in self.items if item.is_open]

    @cached_property
    def cost_to_accept(self) -> ItemCost | None:
        """What an authoriser has to answer before access can be agreed, if anything."""
        if self.access is None or self.access.is_agreed:
            return None
        costs = ItemCost.objects.visible_to(self.file.user).live()
        asked = costs.filter(item__order=self.order, state=ItemCostState.ASKED)
        return asked.select_related("item").first()

    @cached_property
    def path_check(self) -> PathCheck | None:
        """What the check of both paths of its pair found, once there is one."""
        if self.order.group_id is None:
            return None
        return PathCheck.objects.filter(group=self.order.group_id).first()

    @property
    def has_visits(self) -> bool:
        return self.order.state not in BEFORE_ANY_VISIT

    @cached_property
    def visits(self) -> list[SiteVisit]:
        """All that were ever booked, the latest day first."""
        if not self.has_visits:
            return []
        around = ("result__report", "stage", "claim", "own_claim")
        rows = self.order.visits.select_related(*around)
        # Asked with them, so that the order's page asks nothing for it alone.
        damage = DamageReport.objects.filter(order=OuterRef("order")).open()
        rows = rows.annotate(has_open_damage=Exists(damage))
        rows = rows.order_by("-on", "-pk")
        return self.file.own(rows)

    @property
    def booked(self) -> list[SiteVisit]:
        """Return those to come or under way, the latest day first."""
        return [row for row in self.visits if row.is_to_come]

    @property
    def proposed(self) -> list[SiteVisit]:
        """Return those whose day is still to be agreed."""
        return [row for row in self.visits if row.is_proposed]

    @property
    def claims(self) -> list[VisitClaim]:
        """Return what its visits that were not made may cost, or cost, by day."""
        found = (getattr(visit, "own_claim", None) for visit in self.visits)
        return [claim for claim in found if claim is not None]

    def visits_for(self, purpose: VisitPurpose) -> list[SiteVisit]:
        """Return those of one purpose, in the order of their days."""
        wanted = (row for row in reversed(self.visits) if not row.is_proposed)
        return [row for row in wanted if row.purpose == purpose]

    def booked_for(self, purpose: VisitPurpose) -> SiteVisit | None:
        booked = (row for row in reversed(self.booked) if row.purpose == purpose)
        return next(booked, None)

    @property
    def survey(self) -> SurveyResult | None:
        """The latest result."""
        results = (getattr(row, "result", None) for row in self.visits)
        return next((row for row in results if row is not None), None)

    @property
    def circuit_order(self) -> CircuitOrder | None:
        """With whom the circuit is ordered, once it is."""
        return getattr(self.order, "circuit_order", None) if self.has_visits else None

    @cached_property
    def corrections(self) -> list[Correction]:
        """What was recorded wrongly and put right, the first one first."""
        if not self.has_visits:
            return []
        seen = Correction.objects.visible_to(self.file.user).filter(order=self.order)
        return self.file.own(seen.for_pages())

    @property
    def stages(self) -> list[InstallationStage]:
        """Return those that are complete, in their order; each came of a visit."""
        found = (getattr(visit, "stage", None) for visit in self.visits)
        done = [stage for stage in found if stage is not None]
        return sorted(done, key=lambda stage: (stage.done_on, stage.pk))

    @property
    def done(self) -> dict[str, InstallationStage]:
        """Return the stages that are complete, by stage."""
        return {row.stage: row for row in self.stages}

    @cached_property
    def equipment(self) -> list[InstalledItem]:
        """All that was ever in the rack, in the order in which it came there."""
        is_installed = StageKind.EQUIPMENT in self.done
        return self.file.own(self.order.installed_items.all()) if is_installed else []

    @cached_property
    def damage(self) -> list[DamageReport]:
        """What was ever reported of damage to it, the latest first."""
        if StageKind.EQUIPMENT not in self.done:
            return []
        seen = DamageReport.objects.visible_to(self.file.user).filter(order=self.order)
        return self.file.own(seen.for_pages())

    @property
    def has_open_damage(self) -> bool:
        """Whether a report of damage to it is not closed yet."""
        return any(getattr(visit, "has_open_damage", False) for visit in self.visits)

    @property
    def items_in_rack(self) -> list[InstalledItem]:
        return [item for item in self.equipment if item.removed_on is None]

    @cached_property
    def days(self) -> list[StageDay]:
        """Each day that was set for a stage, the first one first."""
        rows = self.order.stage_days.select_related("by") if self.has_visits else []
        return self.file.own(rows)

    def days_of(self, stage: str, kind: DayKind) -> list[StageDay]:
        """Return the days that were set for a stage one after the other."""
        return [row for row in self.days if (row.stage, row.kind) == (stage, kind)]

    @property
    def issues_now(self) -> list[StageIssue]:
        """Return the issues while they can hold the installation up."""
        return self.issues if self.file.state == OrderState.INSTALL else []

    @cached_property
    def issues(self) -> list[StageIssue]:
        """All that was found in the stages, the first one first."""
        if not self.has_visits:
            return []
        return self.file.own(self.order.stage_issues.select_related("by"))

    @property
    def open_issues(self) -> list[StageIssue]:
        return [row for row in self.issues_now if row.is_open]

    @property
    def next_is_held_by(self) -> StageIssue | None:
        """Return what was found in a stage that was done, and holds the next one up."""
        return next((row for row in self.open_issues if row.stage in self.done), None)

    @property
    def completion(self) -> Completion | None:
        """That its installation is complete, since when, and the certificate of it."""
        return getattr(self.order, "completion", None)

    @property
    def next_stage(self) -> StageKind | None:
        return next((stage for stage in StageKind if stage not in self.done), None)


def site_of(file: OrderFile) -> SiteOfOrder:
    return file.part(SiteOfOrder)
