from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from common.access import UserRequest, for_contacts
from common.errors import DomainError
from common.unsent import give_back
from connections import commands
from connections.forms import SessionRequestForm
from connections.views.connection import one


@require_safe
@for_contacts
def sessions(request: UserRequest, reference: str) -> HttpResponse:
    found = one(request, reference)
    facts = {"connection": found, "sessions": list(found.sessions.all())}
    return render(request, "connections/sessions.html", facts)


@require_http_methods(["GET", "HEAD", "POST"])
@for_contacts
def session_new(request: UserRequest, reference: str) -> HttpResponse:
    found = one(request, reference)
    form = SessionRequestForm(request.POST if request.method == "POST" else None)
    give_back(request, form)
    if form.is_valid():
        try:
            session = commands.request_session(
                found.pk, by=request.user, **form.cleaned_data
            )
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            words = f"You asked for session {session.name}. It costs nothing."
            messages.success(request, words)
            return redirect("sessions", reference=found.reference)
    facts: dict[str, Any] = {"connection": found, "form": form}
    return render(request, "connections/session_new.html", facts)
