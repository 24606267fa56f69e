"""Sessions across a pair: which uses which connection, and what if one fails."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from common.access import UserRequest, for_contacts
from common.clock import uk_date
from common.forms import refusals_in
from common.unsent import give_back
from connections import commands, policies
from connections.drawings import LoadChart
from connections.failover import WhatIf, what_if
from connections.forms import CloseSessionForm, DccKiForm, SessionForm
from connections.links import links_of, tunnels_of
from connections.models import Connection, Session
from connections.querysets import SessionQuerySet
from connections.views.connection import one


@require_safe
@for_contacts
def sessions(request: UserRequest, reference: str) -> HttpResponse:
    found = one(request, reference)
    links = pair_of(request, found)
    rows = list(sessions_across(request, links))
    is_asked = "failed" in request.GET
    asked = set(request.GET.getlist("failed"))
    failed = [link for link in links if link.reference in asked]
    usual = worked_out(rows, links, [])
    facts = {
        "connection": found,
        "links": links,
        "sessions": [row for row in rows if row.is_open],
        "closed": [row for row in rows if not row.is_open],
        "usual": usual,
        "failed": failed,
        "is_asked": is_asked,
        "may_ask": policies.may_request_session(found, request.user),
        "established": sum(row.is_in_use for row in rows),
        "waiting": sum(row.waits for row in rows),
        **what_if_facts(rows, links, failed if is_asked else []),
    }
    return render(request, "connections/sessions.html", facts)


def pair_of(request: UserRequest, connection: Connection) -> list[Connection]:
    """Return a connection and the other of its pair, while that is there, in order."""
    seen = Connection.objects.visible_to(request.user).for_pages()
    other = seen.other_of_pair(connection).first()
    links = [connection]
    if other is not None and not other.is_over:
        links.append(other)
    return sorted(links, key=lambda link: link.pk)


def sessions_across(request: UserRequest, links: list[Connection]) -> SessionQuerySet:
    seen = Session.objects.visible_to(request.user)
    return seen.across(links).for_pages()


def worked_out(
    rows: list[Session], links: list[Connection], failed: list[Connection]
) -> WhatIf:
    return what_if(
        tunnels_of(rows), links_of(links), [connection.pk for connection in failed]
    )


def what_if_facts(
    rows: list[Session], links: list[Connection], failed: list[Connection]
) -> dict[str, Any]:
    if not failed:
        return {"outcome": None}
    outcome = worked_out(rows, links, failed)
    names = {link.pk: link.reference for link in links}
    return {
        "outcome": outcome,
        "ways": [
            (
                way,
                names[way.tunnel.primary],
                names.get(way.across or 0, ""),
            )
            for way in outcome.ways
        ],
        "chart": LoadChart(outcome),
        "failed_names": " and ".join(link.reference for link in failed),
    }


def form_facts(connection: Connection, links: list[Connection]) -> dict[str, Any]:
    """Return what the form of a session offers: links, users, listed versions."""
    today = uk_date(timezone.now())
    sharers = connection.order.sharers.on(today)
    return {
        "links": [link for link in links if not link.is_leaving],
        "users": [connection.party.name, *(sharer.name for sharer in sharers)],
        "versions": commands.offered_versions(),
    }


@require_http_methods(["GET", "HEAD", "POST"])
@for_contacts
def session_new(request: UserRequest, reference: str) -> HttpResponse:
    found = one(request, reference)
    form = SessionForm(
        request.POST if request.method == "POST" else None,
        initial={"connection": found.pk},
        **form_facts(found, pair_of(request, found)),
    )
    give_back(request, form)
    if form.is_valid():
        answers = dict(form.cleaned_data)
        primary = answers.pop("connection")
        with refusals_in(form):
            session = commands.request_session(primary, by=request.user, **answers)
            words = f"You asked for session {session.name}. It costs nothing."
            messages.success(request, words)
            return redirect("sessions", reference=found.reference)
    facts: dict[str, Any] = {"connection": found, "form": form, "session": None}
    return render(request, "connections/session_form.html", facts)


def own_session(request: UserRequest, connection: Connection, pk: int) -> Session:
    rows = sessions_across(request, pair_of(request, connection))
    session: Session = get_object_or_404(rows, pk=pk)
    return session


@require_http_methods(["GET", "HEAD", "POST"])
@for_contacts
def session_change(request: UserRequest, reference: str, session: int) -> HttpResponse:
    found = one(request, reference)
    row = own_session(request, found, session)
    form = SessionForm(
        request.POST if request.method == "POST" else None,
        initial=as_typed(row),
        **form_facts(found, pair_of(request, found)),
    )
    give_back(request, form)
    if form.is_valid():
        with refusals_in(form):
            changed = commands.change_session(
                row.pk, by=request.user, **form.cleaned_data
            )
            words = (
                f"You asked to change session {changed.name}. It works as before "
                "until it is changed, and costs nothing."
                if changed.is_in_use
                else f"Session {changed.name} is to be as you say now."
            )
            messages.success(request, words)
            return redirect("sessions", reference=found.reference)
    facts = {"connection": found, "form": form, "session": row}
    return render(request, "connections/session_form.html", facts)


def as_typed(session: Session) -> dict[str, Any]:
    """Return a session as its form shows it; what is asked for already, if anything."""
    asked = commands.as_asked(session)
    return {**asked, "addresses": "\n".join(asked["addresses"])}


@require_http_methods(["GET", "HEAD", "POST"])
@for_contacts
def session_close(request: UserRequest, reference: str, session: int) -> HttpResponse:
    found = one(request, reference)
    row = own_session(request, found, session)
    form = CloseSessionForm(request.POST if request.method == "POST" else None)
    give_back(request, form)
    if form.is_valid():
        with refusals_in(form):
            commands.close_session(row.pk, by=request.user, **form.cleaned_data)
            messages.success(request, f"Session {row.name} is closed.")
            return redirect("sessions", reference=found.reference)
    facts = {
        "connection": found,
        "form": form,
        "session": row,
        "may_close": policies.may_close_session(row, request.user),
    }
    return render(request, "connections/session_close.html", facts)


@require_http_methods(["GET", "HEAD", "POST"])
@for_contacts
def session_dccki(request: UserRequest, reference: str, session: int) -> HttpResponse:
    found = one(request, reference)
    row = own_session(request, found, session)
    form = DccKiForm(request.POST if request.method == "POST" else None)
    give_back(request, form)
    if form.is_valid():
        with refusals_in(form):
            commands.record_dccki(row.pk, by=request.user, **form.cleaned_data)
            messages.success(request, f"Recorded for session {row.name}.")
            return redirect("sessions", reference=found.reference)
    facts = {"connection": found, "form": form, "session": row}
    return render(request, "connections/session_dccki.html", facts)
