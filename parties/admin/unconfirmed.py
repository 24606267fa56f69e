"""The list of Parties is narrowed to those whose nominations are unconfirmed."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone

from common.clock import uk_date
from parties.models import NominationsQuestion
from parties.policies import signed_in

WAITING, LATE = "asked", "late"


class UnconfirmedFilter(admin.SimpleListFilter):
    title = "Nominations"
    parameter_name = "nominations"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [
            (WAITING, "To be confirmed"),
            (LATE, "To be confirmed, last day passed: ask"),
        ]

    def queryset(
        self, request: HttpRequest, queryset: "QuerySet[Any]"
    ) -> "QuerySet[Any]":
        if self.value() not in (WAITING, LATE):
            return queryset
        asked = NominationsQuestion.objects.visible_to(signed_in(request)).open()
        if self.value() == LATE:
            asked = asked.filter(due_on__lt=uk_date(timezone.now()))
        return queryset.filter(pk__in=asked.values("party"))
