"""Starting requests: one, a pair, a second one, or again from answers of another."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from common.access import UserRequest, for_contacts
from common.forms import PortalForm, refusals_in
from common.unsent import give_back
from orders import commands, policies
from orders.forms.pairing import ELSE, EXISTING, ONE, BeginForm, PairWithNewForm
from orders.models import ConnectionRequest
from orders.states import EnquiryKind, Option
from orders.views.base import (
    ASK_AND_ANSWER,
    nobody_authorises,
    order_or_404,
    require_submitter,
    typed,
)
from parties.models import User
from parties.policies import may_submit_for
from parties.views import party_of

MOST_CHOICES = 50


@for_contacts
@ASK_AND_ANSWER
def order_new(request: UserRequest) -> HttpResponse:
    party = party_of(request.user)
    form = BeginForm(typed(request), initial={"what": request.GET.get("what")})
    if form.is_bound:
        require_submitter(request.user, party)
    give_back(request, form)
    if form.is_valid():
        with refusals_in(form):
            return redirect(begin(form, party.pk, request.user))
    facts = {
        "form": form,
        "party": party,
        "may_submit": may_submit_for(request.user, party.pk),
        "nobody_authorises": nobody_authorises(request.user, party.pk),
    }
    return render(request, "orders/new.html", facts)


def begin(form: BeginForm, party_id: int, by: User) -> str:
    """Start what was chosen, and return where that leads."""
    what = form.cleaned_data["what"]
    if what == ELSE:
        return f"{reverse('enquiry-new')}?kind={EnquiryKind.CALL}"
    if what == EXISTING:
        return reverse("order-new-pair")
    if what == ONE:
        order = commands.start_request(party_id, by=by)
        return reverse("order-form", args=[order.reference])
    pair = commands.start_pair(party_id, by=by, option=Option(what))
    return reverse("order-pair", args=[pair[0].reference])


@for_contacts
@ASK_AND_ANSWER
def order_new_pair(request: UserRequest) -> HttpResponse:
    party = party_of(request.user)
    alone = ConnectionRequest.objects.visible_to(request.user).without_partner()
    orders = list(alone.for_pages()[:MOST_CHOICES])
    form = PairWithNewForm(typed(request), orders=orders)
    if form.is_bound:
        require_submitter(request.user, party)
    give_back(request, form)
    if form.is_valid():
        chosen = form.cleaned_data
        with refusals_in(form):
            order = commands.pair_with_new(
                chosen["order"], by=request.user, option=chosen["option"]
            )
            return redirect("order-pair", order.reference)
    may_submit = may_submit_for(request.user, party.pk)
    facts = {"form": form, "party": party, "orders": orders, "may_submit": may_submit}
    return render(request, "orders/new_pair.html", facts)


@for_contacts
@ASK_AND_ANSWER
def order_copy(request: UserRequest, reference: str) -> HttpResponse:
    order = order_or_404(request, reference)
    form = PortalForm(typed(request))
    if form.is_bound and order.is_closed:
        require_submitter(request.user, order.party)
        with refusals_in(form):
            copy = commands.copy_request(order.pk, by=request.user)
            words = f"{copy} begins with the answers of {order}. Check each before you"
            messages.success(request, f"{words} send it.")
            return redirect("order-form", copy.reference)
    may_submit = policies.may_submit(order, request.user)
    facts = {"form": form, "order": order, "may_submit": may_submit}
    return render(request, "orders/copy.html", facts)
