"""Where a Party orders HV beside its LV, and sees what each way of ending LV costs."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from common.access import UserRequest, for_contacts
from common.clock import uk_date
from common.forms import refusals_in
from common.unsent import give_back
from connections import commands
from connections.forms import HvBesideForm
from connections.models import Connection
from connections.views.connection import one
from orders import commands as order_commands
from orders.models import ConnectionRequest
from parties.models import User
from parties.policies import may_submit_for


@require_http_methods(["GET", "HEAD", "POST"])
@for_contacts
def hv_beside(request: UserRequest, reference: str) -> HttpResponse:
    """Ask for the rate; a POST starts the request. Source: R-2.7.1-3, R-2.7.1-4."""
    found = one(request, reference)
    if found.is_hv:
        raise Http404
    is_post = request.method == "POST"
    may_submit = may_submit_for(request.user, found.party_id)
    if is_post and not may_submit:
        raise PermissionDenied
    form = HvBesideForm(request.POST if is_post else None, connection=found)
    give_back(request, form)
    if form.is_valid():
        with refusals_in(form):
            order = started(found, request.user, form.cleaned_data)
            begins = f"{order} asks for HV and begins with the answers of {found.order}"
            words = f"{begins}. Check each before you send it."
            messages.success(request, f"{words} {found} goes on as it is.")
            return redirect("order-form", order.reference)
    facts = {"form": form, "connection": found, "may_submit": may_submit}
    today = uk_date(timezone.now())
    more = {"today": today, **ways_to_leave(found, today)}
    return render(request, "connections/hv_beside.html", {**facts, **more})


def started(
    connection: Connection, by: User, answers: dict[str, Any]
) -> ConnectionRequest:
    order: ConnectionRequest = order_commands.order_hv_beside(
        connection.order_id,
        by=by,
        rating=answers["rating"],
        is_replacement=answers["is_replacement"],
    )
    return order


def ways_to_leave(connection: Connection, today: date) -> dict[str, Any]:
    """Return what ending costs today, and until when both run if it is to cost nothing.

    In pounds, net of VAT; no day to wait for where no minimum period runs any more.

    Source: R-2.7.1-4, R-2.10-2.
    """
    commitment = commands.commitment_of(connection)
    left: Decimal = commitment.balance(today)
    return {
        "left_today": left,
        "both_until": commitment.last_day if today <= commitment.last_day else None,
        "later": [line for line in commitment.lines if today < line.due_on],
    }
