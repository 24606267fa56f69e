"""Parties and senders are offered while somebody types a name: a few, never all."""

from collections.abc import Iterable

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path
from django.utils import timezone

from common.clock import uk_date
from common.pages import PagesAdmin
from common.search import Terms, read_terms
from parties.forms import PARTIES_NAMED, SENDERS_NAMED
from parties.models import Party, User
from parties.policies import signed_in
from parties.search import parties_found, people_found

FEWEST_LETTERS, MOST_OFFERED = 2, 10
# What a field is filled with, and the words beside it.
Option = tuple[str, str]


class NamedPages(PagesAdmin):
    """Adds to the register of Parties what fields that name one of its rows ask."""

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        return [
            path("named/", view(self.named_view), name=PARTIES_NAMED),
            path("senders/", view(self.senders_view), name=SENDERS_NAMED),
            *super().get_urls(),
        ]

    def named_view(self, request: HttpRequest) -> HttpResponse:
        terms = self.terms(request)
        parties = Party.objects.visible_to(signed_in(request)).order_by("name", "pk")
        found = parties_found(parties, terms)[:MOST_OFFERED] if terms.words else ()
        return offered(request, ((party.name, party.reference) for party in found))

    def senders_view(self, request: HttpRequest) -> HttpResponse:
        """Offer who is nominated to submit requests today."""
        terms, today = self.terms(request), uk_date(timezone.now())
        people = User.objects.visible_to(signed_in(request)).senders(today)
        rows = people_found(people, terms).select_related("party")
        found = rows.order_by("name", "pk")[:MOST_OFFERED] if terms.words else ()
        return offered(request, ((one.email, f"{one}, {one.party}") for one in found))

    def terms(self, request: HttpRequest) -> Terms:
        if not self.has_view_permission(request):
            raise PermissionDenied
        typed = request.GET.get("q", "").strip()
        return read_terms(typed) if len(typed) >= FEWEST_LETTERS else Terms()


def offered(request: HttpRequest, options: Iterable[Option]) -> HttpResponse:
    return render(request, "desk/options.html", {"options": options})
