"""The charges of a month, for DCC Billing: which there are, and each as a file."""

from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Count, Min
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.http.response import StreamingHttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils import timezone

from billing import policies
from billing.documents import csv_rows, json_text
from billing.documents.export import COLUMNS
from billing.errors import MonthNotOver
from billing.models import Charge
from common.added_up import added_up
from common.admin import CommandAdmin
from common.clock import add_months, uk_date
from common.csv_file import csv_download
from common.money import ZERO
from parties.policies import signed_in

FILE = "explicit-charges"
MONTHS = "billing_charge_months"


def months_over() -> list[dict[str, Any]]:
    """Return each UK month that is over, the latest first, with its control total."""
    first_at = Charge.objects.aggregate(first=Min("raised_at"))["first"]
    this = uk_date(timezone.now()).replace(day=1)
    month = uk_date(first_at).replace(day=1) if first_at else this
    found = []
    while month < this:
        rows = Charge.objects.raised_in(month).order_by()
        told = rows.aggregate(rows=Count("pk"), net=added_up("net"))
        slug = f"{month:%Y-%m}"
        net = told["net"] or ZERO
        found.append({"first": month, "slug": slug, "rows": told["rows"], "net": net})
        month = add_months(month, 1)
    return found[::-1]


def month_of(slug: str) -> date:
    """Return the first day of the month that an address names.

    Raises:
        Http404: it names none.
        MonthNotOver: what is raised until its end is not known yet.
    """
    try:
        first = date.fromisoformat(f"{slug}-01")
    except ValueError:
        raise Http404 from None
    if first >= uk_date(timezone.now()).replace(day=1):
        raise MonthNotOver(month=f"{first:%B %Y}")
    return first


def require_reader(request: HttpRequest) -> None:
    if not policies.may_export_charges(None, signed_in(request)):
        raise PermissionDenied


class MonthPages(CommandAdmin):
    """The pages of the desk from which DCC Billing takes what was charged."""

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        return [
            path("months/", view(self.months_view), name=MONTHS),
            path("months/<str:month>.csv", view(self.csv_view), name=f"{MONTHS}_csv"),
            path(
                "months/<str:month>.json", view(self.json_view), name=f"{MONTHS}_json"
            ),
            *super().get_urls(),
        ]

    def months_view(self, request: HttpRequest, refusal: str = "") -> HttpResponse:
        require_reader(request)
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": "Charges for DCC Billing, by month",
            "months": months_over(),
            "refusal": refusal,
        }
        status = 409 if refusal else 200
        return TemplateResponse(request, "desk/months.html", context, status=status)

    def csv_view(self, request: HttpRequest, month: str) -> HttpResponseBase:
        require_reader(request)
        try:
            first = month_of(month)
        except MonthNotOver as refusal:
            return self.months_view(request, str(refusal))
        return csv_download(FILE, COLUMNS, csv_rows(first), on=first)

    def json_view(self, request: HttpRequest, month: str) -> HttpResponseBase:
        require_reader(request)
        try:
            first = month_of(month)
        except MonthNotOver as refusal:
            return self.months_view(request, str(refusal))
        answer = StreamingHttpResponse(
            json_text(first), content_type="application/json"
        )
        name = f'attachment; filename="{FILE}-{first.isoformat()}.json"'
        answer["Content-Disposition"] = name
        answer["X-Content-Type-Options"] = "nosniff"
        answer["Cache-Control"] = "no-store"
        return answer
