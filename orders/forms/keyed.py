"""The whole form on one page, for who keys it in beside its paper.

It has no questions of its own: each comes from the sections of the portal's form, which
check it and say what to keep. Here it has its short name, as on the paper, and no hint.
"""

import copy
from typing import Any

from django import forms
from django.core import signing
from django.http import QueryDict

from orders.forms.page import Saw, seen_now
from orders.forms.section import AcknowledgeField, SectionForm
from orders.forms.sections import sections_of
from orders.forms.sections_site import SiteSection
from orders.models import ConnectionRequest
from orders.models.checking import short_name
from orders.models.declared import DECLARED
from orders.states import AcknowledgementKind

SALT = "seen while keyed in"
SUBMIT, QUIET = "submit", "quiet"


class KeyedForm(forms.Form):
    """All sections that an order is asked, in the order of the paper.

    Args:
        is_partial: keep what is well formed so far; nothing is missing yet.
    """

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        order: ConnectionRequest,
        is_partial: bool = False,
    ) -> None:
        super().__init__(data)
        self.order = order
        self.sections: list[SectionForm] = [
            kind(data, order=order, is_partial=is_partial)
            for kind in sections_of(order)
        ]
        for section in self.sections:
            for name, field in section.fields.items():
                self.fields[name] = on_paper(name, field)
                self.initial[name] = section.initial.get(name)

    @property
    def is_to_submit(self) -> bool:
        return SUBMIT in self.data

    @property
    def groups(self) -> list[tuple[SectionForm, list[Any]]]:
        """Return each section with its questions as this page asks them."""
        return [
            (section, [self[name] for name in section.fields])
            for section in self.sections
        ]

    def clean(self) -> dict[str, Any]:
        """Say of every answer what its section says of it."""
        for section in self.sections:
            for name, problems in section.errors.as_data().items():
                is_field = name in self.fields
                for problem in problems:
                    self.add_error(name if is_field else None, problem)
        return {"form": self}

    @property
    def seen(self) -> str:
        """Return what the page shows now, signed, for the browser to send back."""
        saw: Saw = {}
        for section in self.sections:
            saw |= seen_now(section, self.order)
        return signing.dumps(saw, salt=f"{SALT}:{self.order.pk}", compress=True)

    def saw(self) -> Saw | None:
        """Return what the writer saw. A page that cannot tell has seen nothing."""
        try:
            found: Saw = signing.loads(
                self.data.get("seen", ""), salt=f"{SALT}:{self.order.pk}"
            )
        except signing.BadSignature:
            return None
        return found

    @property
    def new_site(self) -> dict[str, Any]:
        """The facts of a data centre to be added; none while any of them is wrong.

        What is kept while somebody still types adds none: it may be half a postcode.
        """
        if QUIET in self.data:
            return {}
        sites = (one for one in self.sections if is_new_site(one) and not one.errors)
        return next((one.new_site for one in sites), {})

    @property
    def answers(self) -> dict[str, Any]:
        """Return what is well formed, by the order's names."""
        found: dict[str, Any] = {}
        for section in self.sections:
            section.is_valid()
            if not is_new_site(section):
                found |= well_formed(section)
        return found

    @property
    def asked(self) -> set[str]:
        return {what for section in self.sections for what in section.asked}

    @property
    def ticked(self) -> set[str]:
        return {what for section in self.sections for what in section.ticked}


def well_formed(section: SectionForm) -> dict[str, Any]:
    """Return the answers of a section but those in which something is wrong.

    What hangs together is kept together: a type waits for its rating.
    """
    wrong = {name for name in section.errors if name in section.fields}
    for name, field in section.fields.items():
        other, _ = getattr(field, "when", None) or ("", "")
        if other and wrong & {name, other}:
            wrong |= {name, other}
    left_out = {section.answer_name(name) for name in wrong}
    answers = section.answers.items()
    return {name: value for name, value in answers if name not in left_out}


def is_new_site(section: SectionForm) -> bool:
    return isinstance(section, SiteSection) and section.is_new


def on_paper(name: str, field: forms.Field) -> forms.Field:
    """Return a question as this page asks it. Its section checks the answer."""
    label = str(field.label)
    if isinstance(field, AcknowledgeField):
        label = AcknowledgementKind(field.what).label
    elif name in DECLARED:
        label = short_name(name)
    unit = DECLARED[name].unit if name in DECLARED else ""
    return forms.Field(
        label=f"{label}, {unit}" if unit else label,
        required=False,
        widget=widget_for(name, field),
    )


def widget_for(name: str, field: forms.Field) -> forms.Widget:
    if name == "data_centre":
        choices: Any = field
        return forms.Select(choices=[("", "Choose"), *choices.choices])
    widget: forms.Widget = copy.deepcopy(field.widget)
    return widget
