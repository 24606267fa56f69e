"""Starting a request, with or without the answers of another."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from common.access import UserRequest, for_contacts
from common.errors import DomainError
from common.forms import PortalForm
from orders import commands, policies
from orders.deadlines import QUOTE_WORKING_DAYS
from orders.views.base import (
    ASK_AND_ANSWER,
    nobody_authorises,
    order_or_404,
    require_submitter,
    typed,
)
from parties.policies import may_submit_for
from parties.views import party_of


@for_contacts
@ASK_AND_ANSWER
def order_new(request: UserRequest) -> HttpResponse:
    party = party_of(request.user)
    form = PortalForm(typed(request))
    if form.is_bound:
        require_submitter(request.user, party)
        try:
            order = commands.start_request(party.pk, by=request.user)
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("order-form", order.reference)
    facts = {
        "form": form,
        "party": party,
        "may_submit": may_submit_for(request.user, party.pk),
        "quote_days": QUOTE_WORKING_DAYS,
        "nobody_authorises": nobody_authorises(request.user, party.pk),
    }
    return render(request, "orders/new.html", facts)


@for_contacts
@ASK_AND_ANSWER
def order_copy(request: UserRequest, reference: str) -> HttpResponse:
    order = order_or_404(request, reference)
    form = PortalForm(typed(request))
    if form.is_bound and order.is_closed:
        require_submitter(request.user, order.party)
        try:
            copy = commands.copy_request(order.pk, by=request.user)
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            words = f"{copy} begins with the answers of {order}. Check each before you"
            messages.success(request, f"{words} send it.")
            return redirect("order-form", copy.reference)
    may_submit = policies.may_submit(order, request.user)
    facts = {"form": form, "order": order, "may_submit": may_submit}
    return render(request, "orders/copy.html", facts)
