"""Where a Party asks for another rate, accepts what it costs, and follows it."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from common.access import UserRequest, for_contacts
from common.clock import uk_date
from common.forms import PortalForm, refusals_in
from common.unsent import give_back
from connections import commands, policies
from connections.deadlines import rate_change_target
from connections.forms import ACCEPT, RateAnswerForm, RateForm, SuperfastRequestForm
from connections.models import Connection, RateChange
from connections.states import ConnectionState
from connections.views.connection import one
from parties.models import User


@require_http_methods(["GET", "HEAD", "POST"])
@for_contacts
def rate(request: UserRequest, reference: str) -> HttpResponse:
    """Show what can be changed and what is; a POST asks, accepts or takes back."""
    found, user = one(request, reference), request.user
    seen = RateChange.objects.visible_to(user).for_pages()
    changes = list(seen.filter(connection=found).order_by("-pk"))
    change = next((row for row in changes if row.is_open), None)
    posted = request.POST if request.method == "POST" else None
    form = form_of(found, change, user, posted, request.FILES or None)
    if posted is not None and form is None:
        raise PermissionDenied
    if form is not None:
        give_back(request, form)
        if form.is_valid():
            with refusals_in(form):
                messages.success(request, said(found, change, form, user))
                return redirect("connection-rate", found.reference)
    paper = change.papers.first() if change else None
    facts = {"connection": found, "change": change, "form": form, "paper": paper}
    past = [row for row in changes if not row.is_open]
    more = {"past": past, "target_on": rate_change_target(uk_date(timezone.now()))}
    return render(
        request, "connections/rate.html", {**facts, **more, **may_facts(found, user)}
    )


def may_facts(connection: Connection, user: User) -> dict[str, Any]:
    return {
        "may_accept": policies.may_end(connection, user),
        "may_request": policies.may_request_change(connection, user),
        "is_hv": connection.is_hv,
    }


def form_of(
    connection: Connection,
    change: RateChange | None,
    user: User,
    posted: Any,
    files: Any = None,
) -> PortalForm | None:
    """Return the form of what the reader can do now; None where it is nothing."""
    if not policies.may_request_change(connection, user):
        return None
    if change is not None:
        may_accept = policies.may_accept_change(change, user)
        if not change.may_be_withdrawn or (change.makes_chargeable and not may_accept):
            return None
        return RateAnswerForm(posted, files, change=change, may_accept=may_accept)
    if connection.state != ConnectionState.OPERATIONAL:
        return None
    if connection.is_hv:
        return RateForm(posted, connection=connection)
    can_have = connection.superfast_from and connection.may_become_superfast
    return SuperfastRequestForm(posted) if can_have else None


def said(
    connection: Connection, change: RateChange | None, form: PortalForm, user: User
) -> str:
    """Do what the form says; return in words what was done."""
    answers = form.cleaned_data
    if change is None:
        made = commands.request_rate_change(
            connection.pk, by=user, to_mbps=answers.get("to_mbps")
        )
        next_is = "DCC says what it costs" if made.is_priced_first else "DCC plans it"
        return f"You asked for it. {next_is}, and you hear by e-mail."
    if answers["answer"] == ACCEPT:
        commands.accept_rate_change(
            change.pk,
            by=user,
            is_understood=answers["is_understood"],
            signed=answers.get("signed"),
        )
        return (
            "You accepted what it costs, from today. DCC checks that you may, and you "
            "hear by e-mail what follows."
        )
    commands.withdraw_rate_change(change.pk, by=user, reason=answers["reason"])
    if change.makes_chargeable:
        return "You declined what it costs. DCC is told, and nothing is charged."
    return "It is taken back. Nothing is changed, and nothing is charged."
