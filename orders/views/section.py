"""A section of the form: one page, kept as a whole or not at all."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from common.access import UserRequest, for_contacts
from common.errors import DomainError
from common.unsent import give_back
from orders import commands, policies
from orders.errors import ChangedMeanwhile
from orders.forms import SectionForm, sections_of
from orders.forms.page import OWN, PARTNER, Changed, RequestPageForm, Saw, changes_since
from orders.forms.questions import AnswersForm, attach_questions
from orders.models import ConnectionRequest
from orders.views.base import ASK_AND_ANSWER, order_or_404, require_filler, typed
from orders.views.form import read_only
from orders.views.way_back import check_page, way_of
from parties.commands import add_data_centre
from parties.models import User
from records.unit import unit


@for_contacts
@ASK_AND_ANSWER
def order_section(request: UserRequest, reference: str, section: str) -> HttpResponse:
    order = order_or_404(request, reference)
    kind = kind_or_404(order, section)
    may_fill_in = policies.may_fill_in(order, request.user)
    if request.method == "POST":
        require_filler(request.user, order)
    elif not (may_fill_in and order.is_editable):
        return read_only(request, order, may_submit=may_fill_in)
    if "theirs" in request.POST:
        messages.success(request, "Your colleague’s answers stand. Yours were dropped.")
        return redirect(request.get_full_path())
    return section_page(request, order, kind)


def kind_or_404(order: ConnectionRequest, slug: str) -> type[SectionForm]:
    kind = next((one for one in sections_of(order) if one.slug == slug), None)
    if kind is None:
        raise Http404
    return kind


def section_page(
    request: UserRequest, order: ConnectionRequest, kind: type[SectionForm]
) -> HttpResponse:
    """Show a section, or keep it and lead on."""
    is_partial = bool({"later", "aside"} & request.POST.keys())
    form = kind(typed(request), order=order, is_partial=is_partial)
    page = RequestPageForm(typed(request), section=form)
    boxes = attach_questions(form, commands.open_questions(order), typed(request))
    give_back(request, form, page, boxes)
    changed: list[Changed] = []
    if all([form.is_valid(), page.is_valid(), boxes.is_valid()]):
        refusal = save_section(form, page, boxes, request.user)
        if refusal is None:
            if form.ignored:
                messages.warning(request, form.ignored)
            return redirect(after(form, request))
        form.add_error(None, str(refusal))
        if isinstance(refusal, ChangedMeanwhile):
            now = kind(order=order_or_404(request, order.reference))
            changed, page = what_changed(page, now), page.show_again(now)
    kinds = sections_of(order)
    facts = {
        "order": order,
        "form": form,
        "page": page,
        "boxes": boxes,
        "changed": changed,
        "way": way_of(request),
        "number": kinds.index(kind) + 1,
        "total": len(kinds),
    }
    return render(request, "orders/section.html", facts)


def what_changed(page: RequestPageForm, now: SectionForm) -> list[Changed]:
    """Return the answers that the writer did not see, on either form of a pair."""
    found = list(changes_since(now, now.order, page.saw(OWN) or {}))
    partner = now.order.partner
    if not found and partner is not None:
        found = list(changes_since(now, partner, page.saw(PARTNER) or {}))
    return found


def save_section(
    form: SectionForm, page: RequestPageForm, boxes: AnswersForm, by: User
) -> DomainError | None:
    """Keep a section's answers, and those to DCC's questions: all of it or nothing.

    Returns:
        The refusal; None when all was kept.
    """
    order = form.order
    try:
        with unit():
            answers = form.answers
            if form.new_site:
                site = add_data_centre(order.party_id, by=by, **form.new_site)
                answers = {"data_centre_id": site.pk}
            save_on_form(order, form, answers, page.saw(OWN), by)
            if page.partner is not None and page.goes_for_both:
                save_on_form(page.partner, form, answers, page.saw(PARTNER), by)
            if boxes.questions:
                commands.answer_questions(order.pk, by=by, answers=boxes.answers)
    except DomainError as refusal:
        return refusal
    return None


def save_on_form(
    order: ConnectionRequest,
    form: SectionForm,
    answers: dict[str, Any],
    saw: Saw | None,
    by: User,
) -> None:
    """Keep the section's answers and ticks on one of the forms that they are for."""
    commands.save_answers(order.pk, by=by, answers=answers, seen=saw)
    if form.asked:
        ticks = None if saw is None else {kind for kind in form.asked if saw.get(kind)}
        commands.acknowledge(
            order.pk, by=by, whats=form.ticked, asked=form.asked, seen=ticks
        )


def after(form: SectionForm, request: UserRequest) -> str:
    """Return where a saved section leads: what it asks for, the next, or the check.

    Who comes back later is led to the list, and who came from the check back to it.
    """
    reference, way = form.order.reference, way_of(request)
    if "later" in request.POST:
        return reverse("order-form", args=[reference])
    further = form.aside_page if "aside" in request.POST else form.follow_up
    if further:
        return reverse(further, args=[reference]) + way
    if way:
        return check_page(reference, form.slug)
    slugs = [section.slug for section in sections_of(form.order)]
    rest = slugs[slugs.index(form.slug) + 1 :]
    if rest:
        return reverse("order-section", args=[reference, rest[0]])
    return check_page(reference)
