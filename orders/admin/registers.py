from typing import Any

from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html

from common.admin import EditableRowsAdmin, moment
from common.pages import PagesAdmin
from common.periods import by_period
from orders.commands import save_bank_holiday
from orders.models import BankHoliday
from parties.policies import is_operations


@admin.register(BankHoliday)
class BankHolidayAdmin(EditableRowsAdmin):
    list_display = ("day", "name", "division")
    list_filter = ("division", by_period("day", "day"))
    search_fields = ("name",)
    ordering = ("-day",)

    def may_edit(self, user: Any) -> bool:
        return is_operations(user)

    def get_readonly_fields(
        self, request: HttpRequest, obj: Model | None = None
    ) -> tuple[str, ...]:
        """A day is never moved: deadlines were worked out with it."""
        return ("division", "day") if obj else ()

    def save_model(
        self, request: HttpRequest, obj: Any, form: object, change: bool
    ) -> None:
        by: Any = request.user
        row = save_bank_holiday(
            division=obj.division, day=obj.day, name=obj.name, by=by
        )
        obj.pk = row.pk


class RefusedFormAdmin(PagesAdmin):
    """Forms from people whom nobody had nominated. Source: R-2.2-7."""

    list_display = ("reference", "party", "sender_email", "channel", "came_at")
    list_filter = ("channel", by_period("received_at", "when it came"))
    search_fields = ("reference", "party__name", "sender_email")
    list_select_related = ("party",)
    fields = (
        "reference",
        "party",
        "sender_email",
        "channel",
        "received_at",
        "keyed_by",
        "keyed_at",
        "file",
        "keyed_as",
    )
    readonly_fields = fields
    came_at = moment("received_at", "Came")

    @admin.display(description="The form as it came")
    def file(self, refused: Any) -> str:
        if refused.document is None:
            return "None"
        url = reverse("document", args=[refused.document.pk])
        return format_html('<a href="{}">{}</a>', url, refused.document.name)
