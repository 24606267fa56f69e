from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from billing import policies
from billing.admin.figures import FiguresPages
from billing.admin.months import MonthPages
from billing.models import Charge
from common.money import pounds
from common.periods import by_period
from parties.admin.of_party import OfPartyFilter
from parties.policies import signed_in


@admin.register(Charge)
class ChargeAdmin(FiguresPages, MonthPages):
    change_list_template = "desk/charges.html"
    list_display = (
        "description",
        "party",
        "order",
        "amount",
        "due_on",
        "kind",
        "taken_back",
    )
    list_filter = ("kind", by_period("due_on", "due"), OfPartyFilter)
    search_fields = ("order__reference", "party__name", "description")

    def get_queryset(self, request: HttpRequest) -> "QuerySet[Any]":
        return super().get_queryset(request).for_pages()  # type: ignore[attr-defined, no-any-return]

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> Any:
        may = policies.may_export_charges(None, signed_in(request))
        extra = {"may_export": may, **(extra_context or {})}
        return super().changelist_view(request, extra)

    @admin.display(description="Taken back")
    def taken_back(self, charge: Charge) -> str:
        return "Taken back" if charge.is_taken_back else ""

    @admin.display(description="Amount, excluding VAT", ordering="net")
    def amount(self, charge: Charge) -> str:
        return pounds(charge.net)
