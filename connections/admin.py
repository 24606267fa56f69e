from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from common.admin import CommandAdmin, ReadInline
from common.periods import by_period
from connections.models import Connection, ContractPeriod, Session


class PeriodInline(ReadInline):
    model = ContractPeriod
    fields = (
        "number",
        "starts_on",
        "last_day",
        "annual_net",
        "renewal_due_on",
        "renewal_net",
        "notice_at",
        "window_last_day",
        "outcome",
    )


class SessionInline(ReadInline):
    model = Session
    fields = ("name", "service", "use", "state", "requested_at", "established_at")


@admin.register(Connection)
class ConnectionAdmin(CommandAdmin):
    list_display = ("reference", "party", "title", "completed_on", "state")
    list_filter = ("state", "connection_type", by_period("completed_on", "completed"))
    search_fields = ("reference", "order__reference", "party__name")
    inlines = (PeriodInline, SessionInline)

    def get_queryset(self, request: HttpRequest) -> "QuerySet[Any]":
        return super().get_queryset(request).for_pages()  # type: ignore[attr-defined, no-any-return]
