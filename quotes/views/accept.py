"""Accepting in the portal, where DCC does not ask for a signature on paper."""

from datetime import datetime
from typing import Any

from allauth.account.decorators import reauthentication_required
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from common.access import UserRequest, for_contacts
from common.forms import refusals_in
from common.unsent import give_back
from quotes import commands, policies
from quotes.forms import AcceptForm, statement
from quotes.models import Quote
from quotes.views.decide import NOT_AN_AUTHORISER
from quotes.views.offer import OPEN, quote_or_404, standing, time_left


@for_contacts
@require_http_methods(["GET", "HEAD", "POST"])
def quote_accept(request: UserRequest, reference: str) -> HttpResponse:
    """Ask who is at the keyboard, then for the words that commit.

    Source: R-2.11-2, R-2.11-4, R-3.4-2.
    """
    quote = quote_or_404(request, reference)
    if not policies.may_decline(quote, request.user):
        raise PermissionDenied(NOT_AN_AUTHORISER)
    is_open = standing(quote, timezone.now()) == OPEN
    if request.method != "POST" and not (is_open and may_accept_here()):
        return redirect(quote)
    answer: HttpResponse = accept_page(request, quote=quote)
    return answer


def may_accept_here() -> bool:
    """Say whether DCC takes an acceptance without a signature on paper (T19)."""
    return not settings.SIGNED_UPLOAD_MANDATORY


@reauthentication_required
def accept_page(request: UserRequest, *, quote: Quote) -> HttpResponse:
    """Show the form to somebody whose password was asked for again just before.

    What was sent with a password grown old waits until it is given, and counts from
    then.
    """
    arrived_at = timezone.now()
    form = AcceptForm(*typed(request), quote=quote)
    give_back(request, form)
    if form.is_valid() and accept(form, quote, request, arrived_at):
        return redirect(quote)
    facts = {
        "form": form,
        "quote": quote,
        "order": quote.order,
        "left": time_left(quote, arrived_at),
    }
    return render(request, "quotes/accept.html", facts)


def typed(request: UserRequest) -> tuple[Any, ...]:
    return (request.POST,) if request.method == "POST" else ()


def accept(
    form: AcceptForm, quote: Quote, request: UserRequest, arrived_at: datetime
) -> bool:
    """Accept as the words say; return False when refused, with the words on the form.

    Source: R-3.4-2.
    """
    with refusals_in(form):
        commands.accept_in_portal(
            quote.pk,
            by=request.user,
            statement=statement(quote),
            **form.answers,
            at=arrived_at,
        )
        words = "DCC has your acceptance and now checks that you are nominated."
        messages.success(request, words)
        return True
    return False
