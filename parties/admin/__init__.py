"""The register of organisations and people."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from common.admin import ReadInline
from common.clock import uk_time
from common.pages import PagesAdmin
from common.search import Terms
from common.shown import yes_or_no
from parties.admin.confirmations import ConfirmNominations
from parties.admin.corrections import CorrectCentre, CorrectParty, CorrectPerson
from parties.admin.invitations import Invite, invitations_of
from parties.admin.named import NamedPages
from parties.admin.nominations import NominationPages, for_reader, nominations_of
from parties.admin.of_party import OfPartyFilter
from parties.admin.pages import (
    AddCentre,
    AddPerson,
    AddStaff,
    AddStanding,
    AppointProvider,
    CloseSignIn,
    EndStanding,
    Nominate,
    OpenSignIn,
)
from parties.admin.people import RegisterParty
from parties.admin.signing import SigningPages
from parties.models import (
    DataCentre,
    Party,
    PartyStanding,
    ProviderAppointment,
    User,
)
from parties.search import parties_found, people_found


class StandingInline(ReadInline):
    model = PartyStanding
    fields = ("standing", "from_on", "until_on")


class PeopleInline(ReadInline):
    model = User
    fields = ("named", "email", "phone", "nominated", "is_active")
    readonly_fields = ("named", "nominated")

    def get_queryset(self, request: HttpRequest) -> "QuerySet[Any]":
        rows = super().get_queryset(request).prefetch_related("nominations__user")
        return for_reader(rows, request)

    @admin.display(description="Name")
    def named(self, person: User) -> SafeString:
        return link_to(person, "user")

    @admin.display(description="Nominated for")
    def nominated(self, person: User) -> str:
        return nominations_of(person)


def link_to(row: User | DataCentre, kind: str) -> SafeString:
    """Return what leads to the page on which a person or premises are put right."""
    place = reverse(f"admin:parties_{kind}_change", args=[row.pk])
    return format_html('<a href="{}">{}</a>', place, row.name)


class ProviderInline(ReadInline):
    model = ProviderAppointment
    fk_name = "rdp"
    verbose_name_plural = "shared service providers that it appointed"
    fields = ("provider", "from_on", "until_on")


class CentreInline(ReadInline):
    model = DataCentre
    fields = ("named", "street", "town", "postcode", "owner")
    readonly_fields = ("named",)

    @admin.display(description="Name")
    def named(self, centre: DataCentre) -> SafeString:
        return link_to(centre, "datacentre")


@admin.register(Party)
class PartyAdmin(SigningPages, NamedPages, NominationPages):
    list_display = ("name", "reference", "standing")
    # Only that there is a search; `find` says where it looks.
    search_fields = ("name",)
    fields = ("name", "reference", "sec_identifier", "address", "phone")
    inlines = (StandingInline, PeopleInline, CentreInline, ProviderInline)
    add_page = RegisterParty()
    pages = [
        AddPerson(),
        Nominate(),
        ConfirmNominations(),
        AddStanding(),
        EndStanding(),
        AppointProvider(),
        AddCentre(),
        CorrectParty(),
    ]

    def get_queryset(self, request: HttpRequest) -> "QuerySet[Any]":
        return super().get_queryset(request).prefetch_related("standings")

    def find(
        self, request: HttpRequest, rows: "QuerySet[Any]", terms: Terms
    ) -> "tuple[QuerySet[Any], bool]":
        return parties_found(rows, terms), False

    @admin.display(description="Standing")
    def standing(self, party: Party) -> str:
        rows = party.standings.all()
        return ", ".join(row.get_standing_display() for row in rows)


@admin.register(User)
class PersonAdmin(PagesAdmin):
    list_display = ("name", "email", "party", "role", "may_sign_in")
    list_filter = ("role", "is_active", OfPartyFilter)
    search_fields = ("name",)
    list_select_related = ("party",)
    fields = (
        *("name", "email", "phone", "party", "role"),
        *("nominated", "invited", "is_active", "signed_in"),
    )
    readonly_fields = ("nominated", "invited", "signed_in")
    add_page = AddStaff()
    pages = [Invite(), CorrectPerson(), CloseSignIn(), OpenSignIn()]

    def get_queryset(self, request: HttpRequest) -> "QuerySet[Any]":
        return for_reader(super().get_queryset(request), request)

    def find(
        self, request: HttpRequest, rows: "QuerySet[Any]", terms: Terms
    ) -> "tuple[QuerySet[Any], bool]":
        return people_found(rows, terms), False

    @admin.display(description="May sign in", ordering="is_active")
    def may_sign_in(self, person: User) -> str:
        return yes_or_no(person.is_active)

    @admin.display(description="Invitations")
    def invited(self, person: User) -> str:
        return invitations_of(person)

    @admin.display(description="Nominated for")
    def nominated(self, person: User) -> str:
        return nominations_of(person)

    @admin.display(description="Last signed in")
    def signed_in(self, person: User) -> str:
        return uk_time(person.last_login) if person.last_login else "Never yet"


@admin.register(DataCentre)
class DataCentreAdmin(PagesAdmin):
    list_display = ("name", "town", "postcode", "party")
    list_filter = (OfPartyFilter,)
    search_fields = ("name", "town", "postcode", "party__name")
    list_select_related = ("party",)
    pages = [CorrectCentre()]
