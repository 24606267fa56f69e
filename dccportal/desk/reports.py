"""The reports of the desk: those of all apps, each with its chart, tables and files."""

from collections.abc import Mapping
from typing import Any

from django.contrib.admin import AdminSite
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.template.response import TemplateResponse
from django.urls import path
from django.utils import timezone
from django.utils.text import slugify
from django.views.decorators.http import require_safe

from common.clock import add_months, uk_date
from common.csv_file import csv_download
from common.reports import (
    MOST_MONTHS,
    USUAL_MONTHS,
    MonthlyReport,
    MonthSpan,
    ReportFound,
    span_asked,
)
from connections.reports import REPORTS as OF_CONNECTIONS
from orders.reports import REPORTS as OF_ORDERS
from parties.policies import has_role, signed_in
from parties.states import Role
from sites.reports import REPORTS as OF_SITES
from worklist.reports import REPORTS as OF_WORK

ALL: tuple[MonthlyReport, ...] = (*OF_ORDERS, *OF_CONNECTIONS, *OF_SITES, *OF_WORK)
BY_SLUG: Mapping[str, MonthlyReport] = {report.slug: report for report in ALL}
SPANS = (6, USUAL_MONTHS, 24, MOST_MONTHS)
READERS = (Role.OPERATIONS, Role.SERVICE_DESK, Role.AUDITOR)


def report_urls(site: AdminSite) -> list[Any]:
    """Return the addresses of the reports on an admin site."""

    def index(request: HttpRequest) -> HttpResponse:
        return reports_view(request, site)

    def one(request: HttpRequest, report: str) -> HttpResponse:
        return report_view(request, site, report)

    view = site.admin_view
    return [
        path("reports/", view(index), name="reports"),
        path("reports/<slug:report>/", view(one), name="report"),
        path(
            "reports/<slug:report>/table-<int:table>.csv",
            view(report_csv),
            name="report_csv",
        ),
    ]


def require_reader(request: HttpRequest) -> None:
    """Refuse whoever is neither of the desk nor an auditor. Source: R-1.3-1."""
    if not has_role(signed_in(request), *READERS):
        raise PermissionDenied


def report_called(slug: str) -> MonthlyReport:
    if slug not in BY_SLUG:
        raise Http404
    return BY_SLUG[slug]


def span_of(request: HttpRequest) -> MonthSpan:
    asked = request.GET
    today = uk_date(timezone.now())
    return span_asked(asked.get("from", ""), asked.get("to", ""), today)


def found_for(
    request: HttpRequest, report: MonthlyReport
) -> tuple[ReportFound, MonthSpan]:
    span = span_of(request)
    return report.find(span, uk_date(timezone.now())), span


@require_safe
def reports_view(request: HttpRequest, site: AdminSite) -> HttpResponse:
    """List the reports, each with what it tells."""
    require_reader(request)
    return shown(request, site, "desk/reports.html", {"title": "Reports"})


@require_safe
def report_view(request: HttpRequest, site: AdminSite, slug: str) -> HttpResponse:
    require_reader(request)
    report = report_called(slug)
    found, span = found_for(request, report)
    this = uk_date(timezone.now()).replace(day=1)
    facts = {
        "title": report.title,
        "report": report,
        "found": found,
        "span": span,
        "asked": f"?from={span.first:%Y-%m}&to={span.last:%Y-%m}",
        "spans": [(count, add_months(this, 1 - count), this) for count in SPANS],
        "this": this,
    }
    return shown(request, site, "desk/report_by_month.html", facts)


@require_safe
def report_csv(request: HttpRequest, report: str, table: int) -> HttpResponseBase:
    """Give one table of a report as a file."""
    require_reader(request)
    found, _ = found_for(request, report_called(report))
    if table >= len(found.tables):
        raise Http404
    chosen = found.tables[table]
    name = f"{report}-{slugify(chosen.name)}"
    return csv_download(name, chosen.heads, chosen.rows)


def shown(
    request: HttpRequest, site: AdminSite, template: str, facts: dict[str, Any]
) -> TemplateResponse:
    request.current_app = site.name
    context = {**site.each_context(request), "reports": ALL, **facts}
    return TemplateResponse(request, template, context)
