"""Who else is to use the connection."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.utils import timezone

from common.clock import uk_date
from common.forms import PortalForm, SplitDateField, noted
from orders.errors import SharingNeedsSecParty
from orders.forms.section import AcknowledgeField, SectionForm, ShownAnswer
from orders.models import Sharer
from orders.states import AcknowledgementKind, SharingReason
from parties.forms import line
from parties.states import Standing


class SharingSection(SectionForm):
    slug = "sharing"
    group = "The connection"
    guidance = ("2.3",)
    aside_words = "Save and add an organisation"
    aside_page = "sharer-new"

    sharing = AcknowledgeField(
        AcknowledgementKind.SHARING,
        "If others use it: I accept that secure communication, security and resilience "
        "between our data centre and them are our own responsibility",
        section="2.3",
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        """Others are named and what follows is accepted, or there are none."""
        kept: dict[str, Any] = super().clean() or self.cleaned_data
        is_shared = kept.get("is_shared")
        if is_shared and not kept.get("sharing") and not self.is_partial:
            self.add_error(
                "sharing",
                "Tick the box to accept that communication with those who share the "
                "connection is your own responsibility",
            )
        if is_shared and not self.order.party.is_sec_party_on(uk_date(timezone.now())):
            words = str(SharingNeedsSecParty(party=self.order.party))
            self.add_error("is_shared", words)
        if is_shared is False:
            kept["sharing"] = False
            if self.sharers:
                self.add_error(
                    "is_shared",
                    "Remove the organisations below first, or answer yes",
                )
        return kept

    @property
    def sharers(self) -> list[Sharer]:
        return list(self.order.sharers.all())

    @property
    def is_complete(self) -> bool:
        is_named = not self.order.is_shared or bool(self.sharers)
        return self.is_valid() and is_named

    @property
    def follow_up(self) -> str:
        """Others use it, and nobody is named yet. Source: R-2.3-1."""
        is_open = self.cleaned_data.get("is_shared") and not self.sharers
        return self.aside_page if is_open else ""

    @property
    def body_template(self) -> str:
        return "orders/sharing_section.html"

    def shown_names(self) -> list[str]:
        return ["is_shared", "sharing"] if self.order.is_shared else ["is_shared"]

    def shown(self) -> Iterator[ShownAnswer]:
        yield from super().shown()
        for sharer in self.sharers:
            yield ShownAnswer(f"sharer_{sharer.pk}", "Shared with", sharer.words)


class SharerForm(PortalForm):
    """One organisation that is to use the connection. Source: R-2.3-1, R-2.3-2."""

    name = line(
        "Name of the organisation",
        200,
        needed="Enter the name of the organisation",
        hint="Its registered name. DCC then knows it if it is registered here",
    )
    standing = noted(
        forms.ChoiceField(
            label="What is it?",
            choices=Standing,
            widget=forms.RadioSelect,
            error_messages={
                "required": "Say whether it is a SEC Party or a Registration Data "
                "Provider"
            },
        ),
        section="2.3",
    )
    reason = noted(
        forms.ChoiceField(
            label="Why does it use your connection?",
            choices=SharingReason,
            widget=forms.RadioSelect,
            error_messages={"required": "Choose the reason"},
        ),
        section="2.3",
    )
    from_on = SplitDateField(
        label="From which day?",
        help_text="For example 27 3 2026",
        error_messages={"required": "Enter the first day"},
    )
    until_on = SplitDateField(
        label="Until which day?",
        required=False,
        help_text="Optional. Leave it empty if no end is agreed",
    )
    is_charge_confirmed = noted(
        forms.BooleanField(
            label="I understand that the connection becomes chargeable: it is free "
            "only while it is for your registration data alone",
            error_messages={
                "required": "Tick the box to confirm that the connection is chargeable "
                "once others use it"
            },
        ),
        section="2.9.2",
    )

    def __init__(
        self, *args: object, is_charge_asked: bool = False, **kwargs: object
    ) -> None:
        """Take whether it becomes chargeable by this, which the Party confirms (T2)."""
        super().__init__(*args, **kwargs)
        if not is_charge_asked:
            del self.fields["is_charge_confirmed"]

    def clean(self) -> dict[str, Any]:
        kept: dict[str, Any] = super().clean() or self.cleaned_data
        first, last = kept.get("from_on"), kept.get("until_on")
        if first and last and last < first:
            self.add_error("until_on", "Enter a last day that is not before the first")
        return kept
