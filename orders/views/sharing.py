"""Naming who else is to use a connection, one organisation a page."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from common.access import UserRequest, for_contacts
from common.forms import PortalForm, refusals_in
from common.unsent import give_back
from orders import commands, policies
from orders.errors import NotEditable, NotNominated
from orders.forms.sharing import SharerForm
from orders.models import ConnectionRequest, Sharer
from orders.views.base import (
    ASK_AND_ANSWER,
    order_or_404,
    typed,
)
from orders.views.way_back import way_of

SECTION = "sharing"


@for_contacts
@ASK_AND_ANSWER
def sharer_new(request: UserRequest, reference: str) -> HttpResponse:
    order = editable_or_404(request, reference)
    is_free = bool(order.is_registration_only)
    form = SharerForm(typed(request), is_charge_asked=is_free)
    give_back(request, form)
    if form.is_valid():
        with refusals_in(form):
            commands.add_sharer(order.pk, by=request.user, **form.cleaned_data)
            return to_section(request, order, f"{form.cleaned_data['name']} was added.")
    facts = {"order": order, "form": form, "way": way_of(request)}
    return render(request, "orders/sharer.html", facts)


@for_contacts
@ASK_AND_ANSWER
def sharer_change(request: UserRequest, reference: str, sharer: int) -> HttpResponse:
    order = editable_or_404(request, reference)
    row = sharer_or_404(order, sharer)
    names = ("name", "standing", "reason", "from_on", "until_on")
    initial = {name: getattr(row, name) for name in names}
    form = SharerForm(typed(request), initial=initial)
    give_back(request, form)
    if form.is_valid():
        with refusals_in(form):
            commands.change_sharer(row.pk, by=request.user, **form.cleaned_data)
            return to_section(request, order, f"{form.cleaned_data['name']} is kept.")
    facts = {"order": order, "form": form, "sharer": row, "way": way_of(request)}
    return render(request, "orders/sharer.html", facts)


@for_contacts
@ASK_AND_ANSWER
def sharer_remove(request: UserRequest, reference: str, sharer: int) -> HttpResponse:
    order = editable_or_404(request, reference)
    row = sharer_or_404(order, sharer)
    form = PortalForm(typed(request))
    if form.is_valid():
        with refusals_in(form):
            commands.remove_sharer(row.pk, by=request.user)
            return to_section(request, order, f"{row} was removed.")
    facts = {"order": order, "form": form, "sharer": row, "way": way_of(request)}
    return render(request, "orders/sharer_remove.html", facts)


def editable_or_404(request: UserRequest, reference: str) -> ConnectionRequest:
    """Return a form that `request.user` may change; who may only read it is told."""
    order = order_or_404(request, reference)
    if not policies.may_fill_in(order, request.user):
        raise PermissionDenied(str(NotNominated(party=order.party)))
    if not order.is_editable:
        words = str(NotEditable(state=order.get_state_display().lower()))
        raise PermissionDenied(words)
    return order


def sharer_or_404(order: ConnectionRequest, pk: int) -> Sharer:
    own = order.sharers.all()
    found: Sharer | None = next((row for row in own if row.pk == pk), None)
    if found is None:
        raise Http404
    return found


def to_section(
    request: UserRequest, order: ConnectionRequest, words: str
) -> HttpResponse:
    messages.success(request, words)
    section = reverse("order-section", args=[order.reference, SECTION])
    return redirect(section + way_of(request))
