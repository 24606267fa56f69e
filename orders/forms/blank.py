"""The request form without answers: every question that a form can ask.

It is drawn from the sections of the portal's form, so the two never differ.
"""

from typing import Any

from django import forms
from django.db.models import prefetch_related_objects

from common.forms import kind_of
from orders.documents import template_facts
from orders.forms.endings import DeclarationForm
from orders.forms.section import AcknowledgeField, SectionForm
from orders.forms.sections import SECTIONS
from orders.forms.sections_site import NEW_SITE
from orders.forms.sharing import SharerForm
from orders.models import ConnectionRequest
from orders.models.declared import FORM_ANSWERS
from orders.models.sections import FORM
from orders.states import Route
from parties.models import Party, User

# When a box is asked that not every form asks, in the words of the paper.
BOXES_ONLY_IF = {
    "active_standby": "Only for one of a pair that does not split SSI and DUIS",
    "layer_2_switch": "Only for a pair at one site",
    "layer_2_link": "Only for a pair at two sites",
    "smaller_standby": "Only for a pair of two types or ratings",
    "sharing": "Only if others use it",
    "is_charge_confirmed": "Only for a free connection of a Registration Data Provider",
}
ONLY_IF = BOXES_ONLY_IF | {row.name: row.only_if for row in FORM_ANSWERS if row.only_if}
# What the portal knows of its reader, and paper has to ask.
NOT_ON_PAPER = tuple(row.name for row in FORM_ANSWERS if row.is_of_the_party)
WRITTEN = {"textarea": "tall", "date": "short"}
READ_BY_SECTIONS = ("acknowledgements", "sharers", "party__data_centres")
MOST_SHARERS = 2
WHO = (
    "DCC Gateway Party",
    "Name of the person who submits this form",
    "E-mail address of that person",
    "Phone number of that person",
)


def specimen() -> ConnectionRequest:
    """Return a request of nobody, which is never kept: sections ask it what to show."""
    party = Party(pk=0, name="the DCC Gateway Party")
    order = ConnectionRequest(pk=0, party=party, route=Route.H15)
    # Read once, though each section asks.
    prefetch_related_objects([order], *READ_BY_SECTIONS)
    return order


def blank_facts() -> dict[str, Any]:
    """Return all that the blank form says, as plain strings and lists.

    Source: R-3.2-1, R-3.2-2, R-1.3-5.
    """
    order = specimen()
    sections = [section_facts(kind, order) for kind in SECTIONS]
    at = [part["title"] for part in sections].index(FORM["sharing"].title)
    sharer = questions_of(SharerForm.base_fields)
    sections[at]["each"] = {"title": "Each organisation", "questions": sharer}
    sections[at]["times"] = list(range(1, MOST_SHARERS + 1))
    declared = DeclarationForm(order=order, by=User()).fields["agreed"].label
    return {
        **template_facts(),
        "who": list(WHO),
        "routes": [str(route.label) for route in Route],
        "sections": sections,
        "declaration": str(declared),
    }


def section_facts(kind: type[SectionForm], order: ConnectionRequest) -> dict[str, Any]:
    """Return one section; a question that this order is not asked is as declared."""
    fields = {**kind.base_fields, **kind(order=order).fields}
    declared = {name: fields[name] for name in kind.base_fields}
    return {
        "title": kind.title,
        "guidance": list(kind.guidance),
        "is_optional": kind.is_optional,
        "questions": questions_of(declared),
    }


def questions_of(fields: dict[str, forms.Field]) -> list[dict[str, Any]]:
    return [
        question(name, field)
        for name, field in fields.items()
        if name not in NOT_ON_PAPER
    ]


def question(name: str, field: forms.Field) -> dict[str, Any]:
    """Return one question as paper asks it: boxes to tick, or room to write."""
    is_box = isinstance(field, AcknowledgeField | forms.BooleanField)
    return {
        "label": str(field.label),
        "hint": str(field.help_text),
        "only_if": ONLY_IF.get(name, ""),
        "section": getattr(field, "guidance_section", "") or "",
        "is_box": is_box,
        "choices": [] if is_box else choices_of(field),
        "suffix": getattr(field, "suffix", "") or "",
        "room": WRITTEN.get(kind_of(field), ""),
    }


def choices_of(field: forms.Field) -> list[dict[str, str]]:
    hints = getattr(field, "choice_hints", None) or {}
    return [
        {"label": str(label), "hint": str(hints.get(str(value), ""))}
        for value, label in getattr(field, "choices", None) or []
        if value not in ("", NEW_SITE)
    ]
