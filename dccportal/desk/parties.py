"""The register of organisations, with what each app says of a Party."""

from typing import Any

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils import timezone

from common.admin import ExportedList
from common.clock import uk_date
from common.csv_file import csv_download
from connections.admin.reach import PartyList, ReachFilter, reach_words, with_reach
from dccportal.desk.party_page import listed, owed_of_party, rows_of_party
from parties.admin import PartyAdmin
from parties.admin.of_party import PARTY
from parties.admin.pages import EndNomination
from parties.admin.unconfirmed import UnconfirmedFilter
from parties.models import Party
from parties.policies import signed_in
from quotes.admin.annul import AnnulWithTouched

SIGN = "admin:parties_party_signing"
HEADS = ("Party", "Reference", "Standing", "Connection", "Address", "Phone")
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
