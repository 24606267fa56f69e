"""Asking for HV where LV cannot be had."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from common.access import UserRequest, for_contacts
from common.forms import refusals_in
from common.unsent import give_back
from orders import commands, policies
from orders.forms.instead import HvInsteadForm
from orders.states import ConnectionType, OrderState
from orders.views.base import ASK_AND_ANSWER, order_or_404, require_submitter, typed


@for_contacts
@ASK_AND_ANSWER
def order_hv(request: UserRequest, reference: str) -> HttpResponse:
    order = order_or_404(request, reference)
    is_lv = order.connection_type == ConnectionType.LV
    if order.state != OrderState.UNAVAILABLE or not is_lv:
        raise Http404
    form = HvInsteadForm(typed(request))
    if form.is_bound:
        require_submitter(request.user, order.party)
    give_back(request, form)
    if form.is_valid():
        rating = form.cleaned_data["rating"]
        with refusals_in(form):
            new = commands.reapply_as_hv(order.pk, by=request.user, rating=rating)
            words = f"{new} asks for HV and begins with the answers of {order}."
            messages.success(request, f"{words} Check each before you send it.")
            return redirect("order-form", new.reference)
    may_submit = policies.may_submit(order, request.user)
    facts = {"order": order, "form": form, "may_submit": may_submit}
    return render(request, "orders/hv.html", facts)
