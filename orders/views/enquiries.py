"""What a Party asks the Service Desk, and what came of it."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from common.access import UserRequest, for_contacts
from common.forms import refusals_in
from common.unsent import give_back
from orders import commands
from orders.forms.enquiries import ASKS, EnquiryForm
from orders.models import ConnectionRequest, Enquiry
from orders.states import EnquiryKind
from orders.views.base import ASK_AND_ANSWER, typed
from parties.views import party_of

PER_PAGE = 25


@for_contacts
@require_safe
def enquiries(request: UserRequest) -> HttpResponse:
    found = Enquiry.objects.visible_to(request.user).for_pages()
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "orders/enquiries.html", {"page": page})


@for_contacts
@require_safe
def enquiry(request: UserRequest, reference: str) -> HttpResponse:
    visible = Enquiry.objects.visible_to(request.user).for_pages()
    found = get_object_or_404(visible, reference=reference)
    facts = {"enquiry": found, "ask": ASKS[EnquiryKind(found.kind)]}
    return render(request, "orders/enquiry.html", facts)


@for_contacts
@ASK_AND_ANSWER
def enquiry_new(request: UserRequest) -> HttpResponse:
    party = party_of(request.user)
    kind, reference = request.GET.get("kind", ""), request.GET.get("order", "")
    if kind not in EnquiryKind.values:
        offered = {"asks": ASKS.items(), "reference": reference}
        return render(request, "orders/enquiry_kinds.html", offered)
    orders = ConnectionRequest.objects.visible_to(request.user)
    form = EnquiryForm(
        typed(request),
        kind=EnquiryKind(kind),
        orders=orders.select_related("data_centre"),
        order=reference,
    )
    give_back(request, form)
    if form.is_valid():
        with refusals_in(form):
            asked = commands.raise_enquiry(
                party.pk, by=request.user, kind=kind, **form.facts
            )
            messages.success(request, f"DCC has your enquiry, {asked}.")
            return redirect(asked)
    ask = ASKS[EnquiryKind(kind)]
    facts = {"form": form, "ask": ask}
    return render(request, "orders/enquiry_new.html", facts)
