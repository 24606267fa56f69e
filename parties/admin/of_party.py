"""A list is narrowed to one Party: by the links of its page, and of no other."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from parties.models import Party
from parties.policies import signed_in

PARTY = "party"


class OfPartyFilter(admin.SimpleListFilter):
    """Stands beside a list only while it is narrowed, so that it can be widened."""

    title = "Party"
    parameter_name = PARTY

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        asked = request.GET.get(PARTY, "")
        if not asked.isdecimal():
            return []
        found = Party.objects.visible_to(signed_in(request)).filter(pk=asked)
        return [(str(party.pk), party.name) for party in found]

    def queryset(
        self, request: HttpRequest, queryset: "QuerySet[Any]"
    ) -> "QuerySet[Any]":
        asked = self.value() or ""
        return queryset.filter(party=asked) if asked.isdecimal() else queryset
