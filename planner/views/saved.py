"""A plan that was kept, at its own address, and the requests that come of it."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from common.access import UserRequest, for_contacts
from common.forms import PortalForm, refusals_in
from orders.models import ConnectionRequest
from parties.policies import may_submit_for
from parties.views import party_of
from planner import commands
from planner.forms import PlanForm
from planner.models import Plan
from planner.views.open import show
from planner.views.page import PlanPage


def plan_or_404(request: HttpRequest, token: str) -> Plan:
    visible = Plan.objects.visible_to(request.user)
    found: Plan = get_object_or_404(visible, token=token)
    return found


def page_of_saved(plan: Plan) -> PlanPage:
    form = PlanForm(QueryDict(plan.query), ceiling_mbps=plan.ceiling_mbps)
    return PlanPage(form, plan.prices_then)


def orders_of(request: HttpRequest, plan: Plan) -> list[ConnectionRequest]:
    """Return what came of a plan, as far as the reader may know of it."""
    if not request.user.is_authenticated:
        return []
    visible: Any = ConnectionRequest.objects.visible_to(request.user)
    return list(visible.filter(plans=plan).select_related("data_centre").order_by("pk"))


def for_whom_it_is_sent(response: HttpResponse) -> HttpResponse:
    """Ask search engines to leave a plan alone: it is for those who were sent it."""
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response


@require_safe
def plan_saved(request: HttpRequest, token: str) -> HttpResponse:
    plan = plan_or_404(request, token)
    address = f"{settings.SITE_URL}{plan.get_absolute_url()}"
    facts = {"plan": plan, "address": address, "orders": orders_of(request, plan)}
    return for_whom_it_is_sent(show(request, page_of_saved(plan), **facts))


@for_contacts
@require_http_methods(["GET", "HEAD", "POST"])
def plan_start(request: UserRequest, token: str) -> HttpResponse:
    """Say what will be made of a plan, and make it."""
    plan = plan_or_404(request, token)
    party = party_of(request.user)
    form = PortalForm(request.POST if request.method == "POST" else None)
    if form.is_bound:
        with refusals_in(form):
            made = commands.start_requests(token, by=request.user)
            return redirect(first_page(request, made))
    facts = {
        "plan": plan,
        "page": page_of_saved(plan),
        "form": form,
        "party": party,
        "may_submit": may_submit_for(request.user, party.pk),
        "orders": orders_of(request, plan),
    }
    return for_whom_it_is_sent(render(request, "planner/start.html", facts))


def first_page(request: HttpRequest, made: list[ConnectionRequest]) -> str:
    """Say what was made, and return where to go on with it."""
    first = made[0]
    words = f"{first} begins with the choices of your plan."
    if len(made) > 1:
        words = (
            f"{first} and {made[1]} begin with the choices of your plan and name each "
            f"other. This is {first}, the primary; fill in and submit both."
        )
    messages.success(request, words)
    return reverse("order-form", args=[first.reference])
