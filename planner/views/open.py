"""The planner for anybody: worked out from the address alone, kept on request."""

from http import HTTPStatus
from typing import Any

from allauth.core import ratelimit
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from common.access import read_from_address
from common.clock import uk_date
from planner import commands
from planner.forms import PlanForm
from planner.models import MessageSize
from planner.querysets import prices_on
from planner.views.page import PlanPage


def page_of(typed: Any) -> PlanPage:
    """Return the page of what was typed, with today's prices and assumptions."""
    today = uk_date(timezone.now())
    rows = MessageSize.objects.by_kind(today)
    sizes = {kind: row.size_bytes for kind, row in rows.items()}
    form = PlanForm(typed, ceiling_mbps=settings.HV_MAXIMUM_MBPS, sizes=sizes)
    return PlanPage(form, prices_on(today), rows)


def show(request: HttpRequest, page: PlanPage, **more: object) -> HttpResponse:
    facts = {
        "page": page,
        "form": page.form,
        "kept_days": settings.PLAN_KEPT_DAYS,
        **more,
    }
    status = HTTPStatus.TOO_MANY_REQUESTS if more.get("is_too_often") else HTTPStatus.OK
    return render(request, "planner/plan.html", facts, status=status)


@require_safe
def plan(request: HttpRequest) -> HttpResponse:
    return show(request, page_of(request.GET or None))


@read_from_address("plan")
@require_POST
def plan_save(request: HttpRequest) -> HttpResponse:
    """Keep what was sent, and show it at its address or go on to the requests."""
    page = page_of(request.POST)
    if page.has_errors:
        return show(request, page)
    if not ratelimit.consume(request, action="save_plan"):
        return show(request, page, is_too_often=True)
    kept = commands.save_plan(page.answers)
    place = "plan-start" if "start" in request.GET else "plan-saved"
    return redirect(place, kept.token)
