"""A Party's own page: its people, whom it nominated, where it is."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from common.access import UserRequest, for_contacts
from common.clock import uk_date
from common.dated import span_words
from common.forms import refusals_in
from common.private_links import refusal, unlisted
from common.unsent import give_back
from parties import commands, policies
from parties.forms import (
    CHOSE_FOR,
    CONFIRM,
    END,
    ConfirmNominationsForm,
    DataCentreForm,
    FirstPasswordForm,
    looks_of,
)
from parties.models import (
    DataCentre,
    Nomination,
    NominationsQuestion,
    Party,
    User,
    invited_by,
)
from parties.policies import may_submit_for
from parties.states import InvitationState, Purpose

# So much of a link names it, where asking too often is counted.
TOKEN_COUNTED = 64

ONLY_AUTHORISERS = (
    "Only a person nominated by your organisation to authorise orders can do this."
)
ONLY_SUBMITTERS = (
    "Only a person nominated by your organisation to submit requests can do this."
)


@login_required
@require_safe
def account(request: UserRequest) -> HttpResponse:
    party = request.user.party
    if party is None:
        return render(request, "parties/account_staff.html")
    today = uk_date(timezone.now())
    people = User.objects.visible_to(request.user).filter(is_active=True)
    nominations = Nomination.objects.visible_to(request.user).select_related("user")
    in_force = set(nominations.in_force(today).values_list("pk", flat=True))
    rows = [described(row, today, row.pk in in_force) for row in nominations]
    # What the reader may do follows from rows that the page has read already.
    held = [row for row in nominations if row.pk in in_force]
    mine = {row.purpose for row in held if row.user_id == request.user.pk}
    may_authorise = [
        row for row in rows if row["holds"] and row["purpose"] == Purpose.AUTHORISE
    ]
    facts = {
        "party": party,
        "standings": party.standings.all(),
        "people": people,
        "nominations": rows,
        "authorisers": may_authorise,
        "data_centres": DataCentre.objects.visible_to(request.user),
        "may_submit": Purpose.SUBMIT in mine,
        "may_authorise": Purpose.AUTHORISE in mine,
        "feed": getattr(request.user, "calendar_feed", None),
        "shared": getattr(party, "calendar_feed", None),
        "may_share": policies.shares_calendar(mine),
    }
    return render(request, "parties/account.html", facts)


def described(row: Nomination, today: date, is_in_force: bool) -> dict[str, Any]:
    """Return one nomination with whether it is in force today, and why not."""
    state = "In force" if is_in_force else why_not(row, today)
    return {
        "person": row.user,
        "purpose": row.purpose,
        "words": row.get_purpose_display(),
        "from_on": row.from_on,
        "until_on": row.until_on,
        "named_by": row.named_by,
        "letter": row.letter_id,
        "confirmed_on": row.confirmed_on,
        "state": state,
        "holds": is_in_force,
    }


def why_not(row: Nomination, today: date) -> str:
    if not row.user.is_active:
        return "May not sign in"
    return "Not yet" if row.from_on > today else "Ended"


@for_contacts
@require_http_methods(["GET", "HEAD", "POST"])
def data_centre_new(request: UserRequest) -> HttpResponse:
    party = party_of(request.user)
    may_submit = may_submit_for(request.user, party.pk)
    if request.method == "POST" and not may_submit:
        raise PermissionDenied(ONLY_SUBMITTERS)
    sites = DataCentre.objects.visible_to(request.user)
    taken = frozenset(looks_of(sites))
    is_sent = request.method == "POST"
    form = DataCentreForm(request.POST if is_sent else None, taken=taken)
    give_back(request, form)
    if form.is_valid():
        with refusals_in(form):
            commands.add_data_centre(party.pk, by=request.user, **form.cleaned_data)
            messages.success(request, f"{form.cleaned_data['name']} was added.")
            return redirect("account")
    facts = {"form": form, "party": party, "may_submit": may_submit}
    return render(request, "parties/data_centre_new.html", facts)


@for_contacts
@require_http_methods(["GET", "HEAD", "POST"])
def nominations(request: UserRequest) -> HttpResponse:
    """Let whoever may authorise say which nominations are still right."""
    party = party_of(request.user)
    may_confirm = policies.may_authorise_for(request.user, party.pk)
    if request.method == "POST" and not may_confirm:
        raise PermissionDenied(ONLY_AUTHORISERS)
    today = uk_date(timezone.now())
    mine = Nomination.objects.visible_to(request.user).select_related("user")
    held = list(mine.in_force(today))
    form = ConfirmNominationsForm(
        request.POST if request.method == "POST" else None, rows=held
    )
    give_back(request, form)
    if form.is_valid():
        with refusals_in(form):
            commands.confirm_nominations(
                party.pk,
                by=request.user,
                confirmed=form.keys(CONFIRM),
                ended=form.keys(END),
            )
            messages.success(request, "Recorded. The Service Desk sees it too.")
            return redirect("account")
    facts = {
        "form": form,
        "party": party,
        "may_confirm": may_confirm,
        "held": [f"{row}, {span_words(row)}" for row in held],
        "authorisers": [r.user for r in held if r.purpose == Purpose.AUTHORISE],
        "asked": NominationsQuestion.objects.visible_to(request.user).open().first(),
    }
    return render(request, "parties/nominations.html", facts)


@for_contacts
@require_http_methods(["GET", "HEAD", "POST"])
def calendar_make(request: UserRequest) -> HttpResponse:
    party_of(request.user)
    if request.method == "POST":
        commands.make_calendar_feed(by=request.user)
        messages.success(
            request, "Your calendar link is below. A link before it has ended."
        )
    return redirect("account")


@for_contacts
@require_http_methods(["GET", "HEAD", "POST"])
def calendar_revoke(request: UserRequest) -> HttpResponse:
    party_of(request.user)
    if request.method == "POST":
        commands.revoke_calendar_feed(by=request.user)
        messages.success(request, "Your calendar link has ended: nothing follows it.")
    return redirect("account")


@for_contacts
@require_http_methods(["GET", "HEAD", "POST"])
def calendar_share(request: UserRequest) -> HttpResponse:
    party = party_of(request.user)
    if request.method == "POST":
        commands.share_calendar(by=request.user)
        messages.success(
            request, f"The link of {party} is below. A link before it has ended."
        )
    return redirect("account")


@for_contacts
@require_http_methods(["GET", "HEAD", "POST"])
def calendar_unshare(request: UserRequest) -> HttpResponse:
    party = party_of(request.user)
    if request.method == "POST":
        commands.end_shared_calendar(by=request.user)
        messages.success(
            request, f"The calendar link of {party} has ended: nothing follows it."
        )
    return redirect("account")


@sensitive_post_parameters("password1", "password2")
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Let whoever has the link choose the first password; no sign-in is needed.

    It signs nobody in, and whatever is wrong with a link, nothing else is told by it.
    """
    if refused := refusal(request, token[:TOKEN_COUNTED]):
        return refused
    row = invited_by(token)
    state = row.state_at(timezone.now()) if row else None
    if row is None or state != InvitationState.OPEN:
        return unlisted(over(request, state))
    form = FirstPasswordForm(request.POST or None, person=row.user)
    if form.is_valid():
        with refusals_in(form):
            password = form.cleaned_data["password1"]
            commands.accept_invitation(row.pk, password=password)
            # The page that follows need not ask for the address again.
            request.session[CHOSE_FOR] = row.user.email
            messages.success(request, "Your password is set. Sign in with it now.")
            return redirect("account_login")
    return unlisted(
        render(request, "parties/invitation.html", {"form": form, "row": row})
    )


def over(request: HttpRequest, state: str | None) -> HttpResponse:
    """Say that a link no longer works, why, and how to get another."""
    facts = {"state": state, "was_used": state == InvitationState.USED}
    return render(request, "parties/invitation_over.html", facts, status=410)


def party_of(user: User) -> Party:
    """Return the person's own Party; DCC's staff and suppliers have none."""
    if user.party is None:
        raise PermissionDenied("This page is for the people of a Gateway Party.")
    return user.party
