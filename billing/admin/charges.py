from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from billing.models import Charge
from common.admin import CommandAdmin
from common.money import pounds
from common.periods import by_period


@admin.register(Charge)
class ChargeAdmin(CommandAdmin):
    list_display = (
        "description",
        "party",
        "order",
        "amount",
        "due_on",
        "kind",
        "taken_back",
    )
    list_filter = ("kind", by_period("due_on", "due"))
    search_fields = ("order__reference", "party__name", "description")

    def get_queryset(self, request: HttpRequest) -> "QuerySet[Any]":
        return super().get_queryset(request).for_pages()  # type: ignore[attr-defined, no-any-return]

    @admin.display(description="Taken back", boolean=True)
    def taken_back(self, charge: Charge) -> bool:
        return charge.is_taken_back

    @admin.display(description="Amount, excluding VAT", ordering="net")
    def amount(self, charge: Charge) -> str:
        return pounds(charge.net)
