"""The site-visit Pre Requisite form of an order, for the people of its Party."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from common.access import UserRequest, for_contacts
from common.clock import uk_date
from common.forms import PortalForm, refusals_in
from common.time_left import calendar_days_left
from common.unsent import give_back
from common.wording import plural
from orders.models import ConnectionRequest
from sites import commands, policies
from sites.forms import PassportForm, for_command
from sites.models import AccessItem, SiteAccess, SitePassport, changed_at_site

ASK_AND_ANSWER = require_http_methods(["GET", "HEAD", "POST"])


def access_or_404(request: UserRequest, reference: str) -> SiteAccess:
    """Return how an order's site lets people in; before its authority there is none."""
    visible = SiteAccess.objects.visible_to(request.user)
    found: SiteAccess = get_object_or_404(
        visible.for_pages(), order__reference=reference
    )
    return found


def versions_of(order: ConnectionRequest, request: UserRequest) -> list[SitePassport]:
    """Return what was written of an order's site, the newest version first."""
    visible = SitePassport.objects.visible_to(request.user)
    found = visible.of_site(order.data_centre_id).select_related("by", "data_centre")
    return list(found)


def items_of(order: ConnectionRequest, request: UserRequest) -> dict[str, Any]:
    """Return what has to be there before a visit: open with its time left, settled."""
    today = uk_date(timezone.now())
    rows = AccessItem.objects.visible_to(request.user).for_pages()
    items = list(rows.filter(order=order).order_by("due_on", "number"))
    for item in items:
        item.order = order
        for paper in item.documents.all():
            paper.item = item
    open_ones = [
        (
            item,
            calendar_days_left(item.due_on, today),
            policies.may_settle_item(item, request.user),
        )
        for item in items
        if item.is_open
    ]
    return {
        "today": today,
        "items": items,
        "open": open_ones,
        "open_words": f"{plural(len(open_ones), 'thing')} open",
        "settled": [item for item in items if not item.is_open],
        "papers": [paper for item in items for paper in item.documents.all()],
        "needs_visits": commands.needs_visits(order),
    }


@for_contacts
@ASK_AND_ANSWER
def access(request: UserRequest, reference: str) -> HttpResponse:
    """Show what is known of the site; a POST confirms that it is right."""
    found = access_or_404(request, reference)
    order = found.order
    versions = versions_of(order, request)
    newest = versions[0] if versions else None
    form = PortalForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and newest is not None:
        with refusals_in(form):
            number = int(request.POST.get("number") or 0)
            commands.confirm_passport(order.pk, by=request.user, number=number)
            words = f"You confirmed how people get into {order.data_centre}."
            messages.success(request, words)
            return redirect("access", order.reference)
    told = found.passport
    facts = {
        "order": order,
        "site": order.data_centre,
        "access": found,
        "form": form,
        "newest": newest,
        "earlier": [new for new in versions if new.number > 1],
        "changed": changed_at_site(told, newest),
        "may_write": policies.may_write_passport(order, request.user),
        **items_of(order, request),
    }
    return render(request, "sites/access.html", facts)


@for_contacts
@ASK_AND_ANSWER
def access_change(request: UserRequest, reference: str) -> HttpResponse:
    order = access_or_404(request, reference).order
    last = next(iter(versions_of(order, request)), None)
    form = PassportForm(request.POST if request.method == "POST" else None, last=last)
    give_back(request, form)
    if form.is_valid():
        with refusals_in(form):
            new = commands.write_passport(
                order.pk, by=request.user, **for_command(form.cleaned_data)
            )
            words = f"Version {new.number} is kept, and confirmed for this order."
            messages.success(request, words)
            return redirect("access", order.reference)
    facts = {
        "order": order,
        "site": order.data_centre,
        "form": form,
        "last": last,
        "may_write": policies.may_write_passport(order, request.user),
    }
    return render(request, "sites/access_change.html", facts)
