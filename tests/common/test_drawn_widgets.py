"""Plain widgets are drawn by our own hand, and say what Django's templates say."""

import pytest
from django import forms
from django.forms.renderers import DjangoTemplates
from django.utils.safestring import SafeString

from common.door import DoorRenderer
from common.drawn_widgets import DRAWN

HOSTILE = '<b>"O\'Neill" & sons</b>'
CHOICES = [
    ("", "---------"),
    ("a", HOSTILE),
    (HOSTILE, SafeString("<i>safe</i>")),
    ("Sites", [(1, "One"), (2, 2)]),
]
ATTRIBUTES = {"id": "x", "required": True, "disabled": False, "title": HOSTILE, "n": 7}
WIDGETS = [
    forms.TextInput,
    forms.NumberInput,
    forms.EmailInput,
    forms.HiddenInput,
    forms.PasswordInput,
    forms.CheckboxInput,
    forms.DateInput,
    forms.Select,
    forms.SelectMultiple,
]


@pytest.mark.parametrize("value", [None, "", "a", HOSTILE, 2, True, ["a", 1]])
@pytest.mark.parametrize("kind", WIDGETS)
def test_a_widget_is_drawn_as_django_draws_it(kind, value):
    has_choices = issubclass(kind, forms.Select)
    widget = kind(choices=CHOICES) if has_choices else kind()
    drawn = [
        widget.render("name&", value, ATTRIBUTES, renderer)
        for renderer in (DoorRenderer(), DjangoTemplates())
    ]

    assert drawn[0] == drawn[1]
    assert widget.template_name in DRAWN
