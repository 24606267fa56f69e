"""The questions of the request form, each a field made from what is declared of it."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.db import models

from common.fields import Whole
from common.forms import FieldType, SplitDateField, noted
from orders.models.answers import column_of
from orders.models.declared import DECLARED, choices_of
from orders.models.form_answer import FormAnswer
from parties.forms import line

YES_NO = [(True, "Yes"), (False, "No")]
Notes = dict[str, Any]


def question(name: str, choices: list[Any] | None = None, **notes: object) -> Any:
    """Return the field that asks for an answer, by the kind of its column.

    Args:
        choices: in place of those that are declared, where the page words them
            otherwise.
        notes: what only the page shows, as of `noted`.
    """
    answer = DECLARED[name]
    column = column_of(name)
    make = next(make for kind, make in KINDS if isinstance(column, kind))
    field = make(answer, choices or list(choices_of(name).items()))
    noted(field, **{**notes_of(answer, field), **notes})
    return only_when(field, answer) if is_asked_on_same_page(answer) else field


def notes_of(answer: FormAnswer, field: forms.Field) -> Notes:
    # Two short choices stand side by side.
    is_truth = isinstance(field, forms.TypedChoiceField) and field.choices == YES_NO
    return {
        "section": answer.guidance,
        "width": answer.width,
        "suffix": answer.unit,
        "inline": is_truth,
    }


def is_asked_on_same_page(answer: FormAnswer) -> bool:
    """Say whether an answer on the same page decides whether this one is asked."""
    if answer.asked_when is None:
        return False
    other, _ = answer.asked_when
    return DECLARED[other].section == answer.section


def only_when(field: FieldType, answer: FormAnswer) -> FieldType:
    """Return a question that its page asks only when another has a certain answer."""
    other, value = answer.asked_when or ("", "")
    depending: Any = field
    depending.required = False
    depending.when = (other, str(value))
    depending.needed = answer.missing
    return field


def words_of(answer: FormAnswer) -> dict[str, Any]:
    """Return what every field says: the question, the hint, and what is wrong."""
    missing = {"required": answer.missing} if answer.missing else {}
    return {
        "label": answer.question,
        "help_text": answer.hint,
        "required": bool(answer.missing),
        "error_messages": {**missing, **answer.wrong},
    }


def yes_or_no(answer: FormAnswer, choices: list[Any]) -> forms.Field:
    """Ask for a truth, kept as one or as nothing."""
    return forms.TypedChoiceField(
        choices=choices or YES_NO,
        coerce=lambda value: str(value) == "True",
        empty_value=None,
        widget=forms.RadioSelect,
        **words_of(answer),
    )


def several(answer: FormAnswer, choices: list[Any]) -> forms.Field:
    return forms.MultipleChoiceField(
        choices=choices, widget=forms.CheckboxSelectMultiple, **words_of(answer)
    )


def whole(answer: FormAnswer, choices: list[Any]) -> forms.Field:
    if choices:
        return forms.TypedChoiceField(
            choices=choices,
            coerce=int,
            empty_value=None,
            widget=forms.RadioSelect,
            **words_of(answer),
        )
    least, most = answer.limits or (None, None)
    return Whole(min_value=least, max_value=most, **words_of(answer))


def text(answer: FormAnswer, choices: list[Any]) -> forms.Field:
    if choices:
        return one_of(answer, choices)
    longest = column_of(answer.name).max_length or 0
    return line(answer.question, longest, needed=answer.missing, hint=answer.hint)


def one_of(answer: FormAnswer, choices: list[Any]) -> forms.Field:
    return forms.ChoiceField(
        choices=choices, widget=forms.RadioSelect, **words_of(answer)
    )


def email(answer: FormAnswer, choices: list[Any]) -> forms.Field:
    return forms.EmailField(**words_of(answer))


def day(answer: FormAnswer, choices: list[Any]) -> forms.Field:
    return SplitDateField(**words_of(answer))


Maker = Callable[[FormAnswer, list[Any]], forms.Field]
KINDS: tuple[tuple[type[models.Field[Any, Any]], Maker], ...] = (
    (models.JSONField, several),
    (models.BooleanField, yes_or_no),
    (models.IntegerField, whole),
    (models.DateField, day),
    # It is text as well, so it stands before it.
    (models.EmailField, email),
    (models.CharField, text),
    # What it offers is for the section to say.
    (models.ForeignKey, one_of),
)
