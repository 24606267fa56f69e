"""A list of sessions: brought in from a file, looked at, and asked for at once."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from common.access import UserRequest, for_contacts
from common.csv_file import LineFault, csv_download
from common.errors import DomainError
from common.lines import look
from common.unsent import give_back
from common.wording import plural
from connections import commands, policies
from connections.commands import ListedWish
from connections.commands.session_wish import SessionWish
from connections.errors import SessionListWrong
from connections.forms import ListConfirmedForm, SessionListForm
from connections.forms.session_list import (
    HEAD,
    TO_SAY,
    LineReader,
    ListLine,
    cells_of,
    read_list,
)
from connections.models import Connection, Session
from connections.views.connection import one
from connections.views.sessions import form_facts, pair_of, sessions_across

# Without these nothing more can be said of a line.
NEEDED = {"connection", "name", "service", "use", "addresses"}


@require_safe
@for_contacts
def sessions_csv(request: UserRequest, reference: str) -> HttpResponseBase:
    found = one(request, reference)
    rows = sessions_across(request, pair_of(request, found))
    return csv_download(f"sessions-{found.reference}", HEAD, map(cells_of, rows))


@require_safe
@for_contacts
def sessions_template(request: UserRequest, reference: str) -> HttpResponseBase:
    """Give a table with nothing but the heads of what a Party says of a session."""
    found = one(request, reference)
    return csv_download(f"list-of-sessions-{found.reference}", TO_SAY, [])


@dataclass
class ListPlan:
    """What a list comes to: what is asked for, what stays, and what is wrong."""

    new: list[ListedWish] = field(default_factory=list)
    changed: list[ListedWish] = field(default_factory=list)
    same: list[str] = field(default_factory=list)
    closed: list[str] = field(default_factory=list)
    faults: list[LineFault] = field(default_factory=list)
    # What is wrong already, but may be wrong in other columns too.
    half_read: list[ListedWish] = field(default_factory=list)

    @property
    def listed(self) -> list[ListedWish]:
        rows = [*self.new, *self.changed]
        return sorted(rows, key=lambda row: row.number)

    @property
    def fingerprint(self) -> str:
        """Return what tells this plan from another, for whoever confirms it."""
        told = [
            (one.number, one.wish, one.session and one.session.pk)
            for one in self.listed
        ]
        return hashlib.sha256(repr(told).encode()).hexdigest()


class ListPlanner:
    """Holds the lines of a list against the sessions that there are."""

    def __init__(
        self,
        request: UserRequest,
        connection: Connection,
        links: list[Connection],
        ticks: Mapping[str, bool],
    ) -> None:
        self.links, self.ticks = links, ticks
        self.reader = LineReader(**form_facts(connection, links), ticks=ticks)
        rows = [row for row in sessions_across(request, links) if row.is_open]
        self.by_key = {(row.connection.reference, look(row.name)): row for row in rows}
        self.taken: dict[int, int] = {}

    def plan(self, lines: Sequence[ListLine]) -> ListPlan:
        plan = ListPlan()
        named = {line.key for line in lines}
        for line in lines:
            if line.is_of_closed:
                plan.closed.append(line.cells["Session"])
            else:
                self.add(plan, line, self.session_of(line, named))
        listed = [*plan.listed, *plan.half_read]
        faulty = {(fault.number, fault.column) for fault in plan.faults}
        plan.faults += [
            fault
            for fault in commands.checked_list(self.links[0].pk, listed).faults
            if (fault.number, fault.column) not in faulty
        ]
        plan.faults.sort(key=lambda fault: fault.number)
        return plan

    def session_of(self, line: ListLine, named: set[tuple[str, str]]) -> Session | None:
        """Return the session that a line is about, also where its primary changes."""
        found = self.by_key.get(line.key)
        if found is not None:
            return found
        elsewhere = [
            row
            for key, row in self.by_key.items()
            if key[1] == line.key[1] and key not in named
        ]
        return elsewhere[0] if len(elsewhere) == 1 else None

    def is_settled(self, plan: ListPlan, line: ListLine, session: Session) -> bool:
        """Say whether nothing more is to be read of a line, and keep why."""
        earlier = self.taken.setdefault(session.pk, line.number)
        if earlier != line.number:
            why = f"line {earlier} is about this session already."
            plan.faults.append(LineFault(line.number, "Session", why))
            return True
        if line.says_same_as(session):
            plan.same.append(session.name)
            return True
        return False

    def add(self, plan: ListPlan, line: ListLine, session: Session | None) -> None:
        if session is not None and self.is_settled(plan, line, session):
            return
        answers, faults = self.reader.read(line)
        plan.faults += faults
        if not answers.keys() >= NEEDED:
            return
        listed = ListedWish(line.number, self.wish(answers, session), session)
        if faults:
            plan.half_read.append(listed)
        elif session is None:
            plan.new.append(listed)
        elif is_so(listed.wish, session):
            plan.same.append(session.name)
        else:
            plan.changed.append(listed)

    def wish(self, answers: dict[str, Any], session: Session | None) -> SessionWish:
        """Return the wish of a line; what was confirmed before stays confirmed."""
        if session is not None:
            for name in ("has_layer_2_link", "is_priority_accepted"):
                answers[name] = answers.get(name) or getattr(session, name)
            if answers.get("used_by") == session.connection.party.name:
                answers["used_by"] = session.used_by or answers["used_by"]
        return SessionWish(**answers)


def is_so(wish: SessionWish, session: Session) -> bool:
    """Say whether a session is as a line wants it, or is asked to become so already."""
    if session.asked:
        return bool(wish.as_json == session.asked)
    return wish == commands.wish_of(session)


@require_http_methods(["GET", "HEAD", "POST"])
@for_contacts
def sessions_import(request: UserRequest, reference: str) -> HttpResponse:
    """Take a list, show what it comes to, and ask for it once that is confirmed."""
    found = one(request, reference)
    links = pair_of(request, found)
    if request.method == "POST" and "agreed" in request.POST:
        return confirmed(request, found, links)
    form = SessionListForm(
        request.POST if request.method == "POST" else None,
        request.FILES if request.method == "POST" else None,
        links=links,
    )
    give_back(request, form)
    plan = None
    facts: dict[str, Any] = {"connection": found, "links": links, "form": form}
    facts["may_ask"] = policies.may_request_session(found, request.user)
    if form.is_valid() and facts["may_ask"]:
        plan = ListPlanner(request, found, links, form.ticks).plan(form.lines)
        if plan.faults:
            words = "Nothing was saved. Correct what the table names and send it again."
            form.add_error("file", words)
        else:
            return preview(request, found, plan, form.cleaned_data["file"].text, form)
    facts["faults"] = plan.faults if plan else []
    return render(request, "connections/sessions_import.html", facts)


def preview(
    request: UserRequest, connection: Connection, plan: ListPlan, text: str, form: Any
) -> HttpResponse:
    carried = {"text": text, "agreed": plan.fingerprint} | form.ticks
    facts = {
        "connection": connection,
        "links": pair_of(request, connection),
        "plan": plan,
        "form": ListConfirmedForm(initial=carried),
    }
    return render(request, "connections/sessions_preview.html", facts)


def confirmed(
    request: UserRequest, connection: Connection, links: list[Connection]
) -> HttpResponse:
    """Ask for what was confirmed; a list that comes to something else is shown again.

    Sessions may have changed since, or the list in somebody's hands.
    """
    form = ListConfirmedForm(request.POST)
    back = redirect("sessions-import", reference=connection.reference)
    if not form.is_valid():
        messages.error(request, "Nothing was saved. Choose the file again.")
        return back
    text = form.cleaned_data["text"]
    try:
        plan = ListPlanner(request, connection, links, form.ticks).plan(read_list(text))
        if plan.faults:
            raise SessionListWrong(reason=str(plan.faults[0]))
        if plan.fingerprint != form.cleaned_data["agreed"]:
            words = "Nothing was saved yet: sessions have changed since. Look again."
            messages.warning(request, words)
            return preview(request, connection, plan, text, form)
        asked = commands.import_sessions(
            connection.pk, by=request.user, listed=plan.listed
        )
    except DomainError as refusal:
        messages.error(request, f"Nothing was saved. {refusal}")
        return back
    count = len(asked)
    words = f"You asked for {plural(count, 'session')}. It costs nothing."
    messages.success(request, words if count else "Nothing was to be changed.")
    return redirect("sessions", reference=connection.reference)
