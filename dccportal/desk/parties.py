"""The register of organisations, with which RDPs have no connection yet."""

from datetime import date
from typing import Any

from django.contrib import admin
from django.contrib.admin import ModelAdmin
from django.contrib.admin.views.main import ChangeList
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils import timezone

from common.admin import ExportedList
from common.clock import uk_date
from common.csv_file import csv_download
from common.keyset import KeysetList
from connections.models import Connection
from dccportal.desk.annul import AnnulWithTouched
from dccportal.desk.party_page import listed, owed_of_party, rows_of_party
from orders.admin.lists import Choices
from orders.models import ConnectionRequest, Sharer
from orders.states import NEVER_SUBMITTED
from parties.admin import PartyAdmin
from parties.admin.of_party import PARTY
from parties.admin.pages import EndNomination
from parties.admin.unconfirmed import UnconfirmedFilter
from parties.models import Party, PartyStanding, ProviderAppointment
from parties.policies import signed_in
from parties.states import Standing

SIGN = "admin:parties_party_signing"
HEADS = ("Party", "Reference", "Standing", "Connection", "Address", "Phone")
# What `with_reach` adds.
REACH = ("is_rdp", "has_own", "has_shared", "has_provider", "has_order")
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
    on_their_way = ConnectionRequest.objects.in_progress()
    asked = on_their_way.exclude(state__in=NEVER_SUBMITTED)
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

    def lookups(self, request: HttpRequest, model_admin: ModelAdmin[Any]) -> Choices:
        return [("missing", "RDPs without a connection"), ("rdp", "All RDPs")]

    def queryset(
        self, request: HttpRequest, queryset: "QuerySet[Any]"
    ) -> "QuerySet[Any]":
        kept = {"missing": WITHOUT, "rdp": Q(is_rdp=True)}.get(self.value() or "")
        if kept is None:
            return queryset
        return with_reach(queryset, uk_date(timezone.now())).filter(kept)


class PartyList(KeysetList):
    """Asks of the Parties of one page how they reach DCC, and not of all there are."""

    def get_results(self, request: HttpRequest) -> None:
        super().get_results(request)
        keys = [party.pk for party in self.result_list]
        these = Party.objects.filter(pk__in=keys)
        found = with_reach(these, uk_date(timezone.now())).in_bulk()
        for party in self.result_list:
            for name in REACH:
                setattr(party, name, getattr(found[party.pk], name))


admin.site.unregister(Party)


@admin.register(Party)
class RegisterAdmin(ExportedList, PartyAdmin):
    list_display = (*PartyAdmin.list_display, "reach")  # type: ignore[assignment]
    list_filter = (ReachFilter, UnconfirmedFilter)
    nomination_pages = [EndNomination(), AnnulWithTouched()]
    change_list_template = "desk/parties.html"
    change_form_template = "desk/party.html"

    def get_changelist(
        self, request: HttpRequest, **kwargs: object
    ) -> type[ChangeList]:
        return PartyList

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> Any:
        """Show what belongs to the Party in every list, beside its own rows."""
        extra, user = dict(extra_context or {}), signed_in(request)
        key = object_id if (object_id or "").isdecimal() else 0
        party = Party.objects.visible_to(user).filter(pk=key or 0).first()
        if party is not None:
            today = uk_date(timezone.now())
            extra["owed"] = owed_of_party(party, user, today)
            extra["belongings"] = rows_of_party(party, user)
            extra["people_url"] = listed("parties_user", f"?{PARTY}={party.pk}")
            extra["signing_url"] = f"{reverse(SIGN)}?of={party.reference}"
        return super().changeform_view(request, object_id, form_url, extra)

    @admin.display(description="Connection")
    def reach(self, party: Any) -> str:
        return reach_words(party)

    def list_words(self, request: HttpRequest) -> dict[str, str]:
        return {
            "title": "Parties",
            "lead": "SEC Parties, Registration Data Providers and service providers. "
            "Each RDP needs a connection, its own or through a Gateway Party (section "
            "2.1.2).",
        }

    def as_csv(self, rows: "QuerySet[Any]", request: HttpRequest) -> HttpResponseBase:
        each = with_reach(rows, uk_date(timezone.now()))
        return csv_download("parties", HEADS, map(self.cells, each))

    def cells(self, party: Any) -> list[Any]:
        standing, reach = self.standing(party), reach_words(party)
        address = " ".join(party.address.split())
        return [party.name, party.reference, standing, reach, address, party.phone]
