"""Filling in the form: its task list, and a page for each section."""

from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from common.access import UserRequest, for_contacts
from common.errors import DomainError
from common.kept import give_back
from common.parts import Task
from orders import commands, policies
from orders.deadlines import QUOTE_WORKING_DAYS
from orders.forms import (
    SectionForm,
    bound_sections,
    sections_of,
)
from orders.forms.section import COMPLETE, IN_PROGRESS, OPTIONAL
from orders.models import ConnectionRequest
from orders.views.base import (
    ASK_AND_ANSWER,
    nobody_authorises,
    order_or_404,
    require_submitter,
    typed,
)
from parties.commands import add_data_centre
from parties.models import User


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
            if form.asked:
                commands.acknowledge(
                    order.pk, by=by, whats=form.ticked, asked=form.asked
                )
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
