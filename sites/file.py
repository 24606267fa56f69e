"""What is known of the work at an order's site, for its pages and steps."""

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.functional import cached_property

from common.prepared import hand_out, prepared
from orders.file import FilePart, OrderFile
from orders.states import OrderState
from parties.models import User
from quotes.file import quotes_of
from sites.models import (
    AccessDocument,
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
from sites.querysets import SiteVisitQuerySet
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
        site, party, role = self.order.data_centre_id, *self.file.reader
        return passports_of(site, party, role=role) if site else []

    @property
    def passport(self) -> SitePassport | None:
        return next(iter(self.passports), None)

    @cached_property
    def items(self) -> list[AccessItem]:
        """What has to be there before anybody may come, settled or not, by number."""
        if self.access is None:
            return []
        pk, party, role = self.order.pk, *self.file.reader
        found = self.file.own(items_of(pk, party, role=role))
        keys = tuple(item.pk for item in found)
        hand_out(found, "documents", papers_of(keys))
        hand_out(found, "costs", costs_of(keys))
        return found

    @property
    def open_items(self) -> list[AccessItem]:
        return [item for item in self.items if item.is_open]

    @cached_property
    def cost_to_accept(self) -> ItemCost | None:
        """What an authoriser has to answer before access can be agreed, if anything."""
        if self.access is None or self.access.is_agreed:
            return None
        pk, party, role = self.order.pk, *self.file.reader
        return next(iter(costs_asked(pk, party, role=role)), None)

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
        return self.file.own(visits_of(self.order.pk))

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
        pk, party, role = self.order.pk, *self.file.reader
        return self.file.own(corrections_of(pk, party, role=role))

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
        return self.file.own(equipment_of(self.order.pk)) if is_installed else []

    @cached_property
    def damage(self) -> list[DamageReport]:
        """What was ever reported of damage to it, the latest first."""
        if StageKind.EQUIPMENT not in self.done:
            return []
        pk, party, role = self.order.pk, *self.file.reader
        return self.file.own(damage_of(pk, party, role=role))

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
        return self.file.own(days_of(self.order.pk)) if self.has_visits else []

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
        return self.file.own(issues_of(self.order.pk))

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


@prepared
def passports_of(site: int, party: int, *, role: str) -> QuerySet[SitePassport]:
    seen = SitePassport.objects.visible_to(User.like(party, role))
    return seen.of_site(site).select_related("by", "data_centre")


@prepared
def items_of(order: int, party: int, *, role: str) -> QuerySet[AccessItem]:
    seen = AccessItem.objects.visible_to(User.like(party, role)).filter(order=order)
    return seen.select_related("added_by", "closed_by", "order__party")


@prepared
def papers_of(items: tuple[int, ...]) -> QuerySet[AccessDocument]:
    rows = AccessDocument.objects.filter(item__pk__in=items)
    return rows.select_related("document__by").order_by("pk")


@prepared
def costs_of(items: tuple[int, ...]) -> QuerySet[ItemCost]:
    rows = ItemCost.objects.filter(item__pk__in=items)
    return rows.select_related("answered_by").order_by("pk")


@prepared
def costs_asked(order: int, party: int, *, role: str) -> QuerySet[ItemCost]:
    seen = ItemCost.objects.visible_to(User.like(party, role)).live()
    asked = seen.filter(item__order=order, state=ItemCostState.ASKED)
    return asked.select_related("item")[:1]


@prepared
def visits_of(order: int) -> SiteVisitQuerySet:
    """Ask for all that were ever booked, the latest day first.

    Whether damage is open is asked with them, so that the order's page asks nothing
    for it alone.
    """
    around = ("result__report", "stage", "claim", "own_claim")
    rows = SiteVisit.objects.filter(order=order).select_related(*around)
    damage = DamageReport.objects.filter(order=OuterRef("order")).open()
    told = rows.annotate(has_open_damage=Exists(damage))
    found: SiteVisitQuerySet = told.order_by("-on", "-pk")
    return found


@prepared
def corrections_of(order: int, party: int, *, role: str) -> QuerySet[Correction]:
    seen = Correction.objects.visible_to(User.like(party, role))
    return seen.filter(order=order).for_pages()


@prepared
def equipment_of(order: int) -> QuerySet[InstalledItem]:
    return InstalledItem.objects.filter(order=order)


@prepared
def damage_of(order: int, party: int, *, role: str) -> QuerySet[DamageReport]:
    seen = DamageReport.objects.visible_to(User.like(party, role))
    return seen.filter(order=order).for_pages()


@prepared
def days_of(order: int) -> QuerySet[StageDay]:
    return StageDay.objects.filter(order=order).select_related("by")


@prepared
def issues_of(order: int) -> QuerySet[StageIssue]:
    return StageIssue.objects.filter(order=order).select_related("by")


def site_of(file: OrderFile) -> SiteOfOrder:
    return file.part(SiteOfOrder)
