"""Taking a request back."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django_fsm import can_proceed

from common.access import UserRequest, for_contacts
from common.forms import refusals_in
from common.unsent import give_back
from orders import commands, policies
from orders.forms import (
    WithdrawRequestForm,
)
from orders.views.base import (
    ASK_AND_ANSWER,
    order_or_404,
    typed,
)


@for_contacts
@ASK_AND_ANSWER
def order_withdraw(request: UserRequest, reference: str) -> HttpResponse:
    order = order_or_404(request, reference)
    form = WithdrawRequestForm(typed(request))
    give_back(request, form)
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        with refusals_in(form):
            commands.withdraw_request(order.pk, by=request.user, reason=reason)
            messages.success(request, f"{order} is withdrawn. You owe nothing for it.")
            return redirect(order)
    facts = {
        "order": order,
        "form": form,
        "may_withdraw": policies.may_withdraw(order, request.user),
        "is_possible": can_proceed(order.withdraw),
    }
    return render(request, "orders/withdraw.html", facts)
