"""Where the people of a Party move its visit, call it off, or dispute its cost."""

from datetime import date, datetime

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from common.access import UserRequest, for_contacts
from common.clock import uk_date
from common.forms import refusals_in
from common.money import pounds
from common.unsent import give_back
from common.wording import long_day_words
from orders import policies as order_policies
from orders.commands import working_calendar
from orders.models import ConnectionRequest
from sites import commands, policies
from sites.deadlines import last_free_day
from sites.forms import (
    CallOffOwnForm,
    ChooseDayForm,
    DisputeForm,
    MoveOwnForm,
    know_site,
)
from sites.models import SitePassport, SiteVisit, VisitSlot
from sites.pricing import VisitCost
from sites.views.visit import claim_facts, facts_of, visit_or_404

ASK_AND_ANSWER = require_http_methods(["GET", "HEAD", "POST"])


def understood(visit: SiteVisit, cost: VisitCost | None) -> str:
    """Return what whoever gives it up too late has to tick. Source: R-3.5-7, T11."""
    amount = (
        f"{pounds(cost.net)} excluding VAT"
        if cost
        else "the amount in DCC’s price list, which names none yet,"
    )
    party = visit.order.party
    return f"I understand that {party} will be charged {amount} for the next visit"


@ASK_AND_ANSWER
@for_contacts
def visit_move(request: UserRequest, reference: str) -> HttpResponse:
    """Say first what moving costs; a POST moves it. One clock reading serves both."""
    now = timezone.now()
    found = visit_or_404(request, reference)
    facts = facts_of(found, request, now)
    is_post = request.method == "POST"
    if is_post and not facts["may_move"]:
        raise PermissionDenied
    costs = understood(found, facts["cost"]) if facts["costs_more"] else ""
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
    with refusals_in(form):
        return commands.rearrange_visit(
            visit.pk, by=request.user, at=now, **form.cleaned_data
        )
    return None


@ASK_AND_ANSWER
@for_contacts
def visit_call_off(request: UserRequest, reference: str) -> HttpResponse:
    """Say first what calling it off costs; a POST does it."""
    now = timezone.now()
    found = visit_or_404(request, reference)
    facts = facts_of(found, request, now)
    is_post = request.method == "POST"
    if is_post and not facts["may_move"]:
        raise PermissionDenied
    costs = understood(found, facts["cost"]) if facts["costs_more"] else ""
    form = CallOffOwnForm(request.POST if is_post else None, costs=costs)
    give_back(request, form)
    if form.is_valid():
        with refusals_in(form):
            how = form.cleaned_data
            commands.call_off_visit(found.pk, by=request.user, at=now, **how)
            messages.success(request, "The visit is called off. Nobody comes.")
            return redirect("visit", found.reference)
    return render(request, "sites/visit_call_off.html", {**facts, "form": form})


@ASK_AND_ANSWER
@for_contacts
def visit_days(request: UserRequest, reference: str) -> HttpResponse:
    """Show the days that are offered; a POST chooses one, or proposes others."""
    now = timezone.now()
    found = visit_or_404(request, reference)
    facts = facts_of(found, request, now)
    is_post = request.method == "POST"
    if is_post and not facts["may_move"]:
        raise PermissionDenied
    slots = list(found.slots.filter(is_open=True))
    theirs = [] if found.is_offered_by_party else slots
    choices = [(str(slot.pk), words_of(slot, facts["today"])) for slot in theirs]
    form = ChooseDayForm(request.POST if is_post else None, slots=choices)
    know_site(form, facts["passport"], facts["calendar"], facts["today"])
    give_back(request, form)
    if form.is_valid() and answered(request, found, form):
        return redirect("visit", found.reference)
    return render(
        request,
        "sites/visit_days_offered.html",
        {**facts, "form": form, "slots": slots},
    )


def words_of(slot: VisitSlot, today: date) -> str:
    """Return a slot with until when it could be moved; nothing of a day that passed."""
    last = last_free_day(slot.on, working_calendar())
    if today <= last:
        return f"{slot}. Free to move until the end of {long_day_words(last)}"
    return f"{slot}. Too soon to move it free of charge"


def answered(request: UserRequest, visit: SiteVisit, form: ChooseDayForm) -> bool:
    """Choose or propose; False where it is refused in words."""
    answers = form.cleaned_data
    with refusals_in(form):
        if form.proposes(answers):
            commands.offer_other_days(visit.pk, by=request.user, slots=answers["slots"])
            words = "The days that you propose are with whoever comes."
        else:
            chosen = int(answers["slot"])
            booked = commands.agree_day(visit.pk, by=request.user, slot_id=chosen)
            words = f"The visit is booked for {booked.when}. Whoever comes is told."
        messages.success(request, words)
        return True
    return False


@ASK_AND_ANSWER
@for_contacts
def visit_propose(request: UserRequest, reference: str) -> HttpResponse:
    """Take up to three days that a Party proposes for the next visit of its order."""
    visible = ConnectionRequest.objects.visible_to(request.user).for_pages()
    order = get_object_or_404(visible, reference=reference)
    may = order_policies.may_submit(order, request.user)
    is_post, today = request.method == "POST", uk_date(timezone.now())
    if is_post and not may:
        raise PermissionDenied
    seen = SitePassport.objects.visible_to(request.user)
    form = ChooseDayForm(request.POST if is_post else None, slots=())
    know_site(form, seen.newest_of(order.data_centre_id), working_calendar(), today)
    give_back(request, form)
    if form.is_valid():
        with refusals_in(form):
            slots = form.cleaned_data["slots"]
            visit = commands.propose_days(order.pk, by=request.user, slots=slots)
            words = "The days that you propose are with whoever comes."
            messages.success(request, words)
            return redirect("visit", visit.reference)
    facts = {"order": order, "form": form, "may_propose": may}
    return render(request, "sites/visit_propose.html", facts)


@ASK_AND_ANSWER
@for_contacts
def visit_dispute(request: UserRequest, reference: str) -> HttpResponse:
    """Say why the next visit is charged; a POST says why it should not be."""
    found = visit_or_404(request, reference)
    facts = claim_facts(found, request, uk_date(timezone.now()))
    if not facts:
        raise Http404
    claim = facts["claim"]
    is_post = request.method == "POST"
    if is_post and not policies.may_dispute(claim, request.user):
        raise PermissionDenied
    form = DisputeForm(request.POST if is_post else None)
    give_back(request, form)
    if form.is_valid():
        with refusals_in(form):
            commands.dispute_claim(claim.pk, by=request.user, **form.cleaned_data)
            words = "Your dispute is with DCC Operations. You hear what it decides."
            messages.success(request, words)
            return redirect("visit", found.reference)
    facts |= {"visit": found, "order": found.order, "form": form}
    return render(request, "sites/visit_dispute.html", facts)
