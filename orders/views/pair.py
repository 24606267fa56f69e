"""The pair that a request is one of: seen, made, swapped and taken apart."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render

from common.access import UserRequest, for_contacts
from common.forms import refusals_in
from common.unsent import give_back
from orders import commands, policies
from orders.errors import NotNominated
from orders.forms.pairing import ChangePairForm, PartnerForm
from orders.models import ConnectionRequest
from orders.states import OrderState
from orders.views.base import ASK_AND_ANSWER, order_or_404, typed

MOST_CHOICES = 50
SWAP, APART = "swap", "apart"
DONE = {
    SWAP: "The primary and the back-up have changed places.",
    APART: "The two requests are no longer a pair. Each stands alone.",
}
STEPS: dict[str, Callable[..., ConnectionRequest]] = {
    SWAP: commands.swap_roles,
    APART: commands.unpair,
}


@for_contacts
@ASK_AND_ANSWER
def order_pair(request: UserRequest, reference: str) -> HttpResponse:
    order = order_or_404(request, reference)
    may_submit = policies.may_fill_in(order, request.user)
    if request.method == "POST" and not may_submit:
        raise PermissionDenied(str(NotNominated(party=order.party)))
    may_change = may_submit and order.is_editable
    facts = {"order": order, "may_submit": may_submit, "may_change": may_change}
    if order.partner is None:
        return choose_partner(request, order, facts)
    return change_pair(request, order, facts)


def choose_partner(
    request: UserRequest, order: ConnectionRequest, facts: dict[str, Any]
) -> HttpResponse:
    """Offer the requests that stand alone too, and make a pair with the one chosen."""
    alone = ConnectionRequest.objects.visible_to(request.user).without_partner()
    others = alone.filter(party=order.party_id).exclude(pk=order.pk)
    orders = list(others.for_pages()[:MOST_CHOICES])
    form = PartnerForm(typed(request), orders=orders)
    give_back(request, form)
    if form.is_valid():
        chosen = form.cleaned_data
        how = {"partner_id": chosen["partner"], "option": chosen["option"]}
        with refusals_in(form):
            commands.pair_requests(order.pk, by=request.user, **how)
            return redirect("order-pair", order.reference)
    return render(
        request, "orders/pair_choose.html", {**facts, "form": form, "orders": orders}
    )


def change_pair(
    request: UserRequest, order: ConnectionRequest, facts: dict[str, Any]
) -> HttpResponse:
    partner = order.partner
    assert partner is not None  # noqa: S101  who calls has looked
    is_asked = commands.is_low_to_be_accepted(partner)
    form = ChangePairForm(typed(request), partner=partner, is_asked=is_asked)
    give_back(request, form)
    act = next((name for name in STEPS if name in request.POST), "")
    if form.is_valid() and act:
        accepted = bool(form.cleaned_data.get("no_availability"))
        how = {"is_low_accepted": accepted} if act == APART else {}
        with refusals_in(form):
            STEPS[act](order.pk, by=request.user, **how)
            messages.success(request, DONE[act])
            return redirect("order-pair", order.reference)
    pair = sorted((order, partner), key=lambda row: row.role != "primary")
    more = {"partner": partner, "pair": pair, "form": form, "DRAFT": OrderState.DRAFT}
    return render(request, "orders/pair.html", {**facts, **more})
