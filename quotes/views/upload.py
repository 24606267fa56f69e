"""Handing in the signed quotation: upload it, look at what was read, hand it in."""

from datetime import datetime, timedelta
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from common.access import UserRequest, for_contacts
from common.errors import DomainError
from common.forms import refusals_in
from common.unsent import give_back
from orders.views.base import authorisers
from quotes import commands, policies
from quotes.errors import UploadChanged
from quotes.findings import found_on
from quotes.forms import AuthorityForm, ReplaceForm
from quotes.models import Authority, Quote
from quotes.views.offer import (
    OPEN,
    latest_upload,
    quote_or_404,
    standing,
    time_left,
)

ASK_AND_ANSWER = require_http_methods(["GET", "HEAD", "POST"])
NOT_NOMINATED = (
    "Only a person nominated by your organisation to submit requests or to "
    "authorise orders can send the signed quotation."
)
# Two photos are read in two or three seconds. After this the page waits no longer.
PATIENCE = timedelta(seconds=30)


def require_may_upload(quote: Quote, request: UserRequest) -> None:
    if not policies.may_upload(quote, request.user):
        raise PermissionDenied(NOT_NOMINATED)


@for_contacts
@ASK_AND_ANSWER
def quote_authority(request: UserRequest, reference: str) -> HttpResponse:
    """Ask for the signed files and who signed them."""
    arrived_at = timezone.now()
    quote = quote_or_404(request, reference)
    is_sent = request.method == "POST"
    if is_sent:
        require_may_upload(quote, request)
    elif quote.authorities.waiting().exists():
        return redirect("quote-upload", quote.reference)
    elif standing(quote, arrived_at) != OPEN:
        return redirect(quote)
    people = authorisers(request.user, quote.order.party_id)
    typed = (request.POST, request.FILES) if is_sent else ()
    form = AuthorityForm(*typed, quote=quote, signatories=people)
    give_back(request, form)
    if form.is_valid() and upload(form, quote, request, arrived_at, form.answers):
        return redirect("quote-upload", quote.reference)
    facts = {
        "form": form,
        "quote": quote,
        "order": quote.order,
        "signatories": people,
        "may_upload": policies.may_upload(quote, request.user),
        "left": time_left(quote, arrived_at),
    }
    return render(request, "quotes/authority.html", facts)


def upload(
    form: AuthorityForm,
    quote: Quote,
    request: UserRequest,
    arrived_at: datetime,
    answers: dict[str, Any],
) -> bool:
    """Keep the signed files; return False when refused, with the words on the form.

    What counts is when the portal had the whole of them, not how long reading took.

    Source: R-2.11-1.
    """
    with refusals_in(form):
        commands.upload_authority(
            quote.pk,
            by=request.user,
            files=form.cleaned_data["scan"],
            signatory_name=form.signatory_name,
            **answers,
            at=arrived_at,
        )
        return True
    return False


@for_contacts
@ASK_AND_ANSWER
def quote_upload(request: UserRequest, reference: str) -> HttpResponse:
    """Show what was read of the latest upload; a POST puts another in its place.

    Source: R-2.11-3, R-2.11-4.
    """
    now = timezone.now()
    quote = quote_or_404(request, reference)
    is_sent = request.method == "POST"
    if is_sent:
        require_may_upload(quote, request)
    authority = latest_upload(quote)
    if authority is None:
        return nothing_there(request, quote)
    typed = (request.POST, request.FILES) if is_sent else ()
    people = authorisers(request.user, quote.order.party_id)
    form = ReplaceForm(*typed, quote=quote, signatories=people, before=authority)
    give_back(request, form)
    if form.is_valid() and upload(
        form, quote, request, now, carried_over(form, authority)
    ):
        return redirect("quote-upload", quote.reference)
    facts = {
        "form": form,
        "authority": authority,
        "found": found_on(authority),
        "is_reading": is_reading(authority, now) and not form.is_bound,
        "quote": quote,
        "order": quote.order,
        "left": time_left(quote, now),
        "may_upload": policies.may_upload(quote, request.user),
        "is_open": quote.is_open_at(now),
    }
    return render(request, "quotes/upload.html", facts)


def carried_over(form: ReplaceForm, before: Authority) -> dict[str, Any]:
    """Return what was answered about the site, and what is to be replaced."""
    return {
        "has_access_rules": before.has_access_rules,
        "access_rules": before.access_rules,
        "has_rack_space": before.has_rack_space,
        "replaces": form.cleaned_data["authority"],
        "reuses_files": form.cleaned_data["reuses_files"],
    }


def is_reading(authority: Authority, now: datetime) -> bool:
    """Say whether it is worth waiting for: a worker that is down holds up nobody."""
    return authority.is_being_read and now < authority.received_at + PATIENCE


def nothing_there(request: UserRequest, quote: Quote) -> HttpResponse:
    if request.method == "POST":
        messages.warning(request, str(UploadChanged()))
    return redirect(quote)


@for_contacts
@ASK_AND_ANSWER
def quote_hand_in(request: UserRequest, reference: str) -> HttpResponse:
    """Hand in what was uploaded, as it is."""
    quote = quote_or_404(request, reference)
    if request.method != "POST":
        return redirect("quote-upload", quote.reference)
    return settle(request, quote, commands.hand_in_authority, HANDED_IN)


@for_contacts
@ASK_AND_ANSWER
def quote_throw_away(request: UserRequest, reference: str) -> HttpResponse:
    """Throw away what was uploaded, before it is handed in."""
    quote = quote_or_404(request, reference)
    if request.method != "POST":
        return redirect("quote-upload", quote.reference)
    return settle(request, quote, commands.discard_upload, THROWN_AWAY)


HANDED_IN = "DCC has the signed quotation and now checks who signed it."
THROWN_AWAY = "The upload is thrown away, and DCC does not check it."


def settle(
    request: UserRequest, quote: Quote, command: Any, words: str
) -> HttpResponse:
    """Call a command on the upload that the person looked at, and say how it went."""
    require_may_upload(quote, request)
    asked = request.POST.get("authority", "")
    chosen = quote.authorities.filter(pk=int(asked) if asked.isdecimal() else 0)
    authority = chosen.first()
    try:
        if authority is None:
            raise UploadChanged
        command(authority.pk, by=request.user)
    except DomainError as refusal:
        messages.warning(request, str(refusal))
        return redirect("quote-upload", quote.reference)
    messages.success(request, words)
    return redirect(quote)
