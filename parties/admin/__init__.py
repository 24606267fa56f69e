"""The register of organisations and people."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.html import format_html_join

from common.admin import ReadInline
from common.dated import span_words
from common.pages import PagesAdmin
from common.search import Terms
from parties.admin.corrections import CorrectCentre, CorrectParty, CorrectPerson
from parties.admin.pages import (
    AddCentre,
    AddPerson,
    AddStaff,
    AddStanding,
    AppointProvider,
    CloseSignIn,
    EndNomination,
    EndStanding,
    Nominate,
    OpenSignIn,
    RegisterParty,
)
from parties.models import (
    DataCentre,
    Nomination,
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
    fields = ("name", "email", "phone", "nominated", "is_active")
    readonly_fields = ("nominated",)

    def get_queryset(self, request: HttpRequest) -> "QuerySet[Any]":
        return super().get_queryset(request).prefetch_related("nominations")

    @admin.display(description="Nominated for")
    def nominated(self, person: User) -> str:
        rows = ((in_words(row),) for row in person.nominations.all())
        return format_html_join("", "<div>{}</div>", rows) or "Nothing"


def in_words(row: Nomination) -> str:
    return f"{row.get_purpose_display()}, {span_words(row)}"


class ProviderInline(ReadInline):
    model = ProviderAppointment
    fk_name = "rdp"
    verbose_name_plural = "shared service providers that it appointed"
    fields = ("provider", "from_on", "until_on")


class CentreInline(ReadInline):
    model = DataCentre
    fields = ("name", "street", "town", "postcode", "owner")


@admin.register(Party)
class PartyAdmin(PagesAdmin):
    list_display = ("name", "reference", "standing")
    # Only that there is a search; `find` says where it looks.
    search_fields = ("name",)
    fields = ("name", "reference", "sec_identifier", "address", "phone")
    inlines = (StandingInline, PeopleInline, CentreInline, ProviderInline)
    add_page = RegisterParty()
    pages = [
        AddPerson(),
        Nominate(),
        EndNomination(),
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
    list_display = ("name", "email", "party", "role", "is_active")
    list_filter = ("role", "is_active")
    search_fields = ("name",)
    list_select_related = ("party",)
    fields = ("name", "email", "phone", "party", "role", "is_active", "last_login")
    add_page = AddStaff()
    pages = [CorrectPerson(), CloseSignIn(), OpenSignIn()]

    def find(
        self, request: HttpRequest, rows: "QuerySet[Any]", terms: Terms
    ) -> "tuple[QuerySet[Any], bool]":
        return people_found(rows, terms), False


@admin.register(DataCentre)
class DataCentreAdmin(PagesAdmin):
    list_display = ("name", "town", "postcode", "party")
    search_fields = ("name", "town", "postcode", "party__name")
    list_select_related = ("party",)
    pages = [CorrectCentre()]
