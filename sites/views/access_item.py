"""What has to be there before anybody may come, for the people of the Party."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from common.access import UserRequest, for_contacts
from common.clock import uk_date
from common.forms import refusals_in
from common.unsent import give_back
from orders.models import ConnectionRequest
from sites import commands, policies
from sites.forms import AccessDocumentForm, AccessItemForm, SettleItemForm
from sites.forms.access_item import DONE
from sites.models import AccessDocument, AccessItem
from sites.views.access import access_or_404

ASK_AND_ANSWER = require_http_methods(["GET", "HEAD", "POST"])


def item_or_404(
    order: ConnectionRequest, number: int, request: UserRequest
) -> AccessItem:
    visible = AccessItem.objects.visible_to(request.user).for_pages()
    item: AccessItem = get_object_or_404(visible, order=order, number=number)
    item.order = order
    return item


def papers_of(item: AccessItem) -> list[AccessDocument]:
    papers: list[AccessDocument] = list(item.documents.all())
    for paper in papers:
        paper.item = item
    return papers


def facts_of(item: AccessItem, request: UserRequest) -> dict[str, Any]:
    return {
        "order": item.order,
        "site": item.order.data_centre,
        "item": item,
        "papers": papers_of(item),
        "today": uk_date(timezone.now()),
        "may_settle": item.is_open and policies.may_settle_item(item, request.user),
    }


@ASK_AND_ANSWER
@for_contacts
def access_item_new(request: UserRequest, reference: str) -> HttpResponse:
    """Ask what else has to be there before anybody may come; a POST adds it."""
    order = access_or_404(request, reference).order
    form = AccessItemForm(request.POST if request.method == "POST" else None)
    give_back(request, form)
    if form.is_valid():
        with refusals_in(form):
            answers = form.cleaned_data
            item = commands.add_access_item(order.pk, by=request.user, **answers)
            words = f"“{item}” has to be there before anybody comes."
            messages.success(request, words)
            return redirect("access", order.reference)
    facts = {
        "order": order,
        "site": order.data_centre,
        "form": form,
        "may_write": policies.may_write_passport(order, request.user),
    }
    return render(request, "sites/access_item_new.html", facts)


@ASK_AND_ANSWER
@for_contacts
def access_item(request: UserRequest, reference: str, number: int) -> HttpResponse:
    """Show what is needed, and its documents; a POST hands one in."""
    order = access_or_404(request, reference).order
    item = item_or_404(order, number, request)
    is_post = request.method == "POST"
    if is_post and not policies.may_settle_item(item, request.user):
        raise PermissionDenied
    sent = (request.POST, request.FILES) if is_post else ()
    form = AccessDocumentForm(*sent)
    give_back(request, form)
    if form.is_valid():
        with refusals_in(form):
            answers = form.cleaned_data
            commands.hand_in_access_document(item.pk, by=request.user, **answers)
            messages.success(request, "The document is handed in. DCC checks it.")
            return redirect("access", order.reference)
    facts = {**facts_of(item, request), "form": form}
    return render(request, "sites/access_item.html", facts)


@ASK_AND_ANSWER
@for_contacts
def access_item_settle(
    request: UserRequest, reference: str, number: int
) -> HttpResponse:
    """Ask how it is settled; a POST settles it."""
    order = access_or_404(request, reference).order
    item = item_or_404(order, number, request)
    facts = facts_of(item, request)
    is_post = request.method == "POST"
    if is_post and not policies.may_settle_item(item, request.user):
        raise PermissionDenied
    form = SettleItemForm(request.POST if is_post else None)
    give_back(request, form)
    if form.is_valid():
        with refusals_in(form):
            settle(item, request, form.cleaned_data)
            messages.success(request, f"“{item}” is settled.")
            return redirect("access", order.reference)
    return render(request, "sites/access_item_settle.html", {**facts, "form": form})


def settle(item: AccessItem, request: UserRequest, answers: dict[str, Any]) -> None:
    note = answers["note"]
    if answers["how"] == DONE:
        commands.settle_access_item(item.pk, by=request.user, note=note)
    else:
        commands.drop_access_item(item.pk, by=request.user, reason=note)
