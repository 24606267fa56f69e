"""Throwing a draft away, and putting it back."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from common.access import UserRequest, for_contacts
from common.clock import last_day_before
from common.forms import PortalForm, refusals_in
from common.unsent import give_back
from common.wording import long_day_words
from orders import commands, policies
from orders.deadlines import discard_is_final_at
from orders.forms.pairing import BOTH, DiscardForm
from orders.models import ConnectionRequest
from orders.states import OrderState
from orders.views.base import ASK_AND_ANSWER, order_or_404, typed


@for_contacts
@ASK_AND_ANSWER
def order_discard(request: UserRequest, reference: str) -> HttpResponse:
    order = order_or_404(request, reference)
    is_asked = is_low_asked(order)
    form = DiscardForm(typed(request), order=order, is_asked=is_asked)
    give_back(request, form)
    if form.is_valid():
        chosen = form.cleaned_data
        with refusals_in(form):
            gone = commands.discard_draft(
                order.pk,
                by=request.user,
                with_partner=chosen.get("other") == BOTH,
                is_low_accepted=bool(chosen.get("no_availability")),
            )
            until = long_day_words(gone.restore_last_day)
            words = f"{gone} is thrown away. You can put it back until the end of"
            messages.success(request, f"{words} {until}.")
            return redirect(order)
    facts = {
        "order": order,
        "form": form,
        "partner": order.partner,
        "may_discard": policies.may_discard(order, request.user),
        "is_possible": order.state == OrderState.DRAFT,
        "until": last_day_before(discard_is_final_at(timezone.now())),
    }
    return render(request, "orders/discard.html", facts)


def is_low_asked(order: ConnectionRequest) -> bool:
    partner = order.partner
    return partner is not None and commands.is_low_to_be_accepted(partner)


@for_contacts
@ASK_AND_ANSWER
def order_restore(request: UserRequest, reference: str) -> HttpResponse:
    order = order_or_404(request, reference)
    form = PortalForm(typed(request))
    if form.is_valid():
        with refusals_in(form):
            commands.restore_draft(order.pk, by=request.user)
            messages.success(request, f"{order} is back, with all its answers.")
            return redirect("order-form", order.reference)
    facts = {
        "order": order,
        "form": form,
        "partner": order.partner,
        "may_restore": policies.may_discard(order, request.user),
        "is_possible": order.may_be_restored(timezone.now()),
    }
    return render(request, "orders/restore.html", facts)
