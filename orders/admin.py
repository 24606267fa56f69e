from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from common.admin import KeptAdmin
from orders.commands import keep_bank_holiday
from orders.models import BankHoliday
from parties.policies import is_operations


@admin.register(BankHoliday)
class BankHolidayAdmin(KeptAdmin):
    list_display = ("day", "name", "division")
    list_filter = ("division",)
    date_hierarchy = "day"
    search_fields = ("name",)
    ordering = ("-day",)

    def may_keep(self, user: Any) -> bool:
        return is_operations(user)

    def get_readonly_fields(
        self, request: HttpRequest, obj: Any = None
    ) -> tuple[str, ...]:
        """A day is never moved: deadlines were worked out with it."""
        return ("division", "day") if obj else ()

    def save_model(
        self, request: HttpRequest, obj: Any, form: Any, change: bool
    ) -> None:
        by: Any = request.user
        row = keep_bank_holiday(
            division=obj.division, day=obj.day, name=obj.name, by=by
        )
        obj.pk = row.pk
