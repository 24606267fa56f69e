"""The pages of figures at the desk, for DCC Billing and Operations."""

from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.text import slugify

from billing import policies
from billing.figures import PAGES, Figures, FiguresPage
from common.admin import CommandAdmin
from common.clock import add_months, uk_date
from common.csv_file import csv_download
from parties.policies import signed_in

FIGURES = "billing_charge_figures"
MONTHS_SHOWN = 12


def page_called(slug: str) -> FiguresPage:
    found = next((page for page in PAGES if page.slug == slug), None)
    if found is None:
        raise Http404
    return found


def chosen_month(request: HttpRequest, today: date) -> date:
    """Return the first day of the month that is asked for; this one if none is."""
    try:
        return date.fromisoformat(f"{request.GET.get('month', '')}-01")
    except ValueError:
        return today.replace(day=1)


def figures_of(request: HttpRequest, page: FiguresPage) -> tuple[Figures, date, date]:
    if not policies.may_read_figures(None, signed_in(request)):
        raise PermissionDenied
    today = uk_date(timezone.now())
    first = chosen_month(request, today)
    return page.of(first, today), first, today


class FiguresPages(CommandAdmin):
    """The figures of what was charged, is owed and is to come."""

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        return [
            path("figures/<slug:page>/", view(self.figures_view), name=FIGURES),
            path(
                "figures/<slug:page>/table-<int:table>.csv",
                view(self.figures_csv),
                name=f"{FIGURES}_csv",
            ),
            *super().get_urls(),
        ]

    def figures_view(self, request: HttpRequest, page: str) -> HttpResponse:
        chosen = page_called(page)
        figures, first, today = figures_of(request, chosen)
        this = today.replace(day=1)
        months = [add_months(this, -ago) for ago in range(MONTHS_SHOWN)]
        context: dict[str, Any] = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": chosen.title,
            "pages": PAGES,
            "page": chosen,
            "figures": figures,
            "first": first,
            "months": months[::-1],
        }
        return TemplateResponse(request, "desk/figures.html", context)

    def figures_csv(
        self, request: HttpRequest, page: str, table: int
    ) -> HttpResponseBase:
        asked = page_called(page)
        figures, first, _ = figures_of(request, asked)
        if table >= len(figures.tables):
            raise Http404
        chosen = figures.tables[table]
        heads, rows = chosen.heads, chosen.rows
        if asked.has_months:
            heads = ("Month", *heads)
            rows = [[f"{first:%Y-%m}", *row] for row in rows]
        return csv_download(slugify(f"{page} {chosen.name}"), heads, rows)
