"""The register of organisations, with which RDPs have no connection yet."""

from datetime import date
from typing import Any

from django.contrib import admin
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.views.main import ERROR_FLAG
from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils import timezone

from common.clock import uk_date
from common.csv_file import csv_download
from connections.models import Connection
from dccportal.desk.lists import Choices
from orders.models import ConnectionRequest, Sharer
from orders.states import OrderState
from parties.admin import PartyAdmin
from parties.models import Party, PartyStanding, ProviderAppointment
from parties.states import Standing

LIST = "admin:parties_party_changelist"
HEADS = ("Party", "Reference", "Standing", "Connection", "Address", "Phone")
WITHOUT = Q(is_rdp=True, has_own=False, has_shared=False, has_provider=False)


def with_reach(parties: "QuerySet[Any]", today: date) -> "QuerySet[Any]":
    """Add whether each is an RDP on `today` (a UK date), and how it reaches DCC.

    Its own connection counts, one that it shares now, and one of a service provider
    that it has appointed now. `has_order` is a request that was sent and still moves.

    Source: R-2.1.2-2, R-2.2-4.
    """
    this = OuterRef("pk")
    standings = PartyStanding.objects.valid_on(today).filter(standing=Standing.RDP)
    is_now = Q(until_on=None) | Q(until_on__gte=today)
    shares = Sharer.objects.filter(is_now, from_on__lte=today, party=this)
    appointed = ProviderAppointment.objects.valid_on(today).filter(rdp=this)
    asked = ConnectionRequest.objects.in_progress().exclude(state=OrderState.DRAFT)
    found: QuerySet[Any] = parties.annotate(
        is_rdp=Exists(standings.filter(party=this)),
        has_own=Exists(Connection.objects.filter(party=this)),
        has_shared=Exists(shares.filter(order__connection__isnull=False)),
        has_provider=Exists(appointed.filter(provider__connections__isnull=False)),
        has_order=Exists(asked.filter(party=this)),
    )
    return found


def reach_words(party: Any) -> str:
    """Say how a Party of `with_reach` reaches DCC."""
    ways = (
        (party.has_own, "Its own"),
        (party.has_shared, "Shared by a Gateway Party"),
        (party.has_provider, "Through its service provider"),
        (party.has_order, "None yet, an order is under way"),
        (party.is_rdp, "None: an RDP needs one"),
    )
    return next((words for has_it, words in ways if has_it), "None")


class ReachFilter(admin.SimpleListFilter):
    title = "connection"
    parameter_name = "connection"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Choices:
        return [("missing", "RDPs without a connection"), ("rdp", "All RDPs")]

    def queryset(
        self, request: HttpRequest, queryset: "QuerySet[Any]"
    ) -> "QuerySet[Any]":
        kept = {"missing": WITHOUT, "rdp": Q(is_rdp=True)}
        return queryset.filter(kept.get(self.value() or "", Q()))


admin.site.unregister(Party)


@admin.register(Party)
class RegisterAdmin(PartyAdmin):
    list_display = (*PartyAdmin.list_display, "reach")  # type: ignore[assignment]
    list_filter = (ReachFilter,)
    change_list_template = "desk/parties.html"

    def get_queryset(self, request: HttpRequest) -> "QuerySet[Any]":
        return with_reach(super().get_queryset(request), uk_date(timezone.now()))

    @admin.display(description="Connection")
    def reach(self, party: Any) -> str:
        return reach_words(party)

    def get_urls(self) -> list[URLPattern]:
        export = self.admin_site.admin_view(self.export_view)
        route = path("export/", export, name="parties_party_export")
        return [route, *super().get_urls()]

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> Any:
        words = {
            "title": "Parties",
            "lead": "SEC Parties, Registration Data Providers and service providers. "
            "Each RDP needs a connection, its own or through a Gateway Party (section "
            "2.1.2).",
            "export_url": f"{reverse('admin:parties_party_export')}"
            f"?{request.GET.urlencode()}",
        }
        return super().changelist_view(request, {**words, **(extra_context or {})})

    def export_view(self, request: HttpRequest) -> HttpResponseBase:
        """Send the whole list as it is filtered and searched."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        try:
            chosen = self.get_changelist_instance(request).get_queryset(request)
        except IncorrectLookupParameters:
            return redirect(f"{reverse(LIST)}?{ERROR_FLAG}=1")
        name = f"parties-{uk_date(timezone.now())}.csv"
        return csv_download(name, HEADS, map(self.cells, chosen))

    def cells(self, party: Any) -> list[Any]:
        standing, reach = self.standing(party), reach_words(party)
        address = " ".join(party.address.split())
        return [party.name, party.reference, standing, reach, address, party.phone]
