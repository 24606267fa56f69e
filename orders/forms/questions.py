"""The boxes in which a Party answers DCC's questions."""

from typing import Any

from django import forms

from common.forms import PortalForm, word_refusals
from orders.forms.section import AcknowledgeField, SectionForm
from orders.models import Question
from orders.models.sections import ACKNOWLEDGEMENT

LONGEST = 4000


class AnswersForm(PortalForm):
    """A box for each question; one that is left empty can be answered later."""

    def __init__(self, data: object = None, *, questions: list[Question]) -> None:
        self.questions = questions
        initial = {str(row.pk): row.answer for row in questions}
        super().__init__(data, initial=initial, prefix="question")
        for row in questions:
            self.fields[str(row.pk)] = box_for(row)

    @property
    def answers(self) -> dict[int, str]:
        return {int(pk): words for pk, words in self.cleaned_data.items()}


def box_for(question: Question) -> forms.CharField:
    field = forms.CharField(
        label=f"DCC asks: {question.words}",
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=f"About: {question.subject.lower()}. Your answer goes to DCC when "
        "you send the form again",
    )
    word_refusals(field)
    return field


def answers_of(form: SectionForm) -> dict[str, str]:
    """Return the names of a section's inputs by the answer that each is about."""
    return {
        f"{ACKNOWLEDGEMENT}{field.what}"
        if isinstance(field, AcknowledgeField)
        else name: name
        for name, field in form.fields.items()
    }


def attach_questions(
    form: SectionForm, questions: list[Question], data: object = None
) -> AnswersForm:
    """Put the boxes of a section's questions beside the inputs that they are about."""
    names = answers_of(form)
    asked = [row for row in questions if row.field in names]
    boxes = AnswersForm(data, questions=asked)
    for row in asked:
        field: Any = form.fields[names[row.field]]
        field.questions = [*getattr(field, "questions", []), boxes[str(row.pk)]]
    return boxes
