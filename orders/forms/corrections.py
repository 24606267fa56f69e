"""Answers of the form that are corrected for a contact, one by one (T35)."""

from copy import deepcopy
from typing import Any

from django import forms

from common.fields import Day
from common.forms import SplitDateField
from orders.forms.section import AcknowledgeField, SectionForm, as_typed
from orders.forms.sections import sections_of
from orders.models import ANSWERS, ConnectionRequest

# Chosen with the facts of a place, on a page of its own.
NOT_ALONE = ("data_centre",)


def section_of(order: ConnectionRequest, name: str) -> type[SectionForm] | None:
    """Return the section that asks for an answer, if it can be corrected alone."""
    if name not in ANSWERS or name in NOT_ALONE:
        return None
    for section in sections_of(order):
        field = section.base_fields.get(name)
        if field is not None and not isinstance(field, AcknowledgeField):
            return section
    return None


def field_for(order: ConnectionRequest, name: str, label: str) -> forms.Field | None:
    """Return the form's own question for an answer, as the desk asks it."""
    section = section_of(order, name)
    if section is None:
        return None
    field: forms.Field = deepcopy(section(order=order).fields[name])
    if isinstance(field, SplitDateField):
        field = Day()
    field.label, field.help_text, field.required = label, "", False
    field.initial = section.stored(order)[name]
    # What was changed is told by what the page showed, not by what is stored since.
    field.show_hidden_initial = True
    return field


def corrected(
    order: ConnectionRequest, typed: dict[str, Any]
) -> tuple[dict[str, Any], dict[str, list[str]]]:
    """Return the answers that differ from what is stored, and what is wrong with any.

    Each is asked by its section, beside the other answers of that.
    """
    changed, wrong = {}, {}
    for name, value in typed.items():
        section = section_of(order, name)
        if section is None:
            continue
        whole = section.stored(order) | {name: value}
        form = section(
            as_typed(section.base_fields, whole), order=order, is_partial=True
        )
        if not form.is_valid() and name in form.errors:
            wrong[name] = [str(words) for words in form.errors[name]]
        elif form.answers.get(name) != getattr(order, name):
            changed[name] = form.answers.get(name)
    return changed, wrong
