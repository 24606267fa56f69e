"""One visit for the people of its Party: what, when, who; and moving it."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from common.access import UserRequest, for_contacts
from common.clock import uk_date
from common.errors import DomainError
from common.money import pounds
from common.unsent import give_back
from orders.commands import working_calendar
from orders.models import BankHoliday
from sites import commands, policies
from sites.commands.cost import next_visit_cost
from sites.forms import MoveOwnForm, know_site
from sites.models import SitePassport, SiteVisit
from sites.pricing import VisitCost
from sites.sections import counted_back, what_must_be_ready
from sites.states import VisitState
from sites.words import how_worked_out


def visit_or_404(request: UserRequest, reference: str) -> SiteVisit:
    visible = SiteVisit.objects.visible_to(request.user).for_its_page()
    found: SiteVisit = get_object_or_404(visible, reference=reference)
    return found


def newest_passport(visit: SiteVisit, request: UserRequest) -> SitePassport | None:
    visible = SitePassport.objects.visible_to(request.user)
    rows = visible.of_site(visit.order.data_centre_id)
    found: SitePassport | None = rows.select_related("data_centre").first()
    return found


def facts_of(visit: SiteVisit, request: UserRequest, now: datetime) -> dict[str, Any]:
    """Return what both pages of a visit say: the visit, until when it is free, cost."""
    today = uk_date(now)
    calendar = working_calendar()
    division = BankHoliday.Division(settings.BANK_HOLIDAY_DIVISION)
    return {
        "visit": visit,
        "order": visit.order,
        "site": visit.order.data_centre,
        "passport": newest_passport(visit, request),
        "calendar": calendar,
        "today": today,
        "is_booked": visit.state == VisitState.BOOKED,
        "is_free": visit.is_free_to_move_on(today),
        "days": counted_back(visit, calendar, today),
        "how": how_worked_out(visit),
        "division": division.label,
        "cost": next_visit_cost(visit.order, today),
        "may_move": policies.may_move_own(visit, request.user),
    }


@require_safe
@for_contacts
def visit(request: UserRequest, reference: str) -> HttpResponse:
    found = visit_or_404(request, reference)
    facts = facts_of(found, request, timezone.now())
    newest, told = facts["passport"], found.passport
    facts |= {
        "ready": list(what_must_be_ready(found, newest)),
        "changed": newest.changes_since(told) if newest and told else [],
        "next": getattr(found, "replacement", None),
    }
    return render(request, "sites/visit.html", facts)


def understood(visit: SiteVisit, cost: VisitCost | None) -> str:
    """Return what whoever moves it too late has to tick. Source: R-3.5-7, T11."""
    amount = (
        f"{pounds(cost.net)} excluding VAT"
        if cost
        else "the amount in DCC’s price list, which names none yet,"
    )
    party = visit.order.party
    return f"I understand that {party} will be charged {amount} for the next visit"


@require_http_methods(["GET", "HEAD", "POST"])
@for_contacts
def visit_move(request: UserRequest, reference: str) -> HttpResponse:
    """Say first what moving costs; a POST moves it. One clock reading serves both."""
    now = timezone.now()
    found = visit_or_404(request, reference)
    facts = facts_of(found, request, now)
    is_post = request.method == "POST"
    if is_post and not facts["may_move"]:
        raise PermissionDenied
    costs = "" if facts["is_free"] else understood(found, facts["cost"])
    form = MoveOwnForm(request.POST if is_post else None, costs=costs)
    know_site(form, facts["passport"], facts["calendar"], facts["today"])
    give_back(request, form)
    if form.is_valid():
        moved = moved_by(request, found, form, now)
        if moved is not None:
            words = f"The visit is now on {moved.when}. Whoever comes is told."
            messages.success(request, words)
            return redirect("visit", moved.reference)
    return render(request, "sites/visit_move.html", {**facts, "form": form})


def moved_by(
    request: UserRequest, visit: SiteVisit, form: MoveOwnForm, now: datetime
) -> SiteVisit | None:
    """Return the visit that takes its place; None where it is refused in words."""
    answers = form.cleaned_data
    how = {name: answers[name] for name in ("on", "window", "reason")}
    try:
        return commands.rearrange_visit(visit.pk, by=request.user, at=now, **how)
    except DomainError as refusal:
        form.add_error(None, str(refusal))
        return None
