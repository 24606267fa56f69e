"""How a Party reaches DCC, and which RDPs have no connection yet."""

from datetime import date
from typing import Any

from django.contrib import admin
from django.contrib.admin import ModelAdmin
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone

from common.clock import uk_date
from common.keyset import KeysetList
from connections.models import Connection
from orders.admin.lists import Choices
from orders.models import ConnectionRequest, Sharer
from orders.states import NEVER_SUBMITTED
from parties.models import Party, PartyStanding, ProviderAppointment
from parties.states import Standing

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
