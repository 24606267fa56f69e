from typing import Any

from django.contrib import admin
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from common.admin import CommandAdmin, DatedAdmin, ExportedList, moment
from common.csv_file import csv_download
from common.money import pounds
from common.periods import by_period
from parties.policies import is_operations
from parties.states import Role
from sites.commands import save_equipment_type
from sites.models import DamageReport, EquipmentType, ItemCost, SiteVisit

DAMAGE_HEAD = (
    "Report",
    "Order",
    "Gateway Party",
    "Happened",
    "Where",
    "Equipment",
    "What happened",
    "Done in an emergency",
    "What was done in the emergency",
    "Why it had to be done",
    "Reported by",
    "Reported",
    "State",
    "Who bears the repair",
    "What is done about it",
    "Last day of the repair",
    "How it ended",
    "Closed",
)


@admin.register(SiteVisit)
class SiteVisitAdmin(CommandAdmin):
    list_display = ("reference", "on", "order", "party", "site", "purpose", "state")
    list_filter = ("state", "purpose", by_period("on", "day"))
    search_fields = ("reference", "order__reference", "order__party__name")
    ordering = ("on", "pk")

    def has_view_permission(
        self, request: HttpRequest, obj: Model | None = None
    ) -> bool:
        """The installer reads the visits of the orders that were passed to it."""
        is_installer = getattr(request.user, "role", "") == Role.INSTALLER
        return super().has_view_permission(request, obj) or is_installer

    def get_queryset(self, request: HttpRequest) -> "QuerySet[Any]":
        return super().get_queryset(request).for_pages()  # type: ignore[attr-defined, no-any-return]

    def get_exclude(
        self, request: HttpRequest, obj: Model | None = None
    ) -> tuple[str, ...]:
        """A supplier is told no charges."""
        is_dcc = getattr(request.user, "is_dcc", False)
        return () if is_dcc else ("claim",)

    @admin.display(description="Gateway Party", ordering="order__party__name")
    def party(self, visit: SiteVisit) -> str:
        return str(visit.order.party)

    @admin.display(description="Site")
    def site(self, visit: SiteVisit) -> str:
        return str(visit.order.data_centre)


@admin.register(ItemCost)
class ItemCostAdmin(CommandAdmin):
    """What was asked before visits, accepted or not; a step of its order changes it."""

    list_display = ("item", "order", "party", "amount", "state", "was_asked")
    list_filter = ("state", by_period("asked_at", "asked"))
    search_fields = ("item__what", "item__order__reference", "item__order__party__name")
    ordering = ("-asked_at", "-pk")
    was_asked = moment("asked_at", "Asked")

    def get_queryset(self, request: HttpRequest) -> "QuerySet[Any]":
        return super().get_queryset(request).for_pages()  # type: ignore[attr-defined, no-any-return]

    @admin.display(description="Amount, excluding VAT", ordering="net")
    def amount(self, cost: ItemCost) -> str:
        return pounds(cost.net)

    @admin.display(description="Order", ordering="item__order__reference")
    def order(self, cost: ItemCost) -> str:
        return cost.item.thread

    @admin.display(description="Gateway Party", ordering="item__order__party__name")
    def party(self, cost: ItemCost) -> str:
        return str(cost.item.order.party)


@admin.register(DamageReport)
class DamageReportAdmin(ExportedList):
    """Reports of damage to equipment, to read and to take away as a table."""

    list_display = ("reference", "was_seen", "order", "party", "item", "state")
    list_filter = ("state", "bearer", by_period("happened_at", "day"))
    search_fields = ("reference", "order__reference", "order__party__name")
    was_seen = moment("happened_at", "Happened")
    change_list_template = "desk/orders.html"

    def get_queryset(self, request: HttpRequest) -> "QuerySet[Any]":
        return super().get_queryset(request).for_pages()  # type: ignore[attr-defined, no-any-return]

    @admin.display(description="Gateway Party", ordering="order__party__name")
    def party(self, report: DamageReport) -> str:
        return str(report.order.party)

    def list_words(self, request: HttpRequest) -> dict[str, str]:
        lead = "What was reported of damage to equipment, and what is done (section 5)."
        return {"title": "Damage to equipment", "lead": lead}

    def as_csv(self, rows: "QuerySet[Any]", request: HttpRequest) -> HttpResponseBase:
        return csv_download("damage", DAMAGE_HEAD, map(damage_cells, rows.iterator()))


def damage_cells(report: DamageReport) -> list[Any]:
    return [
        report.reference,
        report.order.reference,
        str(report.order.party),
        report.happened_at,
        report.place,
        str(report.item or ""),
        report.description,
        report.get_ground_display(),
        report.action,
        report.why,
        report.told_by or str(report.by),
        report.at,
        report.get_state_display(),
        report.get_bearer_display(),
        report.decision,
        report.repair_by,
        report.outcome,
        report.closed_at,
    ]


@admin.register(EquipmentType)
class EquipmentTypeAdmin(DatedAdmin):
    """What is installed from a day to a day. An installed item keeps its own model."""

    list_display = (
        "connection_type",
        "slot",
        "model_name",
        "rack_units",
        "from_on",
        "until_on",
    )

    def may_edit(self, user: Any) -> bool:
        return is_operations(user)

    def save_model(
        self, request: HttpRequest, obj: Any, form: object, change: bool
    ) -> None:
        by: Any = request.user
        save_equipment_type(obj, by=by)
