"""Checking what was answered, and sending it."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from common.access import UserRequest, for_contacts
from common.forms import refusals_in
from common.unsent import give_back
from orders import commands, policies
from orders.forms import (
    DeclarationForm,
    bound_sections,
)
from orders.states import OrderState
from orders.views.base import (
    ASK_AND_ANSWER,
    nobody_authorises,
    order_or_404,
    require_filler,
    typed,
)
from orders.views.form import address, read_only
from orders.views.questions import asked_of
from orders.views.way_back import FROM_CHECK
from records.unit import command


@for_contacts
@ASK_AND_ANSWER
def order_check(request: UserRequest, reference: str) -> HttpResponse:
    order = order_or_404(request, reference)
    may_submit = policies.may_fill_in(order, request.user)
    if request.method == "POST":
        require_filler(request.user, order)
    elif not (may_submit and order.is_editable):
        return read_only(request, order, may_submit=may_submit)
    parts = bound_sections(order)
    questions = asked_of(order, parts)
    form = DeclarationForm(typed(request), order=order, by=request.user)
    give_back(request, form)
    if form.is_valid():
        titles = [part.title for part in parts if not part.is_complete]
        with refusals_in(form):
            send(form, request, titles)
            return redirect("order-submitted", order.reference)
    facts = {
        "order": order,
        "form": form,
        "questions": questions,
        "unanswered": [asked for asked in questions if not asked.is_answered],
        "missing": [part for part in parts if not part.is_complete],
        "parts": [(part, part.rows(f"{address(part)}{FROM_CHECK}")) for part in parts],
        "way": FROM_CHECK,
        "nobody_authorises": nobody_authorises(request.user, order.party_id),
    }
    return render(request, "orders/check.html", facts)


@command
def send(form: DeclarationForm, request: UserRequest, missing: list[str]) -> None:
    """Send the form, under the references of its pair that were given with it."""
    pk, names = form.order.pk, form.cleaned_data
    if "own" in names:
        given = {name: names[name] for name in ("own", "partner") if name in names}
        commands.name_pair(pk, by=request.user, **given)
    commands.submit_request(pk, by=request.user, missing=missing)


@for_contacts
@require_safe
def order_submitted(request: UserRequest, reference: str) -> HttpResponse:
    order = order_or_404(request, reference)
    if order.is_editable:
        return redirect("order-form", order.reference)
    if order.state != OrderState.SUBMITTED:
        return redirect(order)
    facts = {
        "order": order,
        "nobody_authorises": nobody_authorises(request.user, order.party_id),
    }
    return render(request, "orders/submitted.html", facts)
