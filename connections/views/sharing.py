"""Who shares a connection: added and ended by its Party, and what sharers see of it."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from common.access import UserRequest, for_contacts
from common.clock import uk_date
from common.forms import refusals_in
from common.lines import look
from common.unsent import give_back
from common.wording import day_words
from connections import commands, policies
from connections.errors import ChargedAlready
from connections.forms import (
    SOLE,
    EndSharingForm,
    OtherUseForm,
    ShareForm,
    SoleUseForm,
)
from connections.models import Connection
from connections.views.connection import one
from orders.errors import NotNominated
from orders.models import Sharer

ASK_AND_ANSWER = require_http_methods(["GET", "HEAD", "POST"])


def to_share_or_403(request: UserRequest, reference: str) -> Connection:
    """Return a connection whose sharing the reader may change; others are told who."""
    found = one(request, reference)
    if not policies.may_share(found, request.user):
        raise PermissionDenied(str(NotNominated(party=found.party)))
    return found


def to_sharing(connection: Connection) -> HttpResponse:
    return redirect(f"{connection.get_absolute_url()}#sharing")


@for_contacts
@ASK_AND_ANSWER
def share_new(request: UserRequest, reference: str) -> HttpResponse:
    found = to_share_or_403(request, reference)
    is_free = commands.is_free_for_registration(found)
    typed = request.POST if request.method == "POST" else None
    form = ShareForm(typed, is_charge_asked=is_free)
    give_back(request, form)
    if form.is_valid():
        with refusals_in(form):
            ticked = form.cleaned_data
            sharer = commands.share_connection(
                found.pk,
                by=request.user,
                named=form.named,
                is_responsible=ticked["is_responsible"],
                is_charge_confirmed=ticked.get("is_charge_confirmed", False),
            )
            who = "It is told by e-mail." if sharer.party_id else "DCC is told."
            messages.success(request, f"{sharer} was added. {who}")
            return to_sharing(found)
    facts = {"connection": found, "form": form, "is_free": is_free}
    return render(request, "connections/share.html", facts)


@for_contacts
@ASK_AND_ANSWER
def share_end(request: UserRequest, reference: str, sharer: int) -> HttpResponse:
    found = to_share_or_403(request, reference)
    row = sharer_or_404(found, sharer)
    form = EndSharingForm(request.POST if request.method == "POST" else None)
    give_back(request, form)
    if form.is_valid():
        with refusals_in(form):
            commands.end_sharing(row.pk, by=request.user, **form.cleaned_data)
            until = day_words(form.cleaned_data["last_day"])
            messages.success(request, f"{row} shares it until the end of {until}.")
            return to_sharing(found)
    facts = {"connection": found, "form": form, "sharer": row}
    return render(request, "connections/share_end.html", facts)


def sharer_or_404(connection: Connection, pk: int) -> Sharer:
    """Return one that shares it still, or will."""
    still = connection.order.sharers.during(uk_date(timezone.now()), None)
    found: Sharer | None = still.filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


@for_contacts
@ASK_AND_ANSWER
def other_use(request: UserRequest, reference: str) -> HttpResponse:
    """Record that a free connection carries more than registration data (T2)."""
    found = to_share_or_403(request, reference)
    if not commands.is_free_for_registration(found):
        raise Http404(str(ChargedAlready(connection=found)))
    form = OtherUseForm(request.POST if request.method == "POST" else None)
    give_back(request, form)
    if form.is_valid():
        with refusals_in(form):
            commands.record_other_use(found.pk, by=request.user, **form.cleaned_data)
            words = "It is recorded. DCC says what the connection costs from now on."
            messages.success(request, words)
            return redirect(reverse("connection-rate", args=[found.reference]))
    facts = {"connection": found, "form": form}
    return render(request, "connections/other_use.html", facts)


@for_contacts
@ASK_AND_ANSWER
def sole_use(request: UserRequest, reference: str) -> HttpResponse:
    """Declare, as DCC asks each year, that it is for registration data alone."""
    found = to_share_or_403(request, reference)
    asked = commands.open_question(found)
    if asked is None:
        messages.info(request, f"DCC asks nothing about the use of {found} today.")
        return to_sharing(found)
    words = commands.sole_use_words(found)
    form = SoleUseForm(request.POST if request.method == "POST" else None, words=words)
    give_back(request, form)
    if form.is_valid():
        if form.cleaned_data["use"] != SOLE:
            return redirect(where_other_use_is_said(found))
        with refusals_in(form):
            commands.declare_sole_use(found.pk, by=request.user)
            messages.success(request, "Declared. DCC asks again in a year.")
            return to_sharing(found)
    facts = {"connection": found, "form": form, "asked": asked}
    return render(request, "connections/sole_use.html", facts)


def where_other_use_is_said(connection: Connection) -> str:
    """Return where other data is recorded: only a SEC Party may carry it (T1, T2)."""
    if connection.party.is_sec_party_on(uk_date(timezone.now())):
        return reverse("connection-use", args=[connection.reference])
    return f"{connection.get_absolute_url()}#sharing"


@require_safe
@for_contacts
def shared(request: UserRequest, reference: str) -> HttpResponse:
    """Show who shares a connection how it stands: no money, no addresses, no contract.

    Source: R-2.3-3.
    """
    today = uk_date(timezone.now())
    shares = Sharer.objects.visible_to(request.user)
    own = shares.used_by(request.user.party_id, today)
    share = get_object_or_404(own, order__connection__reference=reference)
    connection: Connection = share.order.connection
    names = {look(name) for name in (share.name, request.user.party.name)}
    changes = connection.rate_changes.all()
    facts = {
        "share": share,
        "connection": connection,
        "owner": connection.party,
        "sessions": [
            row for row in connection.open_sessions if look(row.used_by) in names
        ],
        "planned": [
            row for row in changes if row.is_open and row.planned_on is not None
        ],
        "tests": list(connection.failover_tests.planned()),
        "has_other": connection.is_one_of_a_pair,
        "is_ground_lost": not connection.party.is_sec_party_on(today),
    }
    return render(request, "connections/shared.html", facts)
