"""What a section's page carries beside its questions.

What its writer saw, signed, so that a colleague's answers are not overwritten unread;
and whether the answers go for the other form of the pair as well.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.core import signing
from django.core.serializers.json import DjangoJSONEncoder

from common.forms import PortalForm, SplitDateField
from orders.forms.section import (
    AcknowledgeField,
    SectionForm,
    acknowledged,
    in_words,
    signed,
)
from orders.models import AnswerChange, ConnectionRequest

OWN, PARTNER = "own", "partner"
Saw = dict[str, Any]


def plain(answers: Saw) -> Saw:
    """Return answers as they are after a way through JSON."""
    found: Saw = json.loads(json.dumps(answers, cls=DjangoJSONEncoder))
    return found


def seen_now(section: SectionForm, order: ConnectionRequest) -> Saw:
    """Return what the section's page shows of `order` now, by the order's names."""
    kept = acknowledged(order)
    answers = {name: getattr(order, name) for name in section.answer_names}
    return plain(answers | {kind: kind in kept for kind in section.asked})


class RequestPageForm(PortalForm):
    seen = forms.CharField(widget=forms.HiddenInput, required=False)
    for_partner = forms.BooleanField(required=False)

    def __init__(self, data: object = None, *, section: SectionForm) -> None:
        super().__init__(data)
        self.section = section
        self.partner = partner_for(section)
        if self.partner is None:
            del self.fields["for_partner"]
        else:
            more = ", and confirm the same for it" if section.asked else ""
            words = f"Use these answers for {self.partner} too{more}"
            self.fields["for_partner"].label = words
            self.initial["for_partner"] = begins_for_both(section, self.partner)
        self.initial["seen"] = self.token()

    @property
    def salt(self) -> str:
        return f"seen:{self.section.order.pk}:{self.section.slug}"

    def token(self) -> str:
        """Return what is on the page now, signed, for the browser to send back."""
        saw = {OWN: seen_now(self.section, self.section.order)}
        if self.partner is not None:
            saw[PARTNER] = seen_now(self.section, self.partner)
        return signing.dumps(saw, salt=self.salt, compress=True)

    def clean_seen(self) -> Saw:
        """Return what was seen. A page that cannot tell has seen nothing in vain."""
        try:
            saw: Saw = signing.loads(self.cleaned_data["seen"], salt=self.salt)
        except signing.BadSignature:
            return {}
        return saw

    @property
    def goes_for_both(self) -> bool:
        return bool(self.cleaned_data.get("for_partner"))

    def saw(self, whose: str) -> Saw | None:
        """Return the answers that the writer saw; None when the page said none."""
        found: Saw | None = self.cleaned_data["seen"].get(whose)
        return found

    def show_again(self, section: SectionForm) -> "RequestPageForm":
        """Return the form as it is sent next, now that the writer was told."""
        fresh = RequestPageForm(section=section)
        typed = {**self.data.dict(), "seen": fresh.initial["seen"]}  # type: ignore[attr-defined]
        return RequestPageForm(typed, section=section)


def partner_for(section: SectionForm) -> ConnectionRequest | None:
    """Return the other form of the pair, if it may have the same answers."""
    partner = section.order.partner
    if partner is None or not partner.is_editable:
        return None
    return partner if section.goes_for_both(section.order) else None


def begins_for_both(section: SectionForm, partner: ConnectionRequest) -> bool:
    """Say whether the answers go for both unless somebody says otherwise.

    What is confirmed or accepted never does: a person says so of each request.
    """
    is_first = not is_started(section, partner)
    return is_first and not section.asked and section.is_alike(section.order)


def is_started(section: SectionForm, order: ConnectionRequest) -> bool:
    return type(section)(order=order).is_started


@dataclass(frozen=True)
class Changed:
    """One answer that a colleague changed while another person was writing."""

    question: str
    before: str
    after: str
    who: str
    at: Any


def changes_since(
    section: SectionForm, order: ConnectionRequest, saw: Saw
) -> Iterator[Changed]:
    """Yield what differs in `order` now from what the writer of `section` saw."""
    now = seen_now(section, order)
    last = {row.field: row for row in last_changes(order, list(now))}
    for field_name, field in section.fields.items():
        name = section.answer_name(field_name)
        if name in now and name in saw and now[name] != saw[name]:
            change = last.get(name)
            yield Changed(
                str(field.label),
                words(field, saw[name], order),
                words(field, now[name], order, is_now=True),
                str(change.by) if change else "A colleague",
                change.at if change else None,
            )


def last_changes(order: ConnectionRequest, names: list[str]) -> Any:
    rows = AnswerChange.objects.filter(order=order, field__in=names)
    return rows.select_related("by")


def words(
    field: forms.Field,
    value: Any,
    order: ConnectionRequest,
    *,
    is_now: bool = False,
) -> str:
    """Return an answer in words, or that there is none."""
    if isinstance(field, AcknowledgeField):
        return (signed(order, field) if is_now else "Ticked") if value else "Not ticked"
    if isinstance(field, SplitDateField) and value:
        value = date.fromisoformat(value)
    found = in_words(field, value)
    return (", ".join(found) if isinstance(found, list) else found) or "No answer"
