from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from common.access import UserRequest, for_contacts
from common.clock import add_months, uk_date
from common.errors import DomainError
from common.forms import refusals_in
from common.unsent import give_back
from connections import commands, policies
from connections.forms import ReportForm
from connections.models import Connection, PerformanceReport
from connections.states import ConnectionState
from connections.usage.figures import DAY
from connections.usage.says import DIRECTIONS
from connections.views.connection import one

PER_PAGE = 25


@require_safe
@for_contacts
def reports(request: UserRequest, reference: str) -> HttpResponse:
    found = one(request, reference)
    rows = PerformanceReport.objects.visible_to(request.user).for_pages()
    page = Paginator(rows.filter(connection=found), PER_PAGE)
    facts = {
        "connection": found,
        "page": page.get_page(request.GET.get("page")),
        "may_ask": policies.may_request_report(found, request.user),
        "is_early": found.state == ConnectionState.INSTALLED,
    }
    return render(request, "connections/reports.html", facts)


@require_http_methods(["GET", "HEAD", "POST"])
@for_contacts
def report_new(request: UserRequest, reference: str) -> HttpResponse:
    found = one(request, reference)
    is_post = request.method == "POST"
    form = ReportForm(request.POST if is_post else None, initial=last_month(found))
    give_back(request, form)
    if form.is_valid():
        with refusals_in(form):
            asked = commands.request_report(
                found.pk, by=request.user, **form.cleaned_data
            )
            words = (
                f"You asked for report {asked}. You hear by e-mail when it is there."
            )
            messages.success(request, words)
            return redirect("reports", reference=found.reference)
    facts = {
        "connection": found,
        "form": form,
        "may_ask": policies.may_request_report(found, request.user),
        "is_early": found.state == ConnectionState.INSTALLED,
    }
    return render(request, "connections/report_new.html", facts)


def last_month(connection: Connection) -> dict[str, Any]:
    """Return the days that most people ask for: the month up to yesterday."""
    yesterday = uk_date(timezone.now()) - DAY
    first_day = max(add_months(yesterday, -1) + DAY, connection.completed_on)
    return {"first_day": min(first_day, yesterday), "last_day": yesterday}


def own_report(request: UserRequest, reference: str, report: str) -> PerformanceReport:
    rows = PerformanceReport.objects.visible_to(request.user).for_pages()
    found: PerformanceReport = get_object_or_404(
        rows, connection__reference=reference, reference=report
    )
    return found


@require_safe
@for_contacts
def report(request: UserRequest, reference: str, report: str) -> HttpResponse:
    found = own_report(request, reference, report)
    asked = request.GET.get("direction", "")
    facts = {
        "report": found,
        "connection": found.connection,
        "may_withdraw": found.is_open
        and policies.may_request_report(found, request.user),
        "shown": found.shown(asked if asked in DIRECTIONS else "")
        if found.is_ready
        else None,
    }
    return render(request, "connections/report.html", facts)


@require_POST
@for_contacts
def report_withdraw(request: UserRequest, reference: str, report: str) -> HttpResponse:
    found = own_report(request, reference, report)
    try:
        commands.withdraw_report(found.pk, by=request.user)
    except DomainError as refusal:
        messages.error(request, str(refusal))
        return redirect(found)
    messages.success(request, f"Report {found} is no longer asked for.")
    return redirect("reports", reference=reference)
