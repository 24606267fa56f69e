"""Deciding against an offer: decline it, or cancel what was signed for."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods
from django_fsm import can_proceed

from common.access import UserRequest, for_contacts
from common.forms import refusals_in
from common.money import pounds
from common.unsent import give_back
from orders import policies as order_policies
from orders.models import ConnectionRequest
from quotes import commands, policies
from quotes.commands.cancel import accepted_quote, cancellation_charge
from quotes.forms import CancelForm, DeclineForm
from quotes.views.offer import OPEN, quote_or_404, standing

ASK_AND_ANSWER = require_http_methods(["GET", "HEAD", "POST"])
NOT_AN_AUTHORISER = (
    "Only a person nominated by your organisation to authorise orders can do this."
)


@for_contacts
@ASK_AND_ANSWER
def quote_decline(request: UserRequest, reference: str) -> HttpResponse:
    quote = quote_or_404(request, reference)
    is_sent = request.method == "POST"
    may_decline = policies.may_decline(quote, request.user)
    if is_sent and not may_decline:
        raise PermissionDenied(NOT_AN_AUTHORISER)
    if not is_sent and standing(quote, timezone.now()) != OPEN:
        return redirect(quote)
    form = DeclineForm(request.POST if is_sent else None)
    give_back(request, form)
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        with refusals_in(form):
            commands.decline_quote(quote.pk, by=request.user, reason=reason)
            words = f"Quotation {quote} is declined. You owe nothing for it."
            messages.success(request, words)
            return redirect(quote.order)
    facts = {"form": form, "quote": quote, "may_decline": may_decline}
    return render(request, "quotes/decline.html", facts)


@for_contacts
@ASK_AND_ANSWER
def order_cancel(request: UserRequest, reference: str) -> HttpResponse:
    """Show what cancelling costs now, and cancel once that amount is agreed to.

    Source: R-2.10-2, R-3.4-2.
    """
    visible = ConnectionRequest.objects.visible_to(request.user).for_pages()
    order = get_object_or_404(visible, reference=reference)
    may_cancel = order_policies.may_authorise(order, request.user)
    if request.method == "POST" and not may_cancel:
        raise PermissionDenied(NOT_AN_AUTHORISER)
    if not can_proceed(order.cancel):
        return render(request, "quotes/cancel_not.html", {"order": order})
    charge = cancellation_charge(order)
    form = CancelForm(request.POST if request.method == "POST" else None, charge=charge)
    give_back(request, form)
    if form.is_valid() and cancel(form, order, request):
        return redirect(order)
    facts = {
        "form": form,
        "order": order,
        "quote": accepted_quote(order),
        "charge": charge,
        "may_cancel": may_cancel,
    }
    return render(request, "quotes/cancel.html", facts)


def cancel(form: CancelForm, order: ConnectionRequest, request: UserRequest) -> bool:
    """Cancel for the agreed amount; return False when refused, with the words."""
    agreed, reason = form.cleaned_data["amount"], form.cleaned_data["reason"]
    with refusals_in(form):
        charge = commands.cancel_order(
            order.pk, by=request.user, acknowledged=agreed, reason=reason
        )
        cost = f"costs {pounds(charge)} excluding VAT" if charge else "costs nothing"
        messages.success(request, f"{order} is cancelled, which {cost}.")
        return True
    return False
