"""Answers of the form that are corrected for a contact (T35)."""

from collections.abc import Iterator
from copy import deepcopy
from typing import Any

from django import forms

from common.fields import Day
from common.forms import SplitDateField
from orders.forms.section import AcknowledgeField, SectionForm, as_typed
from orders.forms.sections import sections_of
from orders.models import ConnectionRequest
from orders.models.corrections import SITE, Corrections, may_be_corrected
from orders.models.declared import DECLARED

Wrong = dict[str, list[str]]
CHOOSE_NEW = (
    "Choose “Another data centre” if it is the one whose address you gave, or empty "
    "the fields of its address"
)


def section_of(order: ConnectionRequest, name: str) -> type[SectionForm] | None:
    """Return the section that asks for an answer, if it can be corrected alone."""
    # What is chosen among rows of the Party is corrected with the whole form.
    if name not in DECLARED or DECLARED[name].is_of_the_party:
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
    field = as_asked(deepcopy(section(order=order).fields[name]))
    field.label, field.help_text = label, ""
    field.initial = section.stored(order)[name]
    return field


def as_asked(field: forms.Field) -> forms.Field:
    """Return a question of the form as the desk asks it: it may be left as it is."""
    if isinstance(field, SplitDateField):
        day = Day()
        day.label, day.help_text = field.label, field.help_text
        field = day
    field.required = False
    # What was changed is told by what the page showed, not by what is stored since.
    field.show_hidden_initial = True
    return field


def questions_of(order: ConnectionRequest) -> Iterator[tuple[str, str, forms.Field]]:
    """Yield heading, name and question of all that can be corrected now."""
    for section in sections_of(order):
        form = section(order=order)
        stored = section.stored(order)
        for name, field in form.fields.items():
            if not may_be_corrected(name, order.state):
                continue
            asked = as_asked(field)
            asked.initial = stored.get(name)
            yield section.title, name, asked


def corrected(
    order: ConnectionRequest, typed: dict[str, Any]
) -> tuple[Corrections, Wrong]:
    """Return what differs from what is stored, and what is wrong with any of it.

    Each is asked by its section, beside the other answers of that.
    """
    found, wrong = Corrections(), Wrong()
    for section in sections_of(order):
        own = {name: value for name, value in typed.items() if asks(section, name)}
        if own:
            found = with_section(found, asked_again(order, section, own), own, wrong)
    return found, wrong


def asks(section: type[SectionForm], name: str) -> bool:
    return name in section.base_fields


def asked_again(
    order: ConnectionRequest, section: type[SectionForm], own: dict[str, Any]
) -> SectionForm:
    whole = section.stored(order) | own
    typed = as_typed(section.base_fields, whole)
    return section(typed, order=order, is_partial=True)


def with_section(
    found: Corrections, form: SectionForm, own: dict[str, Any], wrong: Wrong
) -> Corrections:
    """Return the corrections with those of one section; note what is wrong with it."""
    first = next(iter(own))
    for name, faults in form.errors.items():
        place = name if name in form.fields else first
        wrong.setdefault(place, []).extend(str(words) for words in faults)
    if not form.errors and form.ignored:
        wrong.setdefault("data_centre", []).append(CHOOSE_NEW)
    if form.errors:
        return found
    order = form.order
    answers = {
        name: value
        for name, value in form.answers.items()
        if getattr(order, name) != value and not (name == SITE and form.new_site)
    }
    asked = {field.what for name, field in form.boxes.items() if name in own}
    kept = {row.what for row in order.acknowledgements.all()}
    return Corrections(
        answers={**found.answers, **answers},
        ticked=found.ticked | (asked & form.ticked - kept),
        taken_back=found.taken_back | ((asked - form.ticked) & kept),
        new_site={**found.new_site, **form.new_site},
    )
