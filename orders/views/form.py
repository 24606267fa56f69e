"""Filling in the form: its task list, and a page for each section."""

from dataclasses import replace

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from common.access import UserRequest, for_contacts
from common.parts import Task
from orders import policies
from orders.forms import (
    SectionForm,
    bound_sections,
)
from orders.forms.section import COMPLETE, IN_PROGRESS, OPTIONAL
from orders.forms.sections_party import CareSection
from orders.models import ConnectionRequest
from orders.views.base import (
    nobody_authorises,
    order_or_404,
)
from orders.views.questions import Asked, asked_of

LAST = CareSection.group


@for_contacts
@require_safe
def order_form(request: UserRequest, reference: str) -> HttpResponse:
    order = order_or_404(request, reference)
    may_submit = policies.may_fill_in(order, request.user)
    if not (may_submit and order.is_editable):
        return read_only(request, order, may_submit=may_submit)
    parts = bound_sections(order)
    asked = [part for part in parts if not part.is_optional]
    done = sum(part.is_complete for part in asked)
    questions = asked_of(order, parts)
    facts = {
        "order": order,
        "questions": questions,
        "groups": grouped_tasks(parts, order, questions, is_ready=done == len(asked)),
        "done": done,
        "total": len(asked),
        "optional": len(parts) - len(asked),
        "nobody_authorises": nobody_authorises(request.user, order.party_id),
    }
    return render(request, "orders/form.html", facts)


def read_only(
    request: UserRequest, order: ConnectionRequest, *, may_submit: bool
) -> HttpResponse:
    """Show the answers to somebody who may read but not change them (now)."""
    parts = bound_sections(order)
    facts = {
        "order": order,
        "parts": parts,
        "may_submit": may_submit,
        "questions": asked_of(order, parts),
    }
    return render(request, "orders/form_read.html", facts)


def grouped_tasks(
    parts: list[SectionForm],
    order: ConnectionRequest,
    questions: list[Asked],
    *,
    is_ready: bool,
) -> list[tuple[str, list[Task]]]:
    """Return the lines of the task list under their headings."""
    groups: dict[str, list[Task]] = {}
    for part in parts:
        task = with_questions(task_for(part), questions)
        groups.setdefault(part.group, []).append(task)
    elsewhere = reverse("order-questions", args=[order.reference])
    if any(asked.url == elsewhere for asked in questions):
        whole = Task("About the whole form", "Complete", elsewhere, tone="done")
        groups["DCC’s questions"] = [with_questions(whole, questions)]
    check = Task(
        "Check your answers, declare and submit",
        "Not started" if is_ready else "Cannot start yet",
        reverse("order-check", args=[order.reference]) if is_ready else "",
        "" if is_ready else "When the sections above are complete",
        tone="todo" if is_ready else "blocked",
    )
    # What is asked last stands above it, when anything is.
    last = groups.pop(LAST, [])
    return [*groups.items(), (LAST, [*last, check])]


def address(part: SectionForm) -> str:
    return reverse("order-section", args=[part.order.reference, part.slug])


def task_for(part: SectionForm) -> Task:
    is_quiet = part.status in (COMPLETE, OPTIONAL)
    tone = "done" if is_quiet else "todo"
    hint = part.summary()
    if part.status == IN_PROGRESS:
        hint = " ".join(filter(None, [hint, "Something is still missing"]))
    return Task(part.title, part.status, address(part), hint, tone=tone)


def with_questions(task: Task, questions: list[Asked]) -> Task:
    """Mark a line whose page has questions of DCC that nobody answered."""
    here = [asked for asked in questions if asked.url == task.url]
    waiting = sum(not asked.is_answered for asked in here)
    if not waiting:
        return task
    words = f"{waiting} question{'s' if waiting > 1 else ''} to answer"
    return replace(task, status=words, tone="problem")
