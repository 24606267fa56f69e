"""DCC's questions about a form, as the Party reads and answers them."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from common.access import UserRequest, for_contacts
from common.forms import refusals_in
from common.unsent import give_back
from orders import commands, policies
from orders.forms import SectionForm
from orders.forms.questions import AnswersForm, answers_of
from orders.models import ConnectionRequest, Question
from orders.views.base import ASK_AND_ANSWER, order_or_404, require_filler, typed
from orders.views.way_back import check_page, way_of


@dataclass(frozen=True)
class Asked:
    """An open question, and the page on which it is answered."""

    question: Question
    url: str

    @property
    def is_answered(self) -> bool:
        return self.question.answered_at is not None


def asked_of(order: ConnectionRequest, parts: list[SectionForm]) -> list[Asked]:
    """Return what DCC waits for, each with its place among the sections `parts`."""
    questions = commands.open_questions(order)
    places = {name: part.slug for part in parts for name in answers_of(part)}
    return [Asked(row, place(order, places.get(row.field))) for row in questions]


def place(order: ConnectionRequest, slug: str | None) -> str:
    """Return the section's page, or the page of questions about no section."""
    if slug is None:
        return reverse("order-questions", args=[order.reference])
    return reverse("order-section", args=[order.reference, slug])


@for_contacts
@ASK_AND_ANSWER
def order_questions(request: UserRequest, reference: str) -> HttpResponse:
    order = order_or_404(request, reference)
    may_submit = policies.may_fill_in(order, request.user)
    if request.method == "POST":
        require_filler(request.user, order)
    questions = commands.open_questions(order) if may_submit else []
    form = AnswersForm(typed(request), questions=questions)
    give_back(request, form)
    if form.is_valid() and save_given_answers(order, form, request):
        if way_of(request):
            return redirect(check_page(order.reference))
        return redirect("order-form", order.reference)
    asked = Question.objects.visible_to(request.user).sent().filter(order=order)
    facts = {
        "order": order,
        "form": form,
        "may_submit": may_submit,
        "is_open": bool(questions),
        "asked": asked.for_pages(),
    }
    return render(request, "orders/questions.html", facts)


def save_given_answers(
    order: ConnectionRequest, form: AnswersForm, request: UserRequest
) -> bool:
    """Keep what was answered; a refusal is told on the form."""
    with refusals_in(form):
        commands.answer_questions(order.pk, by=request.user, answers=form.answers)
        messages.success(request, "Your answers are kept. DCC gets them with the form.")
        return True
    return False
