"""The one door through which every form of the portal receives what was typed.

Django asks the renderer for the class of its bound fields, and `FORM_RENDERER` is for
every form that has no renderer of its own: the desk's, the admin's, the sign-in
library's. The contacts' renderer builds on the same class.
"""

from typing import Any, TypeVar

from django import forms
from django.core.exceptions import ValidationError
from django.forms.boundfield import BoundField

from common.drawn_widgets import DrawnWidgets
from common.held_files import HoldsFiles
from common.lines import one_line, paragraphs
from common.nul import NUL
from common.typeface import called, missing_letters

FieldType = TypeVar("FieldType", bound=forms.Field)

# Passwords may hold anything; what is hidden is ours, and signed where it matters.
AS_SENT = (forms.PasswordInput, forms.HiddenInput)


def at_the_door(widget: forms.Widget, value: object) -> Any:
    """Return what was sent for a field in the form in which the portal keeps it."""
    if isinstance(widget, AS_SENT):
        return value
    if isinstance(value, list):
        return [at_the_door(widget, one) for one in value]
    # A NUL was typed by nobody: Django refuses it, and so does the address.
    if not isinstance(value, str) or NUL in value:
        return value
    return paragraphs(value) if isinstance(widget, forms.Textarea) else one_line(value)


def never_printed(field: FieldType) -> FieldType:
    """Return `field` as one whose text stands on pages and in e-mails alone."""
    field.may_hold_any_letter = True  # type: ignore[attr-defined]
    return field


def refuse_unprintable(value: object) -> None:
    """Refuse a text that no document could print, before anybody counts on it.

    Raises:
        ValidationError: it has a letter that is in none of the portal's fonts.
    """
    missing = missing_letters(value) if isinstance(value, str) else []
    if missing:
        words = (
            f"Write this without {called(missing[0])}: our documents print Latin, "
            "Greek and Cyrillic letters, figures and punctuation only"
        )
        raise ValidationError(words, code="unprintable")


def is_printed(field: forms.Field) -> bool:
    """Say whether what is typed into a field may come to stand in a document."""
    is_typed = isinstance(field.widget, forms.TextInput | forms.Textarea)
    return is_typed and not getattr(field, "may_hold_any_letter", False)


class DoorBoundField(BoundField):
    """A field whose data has come through the door."""

    def __init__(self, form: Any, field: forms.Field, name: str) -> None:
        super().__init__(form, field, name)
        # The field is this form's own copy. A bound field is made before it is cleaned.
        if is_printed(field) and refuse_unprintable not in field.validators:
            field.validators = [*field.validators, refuse_unprintable]

    @property
    def data(self) -> Any:
        return at_the_door(self.field.widget, super().data)

    def value(self) -> Any:
        """Return what the widget shows; of files nothing that was refused."""
        is_refused = isinstance(self.field.widget, HoldsFiles) and bool(self.errors)
        return None if is_refused else super().value()


class DoorRenderer(DrawnWidgets):
    bound_field_class = DoorBoundField
