"""The request form and what ends a request, for the people of a Gateway Party."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe
from django_fsm import can_proceed

from common.access import UserRequest, for_contacts
from common.clock import uk_date
from common.errors import DomainError
from common.forms import PortalForm
from common.kept import give_back
from common.parts import Task
from orders import commands, policies
from orders.deadlines import QUOTE_WORKING_DAYS
from orders.errors import NotNominated
from orders.forms import (
    DeclarationForm,
    SectionForm,
    WithdrawForm,
    bound_sections,
    sections_of,
)
from orders.forms.section import COMPLETE, IN_PROGRESS, OPTIONAL
from orders.models import ConnectionRequest
from orders.states import OrderState
from parties.commands import add_data_centre
from parties.models import Party, User
from parties.policies import may_submit_for
from parties.states import Purpose
from parties.views import party_of

ASK_AND_ANSWER = require_http_methods(["GET", "HEAD", "POST"])


# What several pages need


def order_or_404(request: UserRequest, reference: str) -> ConnectionRequest:
    visible = ConnectionRequest.objects.visible_to(request.user).for_pages()
    order: ConnectionRequest = get_object_or_404(visible, reference=reference)
    return order


def typed(request: UserRequest) -> QueryDict | None:
    """Return what was sent; None makes a form that shows no errors yet."""
    return request.POST if request.method == "POST" else None


def authorisers(user: User, party_id: int) -> list[User]:
    """Return who may authorise for the Party today, as far as `user` may know."""
    today = uk_date(timezone.now())
    people = User.objects.visible_to(user)
    return list(people.nominated(party_id, Purpose.AUTHORISE, today))


def nobody_authorises(user: User, party_id: int) -> bool:
    """Say whether to warn a contact that nobody can sign yet. Source: R-2.11-6."""
    return user.party_id == party_id and not authorisers(user, party_id)


def require_submitter(user: User, party: Party) -> None:
    if not may_submit_for(user, party.pk):
        raise PermissionDenied(str(NotNominated(party=party)))


# Starting a request


@for_contacts
@ASK_AND_ANSWER
def order_new(request: UserRequest) -> HttpResponse:
    party = party_of(request.user)
    form = PortalForm(typed(request))
    if form.is_bound:
        require_submitter(request.user, party)
        try:
            order = commands.start_request(party.pk, by=request.user)
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("order-form", order.reference)
    facts = {
        "form": form,
        "party": party,
        "may_submit": may_submit_for(request.user, party.pk),
        "quote_days": QUOTE_WORKING_DAYS,
        "nobody_authorises": nobody_authorises(request.user, party.pk),
    }
    return render(request, "orders/new.html", facts)


@for_contacts
@ASK_AND_ANSWER
def order_copy(request: UserRequest, reference: str) -> HttpResponse:
    order = order_or_404(request, reference)
    form = PortalForm(typed(request))
    if form.is_bound and order.is_closed:
        require_submitter(request.user, order.party)
        try:
            copy = commands.copy_request(order.pk, by=request.user)
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            words = f"{copy} begins with the answers of {order}. Check each before you"
            messages.success(request, f"{words} send it.")
            return redirect("order-form", copy.reference)
    may_submit = policies.may_submit(order, request.user)
    facts = {"form": form, "order": order, "may_submit": may_submit}
    return render(request, "orders/copy.html", facts)


# Filling in the form


@for_contacts
@require_safe
def order_form(request: UserRequest, reference: str) -> HttpResponse:
    order = order_or_404(request, reference)
    may_submit = policies.may_submit(order, request.user)
    if not (may_submit and order.is_editable):
        return read_only(request, order, may_submit=may_submit)
    parts = bound_sections(order)
    asked = [part for part in parts if not part.is_optional]
    done = sum(part.is_complete for part in asked)
    facts = {
        "order": order,
        "groups": grouped_tasks(parts, order, is_ready=done == len(asked)),
        "done": done,
        "total": len(asked),
        "nobody_authorises": nobody_authorises(request.user, order.party_id),
        "quote_days": QUOTE_WORKING_DAYS,
    }
    return render(request, "orders/form.html", facts)


def read_only(
    request: UserRequest, order: ConnectionRequest, *, may_submit: bool
) -> HttpResponse:
    """Show the answers to somebody who may read but not change them (now)."""
    parts = bound_sections(order)
    facts = {"order": order, "parts": parts, "may_submit": may_submit}
    return render(request, "orders/form_read.html", facts)


def grouped_tasks(
    parts: list[SectionForm], order: ConnectionRequest, *, is_ready: bool
) -> list[tuple[str, list[Task]]]:
    """Return the lines of the task list under their headings."""
    groups: dict[str, list[Task]] = {}
    for part in parts:
        groups.setdefault(part.group, []).append(task_for(part))
    check = Task(
        "Check your answers, declare and submit",
        "Not started" if is_ready else "Cannot start yet",
        reverse("order-check", args=[order.reference]) if is_ready else "",
        "" if is_ready else "When the sections above are complete",
        tone="todo" if is_ready else "blocked",
    )
    return [*groups.items(), ("Send it", [check])]


def address(part: SectionForm) -> str:
    return reverse("order-section", args=[part.order.reference, part.slug])


def task_for(part: SectionForm) -> Task:
    is_quiet = part.status in (COMPLETE, OPTIONAL)
    tone = "done" if is_quiet else "todo"
    hint = part.summary()
    if part.status == IN_PROGRESS:
        hint = " ".join(filter(None, [hint, "Something is still missing"]))
    return Task(part.title, part.status, address(part), hint, tone=tone)


@for_contacts
@ASK_AND_ANSWER
def order_section(request: UserRequest, reference: str, section: str) -> HttpResponse:
    order = order_or_404(request, reference)
    kinds = sections_of(order)
    kind = next((one for one in kinds if one.slug == section), None)
    if kind is None:
        raise Http404
    may_submit = policies.may_submit(order, request.user)
    if request.method == "POST":
        require_submitter(request.user, order.party)
    elif not (may_submit and order.is_editable):
        return read_only(request, order, may_submit=may_submit)
    is_later = "later" in request.POST
    form = kind(typed(request), order=order, is_partial=is_later)
    give_back(request, form)
    if form.is_valid() and keep(form, request.user):
        return redirect(after(form, is_later=is_later))
    number = kinds.index(kind) + 1
    facts = {"order": order, "form": form, "number": number, "total": len(kinds)}
    return render(request, "orders/section.html", facts)


def keep(form: SectionForm, by: User) -> bool:
    """Keep a section's answers; a new data centre and its choice stand or fall as one.

    Returns:
        False when refused; the words are then on the form.
    """
    order = form.order
    try:
        with transaction.atomic():
            answers = form.answers
            if form.new_site:
                site = add_data_centre(order.party_id, by=by, **form.new_site)
                answers = {"data_centre_id": site.pk}
            commands.save_answers(order.pk, by=by, answers=answers)
    except DomainError as refusal:
        form.add_error(None, str(refusal))
        return False
    return True


def after(form: SectionForm, *, is_later: bool) -> str:
    """Return where a saved section leads: the next one, or the check, or the list."""
    reference = form.order.reference
    if is_later:
        return reverse("order-form", args=[reference])
    slugs = [section.slug for section in sections_of(form.order)]
    rest = slugs[slugs.index(form.slug) + 1 :]
    if rest:
        return reverse("order-section", args=[reference, rest[0]])
    return reverse("order-check", args=[reference])


# Sending it


@for_contacts
@ASK_AND_ANSWER
def order_check(request: UserRequest, reference: str) -> HttpResponse:
    order = order_or_404(request, reference)
    may_submit = policies.may_submit(order, request.user)
    if request.method == "POST":
        require_submitter(request.user, order.party)
    elif not (may_submit and order.is_editable):
        return read_only(request, order, may_submit=may_submit)
    parts = bound_sections(order)
    form = DeclarationForm(typed(request), order=order)
    give_back(request, form)
    if form.is_valid():
        titles = [part.title for part in parts if not part.is_complete]
        try:
            commands.submit_request(order.pk, by=request.user, missing=titles)
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("order-submitted", order.reference)
    facts = {
        "order": order,
        "form": form,
        "missing": [part for part in parts if not part.is_complete],
        "parts": [(part, part.rows(address(part))) for part in parts],
        "nobody_authorises": nobody_authorises(request.user, order.party_id),
    }
    return render(request, "orders/check.html", facts)


@for_contacts
@require_safe
def order_submitted(request: UserRequest, reference: str) -> HttpResponse:
    order = order_or_404(request, reference)
    if order.is_editable:
        return redirect("order-form", order.reference)
    if order.state != OrderState.SUBMITTED:
        return redirect(order)
    facts = {
        "order": order,
        "quote_days": QUOTE_WORKING_DAYS,
        "nobody_authorises": nobody_authorises(request.user, order.party_id),
    }
    return render(request, "orders/submitted.html", facts)


# Taking it back


@for_contacts
@ASK_AND_ANSWER
def order_withdraw(request: UserRequest, reference: str) -> HttpResponse:
    order = order_or_404(request, reference)
    form = WithdrawForm(typed(request))
    give_back(request, form)
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        try:
            commands.withdraw_request(order.pk, by=request.user, reason=reason)
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"{order} is withdrawn. You owe nothing for it.")
            return redirect(order)
    facts = {
        "order": order,
        "form": form,
        "may_withdraw": policies.may_withdraw(order, request.user),
        "is_possible": can_proceed(order.withdraw),
    }
    return render(request, "orders/withdraw.html", facts)
