"""Who can sign for whom on a day: whoever was nominated then and could sign in."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone

from common.clock import end_of_uk_day, uk_date
from common.csv_file import csv_download
from common.fields import Day
from common.pages import PagesAdmin
from common.search import read_terms
from parties.models import Nomination, Party
from parties.policies import signed_in
from parties.search import parties_found

SIGNING = "parties_party_signing"
MOST_SHOWN = 200
HEADS = (
    "Party",
    "Reference",
    "Person",
    "E-mail",
    "Nominated for",
    "From",
    "Until",
    "Named by",
    "Letter",
    "Back-dated because",
    "Confirmed on",
)


class SigningForm(forms.Form):
    on = Day(label="On", required=False)
    of = forms.CharField(label="Party", required=False, max_length=200)


class SigningPages(PagesAdmin):
    """Adds the page, and its table for spreadsheets, to the register of Parties."""

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        return [
            path("signing/", view(self.signing_view), name=SIGNING),
            path("signing.csv", view(self.signing_csv), name=f"{SIGNING}_csv"),
            *super().get_urls(),
        ]

    def signing_view(self, request: HttpRequest) -> HttpResponseBase:
        self.require_reader(request)
        day, words = asked(request)
        rows = list(who_can_sign(request, day, words)[: MOST_SHOWN + 1])
        export = reverse(f"admin:{SIGNING}_csv")
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": "Who can sign",
            "form": SigningForm(initial={"on": day, "of": words}),
            "day": day,
            "rows": rows[:MOST_SHOWN],
            "is_cut": len(rows) > MOST_SHOWN,
            "most": MOST_SHOWN,
            "export_url": f"{export}?{request.GET.urlencode()}",
        }
        return TemplateResponse(request, "desk/signing.html", context)

    def require_reader(self, request: HttpRequest) -> None:
        if not self.has_view_permission(request):
            raise PermissionDenied

    def signing_csv(self, request: HttpRequest) -> HttpResponseBase:
        self.require_reader(request)
        day, words = asked(request)
        rows = who_can_sign(request, day, words)
        return csv_download("who-can-sign", HEADS, cells(rows), on=day)


def asked(request: HttpRequest) -> tuple[date, str]:
    """Return the UK day that is asked for, today without one, and the Party's words."""
    form = SigningForm(request.GET)
    form.is_valid()
    said = form.cleaned_data
    return said.get("on") or uk_date(timezone.now()), said.get("of") or ""


def moment_of(day: date) -> datetime:
    """Return the instant at which a day is judged: its end, and of today this one."""
    now = timezone.now()
    return now if day == uk_date(now) else end_of_uk_day(day) - timedelta(seconds=1)


def who_can_sign(
    request: HttpRequest, day: date, words: str
) -> "QuerySet[Nomination, Any]":
    """Keep the nominations that hold on `day`, of people who could sign in then."""
    held = Nomination.objects.visible_to(signed_in(request)).held_at(moment_of(day))
    rows = held.select_related("user__party").order_by("user__party__name", "pk")
    terms = read_terms(words)
    if terms.words:
        named = parties_found(Party.objects.visible_to(signed_in(request)), terms)
        # Read first: joined to all who can sign, it is asked of each of them.
        keys = list(named.order_by().values_list("pk", flat=True))
        rows = rows.filter(user__party__in=keys)
    return rows


def cells(rows: "QuerySet[Nomination, Any]") -> Iterator[list[Any]]:
    for row in rows.iterator(chunk_size=500):
        yield [
            row.user.party.name,
            row.user.party.reference,
            row.user.name,
            row.user.email,
            row.get_purpose_display(),
            row.from_on,
            row.until_on,
            row.named_by,
            row.letter_id is not None,
            row.why_back_dated,
            row.confirmed_on,
        ]
