"""One visit for the people of its Party: what, when, who, and what became of it."""

from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from common.access import UserRequest, for_contacts
from common.clock import uk_date
from orders.commands import working_calendar
from orders.models import BankHoliday
from sites import policies
from sites.commands.cost import claimed_cost, cost_told
from sites.models import SitePassport, SiteVisit, VisitClaim, changed_at_site
from sites.sections import counted_back, what_must_be_ready
from sites.views.gate import code_of
from sites.words import how_worked_out


def visit_or_404(request: UserRequest, reference: str) -> SiteVisit:
    visible = SiteVisit.objects.visible_to(request.user).for_its_page()
    found: SiteVisit = get_object_or_404(visible, reference=reference)
    return found


def facts_of(visit: SiteVisit, request: UserRequest, now: datetime) -> dict[str, Any]:
    """Return what both pages of a visit say: the visit, until when it is free, cost."""
    today = uk_date(now)
    calendar = working_calendar()
    passports = SitePassport.objects.visible_to(request.user)
    division = BankHoliday.Division(settings.BANK_HOLIDAY_DIVISION)
    return {
        "visit": visit,
        "order": visit.order,
        "site": visit.order.data_centre,
        "passport": passports.newest_of(visit.order.data_centre_id),
        "calendar": calendar,
        "today": today,
        "is_booked": visit.is_booked,
        "is_free": visit.is_free_to_move_on(today),
        "costs_more": costs_more(visit, today),
        "days": counted_back(visit, calendar, today),
        "how": how_worked_out(visit),
        "division": division.label,
        "cost": cost_told(visit, today),
        "gate_code": code_of(visit) if visit.is_to_come else None,
        "may_move": policies.may_move_own(visit, request.user),
    }


def costs_more(visit: SiteVisit, today: date) -> bool:
    """Say whether giving up its day costs what it does not cost already."""
    is_free = visit.is_proposed or visit.is_free_to_move_on(today)
    return not (is_free or visit.has_live_claim)


def claim_facts(visit: SiteVisit, request: UserRequest, today: date) -> dict[str, Any]:
    """Return what is claimed since a visit was not made; nothing where nothing is.

    No supplier is told what a Party pays.
    """
    if visit.is_proposed or visit.is_to_come:
        return {}
    claims = VisitClaim.objects.visible_to(request.user)
    claim = claims.filter(visit=visit).select_related("visit__order").first()
    if claim is None:
        return {}
    may = policies.may_dispute(claim, request.user)
    return {
        "claim": claim,
        "claimed": claimed_cost(claim, today),
        "may_dispute": may and claim.may_dispute_on(today),
    }


@require_safe
@for_contacts
def visit(request: UserRequest, reference: str) -> HttpResponse:
    found = visit_or_404(request, reference)
    facts = facts_of(found, request, timezone.now())
    newest, told = facts["passport"], found.passport
    facts |= {
        "ready": list(what_must_be_ready(found, newest)),
        "changed": changed_at_site(told, newest),
        "slots": found.slots.filter(is_open=True) if found.is_proposed else [],
        "result": getattr(found, "result", None),
        "next": getattr(found, "replacement", None),
        **claim_facts(found, request, facts["today"]),
    }
    return render(request, "sites/visit.html", facts)
