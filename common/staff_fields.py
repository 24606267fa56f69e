"""The questions that forms of staff ask again and again, each worded once."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any, TypeVar

from django import forms
from django.db import models
from django.forms.models import ModelChoiceIterator

from common.fields import NO_AMOUNT, Number, Pounds
from common.money import ZERO

# As much as a contact may write; an e-mail carries it.
LONGEST_WORDS = 4000
TOO_LONG = "Shorten this to %(limit_value)d characters or fewer"
YES_NO = [("yes", "Yes"), ("no", "No")]


Row = TypeVar("Row", bound=models.Model)


class RowsOffered(ModelChoiceIterator):
    """The only row there is, or none chosen: nobody acts on the first by mistake."""

    def __iter__(self) -> Iterator[Any]:
        rows = [self.choice(row) for row in self.queryset]
        if len(rows) != 1:
            yield "", self.field.error_messages["required"]
        yield from rows


class OneRow(forms.ModelChoiceField[Row]):
    iterator = RowsOffered


def one_of(kind: type[Row], label: str, missing: str) -> forms.ModelChoiceField[Row]:
    """Ask for one of some rows, which the page offers when it knows them.

    Args:
        missing: what is wrong while none is chosen, such as "Choose the visit".
    """
    return OneRow(
        label=label,
        queryset=kind._default_manager.none(),  # noqa: SLF001  Django's own, documented
        error_messages={"required": missing},
    )


def offer(
    form: forms.Form,
    name: str,
    rows: models.QuerySet[Row] | Sequence[Row],
    called: Callable[[Row], str] | None = None,
) -> None:
    """Let the question `name` of a form be answered by one of `rows`, and no other.

    Args:
        rows: a query, or rows that were read, of which none is asked for again.
        called: what a row is called in the list; itself in words, if not said.
    """
    choice: Any = form.fields[name]
    if not isinstance(rows, models.QuerySet):
        kind = choice.queryset.model
        rows = kind._default_manager.filter(pk__in=[row.pk for row in rows])  # noqa: SLF001
    choice.queryset = rows
    if called is not None:
        choice.label_from_instance = called


def yes_or_no(label: str, missing: str, help_text: str = "") -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        label=label,
        help_text=help_text,
        choices=YES_NO,
        coerce=is_yes,
        widget=forms.RadioSelect,
        error_messages={"required": missing},
    )


def maybe(label: str, help_text: str) -> forms.TypedChoiceField:
    """Ask for yes or no, where the answer may not be known yet."""
    return forms.TypedChoiceField(
        label=label,
        choices=[("", "Not known yet"), *YES_NO],
        coerce=is_yes,
        empty_value=None,
        required=False,
        help_text=help_text,
    )


def is_yes(answer: str) -> bool:
    return answer == "yes"


def words(
    label: str, help_text: str = "", missing: str = "", rows: int = 5
) -> forms.CharField:
    """Ask for sentences; `missing` says what is wrong without any, if that is wrong."""
    return forms.CharField(
        label=label,
        help_text=help_text,
        required=bool(missing),
        max_length=LONGEST_WORDS,
        widget=forms.Textarea(attrs={"rows": rows}),
        error_messages={"required": missing, "max_length": TOO_LONG},
    )


def mbps(label: str, help_text: str) -> Number:
    return Number(
        label=label,
        required=False,
        max_digits=6,
        decimal_places=2,
        help_text=help_text,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "size": 8}),
    )


def amount(label: str, help_text: str = "", missing: str = "") -> Pounds:
    """Ask for pounds, excluding VAT unless the label says otherwise."""
    return Pounds(
        label=label,
        help_text=help_text,
        required=bool(missing),
        min_value=ZERO,
        max_digits=10,
        decimal_places=2,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "size": 12}),
        error_messages={
            "required": missing,
            "invalid": NO_AMOUNT,
            "min_value": "Enter 0 or more",
        },
    )
