"""The one door through which every form of the portal receives what was typed.

Django asks the renderer for the class of its bound fields, and `FORM_RENDERER` is for
every form that has no renderer of its own: the desk's, the admin's, the sign-in
library's. The contacts' renderer builds on the same class.
"""

from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.forms.renderers import DjangoTemplates

from common.lines import one_line, paragraphs
from common.nul import NUL

# Passwords may hold anything; what is hidden is ours, and signed where it matters.
AS_SENT = (forms.PasswordInput, forms.HiddenInput)


def at_the_door(widget: forms.Widget, value: Any) -> Any:
    """Return what was sent for a field in the form in which the portal keeps it."""
    if isinstance(widget, AS_SENT):
        return value
    if isinstance(value, list):
        return [at_the_door(widget, one) for one in value]
    # A NUL was typed by nobody: Django refuses it, and so does the address.
    if not isinstance(value, str) or NUL in value:
        return value
    return paragraphs(value) if isinstance(widget, forms.Textarea) else one_line(value)


class DoorBoundField(BoundField):
    """A field whose data has come through the door."""

    @property
    def data(self) -> Any:
        return at_the_door(self.field.widget, super().data)


class DoorRenderer(DjangoTemplates):
    bound_field_class = DoorBoundField
