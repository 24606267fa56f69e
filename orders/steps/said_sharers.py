"""What a contact told the desk of who is to share a connection, on its form (T35)."""

from typing import Any

from django import forms

from common.fields import Day
from common.pages import Answers
from common.staff_fields import offer, one_of
from orders.commands import (
    NamedSharer,
    Said,
    record_sharer_off_form,
    record_sharer_on_form,
)
from orders.errors import SharingNeedsSecParty
from orders.file import OrderFile
from orders.models import Sharer
from orders.states import SharingReason
from orders.steps.base import OrderPage
from orders.steps.said_pair import BY_ANOTHER_WAY, WITH_THEM
from orders.steps.who_said import FOR_SUBMITTERS, SaidPage, WhoSaidForm
from parties.models import User
from parties.states import Standing

CHARGEABLE = (
    "They know that the connection is chargeable then: it is free only while it is for "
    "their registration data alone"
)
CHARGE_NOT_TOLD = "Tell them first that it is no longer free"


class SharerSaidForm(WhoSaidForm):
    """Who shares it, and from when. R-2.3-1, R-2.3-2."""

    field_order: tuple[str, ...] = ("name", "standing", "why", "from_on", "until_on")
    nominated_to = FOR_SUBMITTERS
    name = forms.CharField(
        label="Name of the organisation",
        max_length=200,
        help_text="Its registered name: it is known by it if it is in the register.",
        error_messages={"required": "Enter the name of the organisation"},
    )
    standing = forms.ChoiceField(
        label="What is it?",
        choices=Standing,
        widget=forms.RadioSelect,
        error_messages={"required": "Say what it is"},
    )
    why = forms.ChoiceField(
        label="Why does it use the connection?",
        choices=SharingReason,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose the reason"},
    )
    from_on = Day(
        label="From which day?", error_messages={"required": "Enter the first day"}
    )
    until_on = Day(
        label="Until which day?",
        required=False,
        help_text="Empty if no end is agreed.",
    )

    def __init__(
        self, data: object = None, *, file: OrderFile, **kwargs: object
    ) -> None:
        super().__init__(data, file=file, **kwargs)
        del self.fields["reason"]

    def clean(self) -> dict[str, Any]:
        answers: dict[str, Any] = super().clean() or self.cleaned_data
        first, last = answers.get("from_on"), answers.get("until_on")
        if first and last and last < first:
            self.add_error("until_on", "Enter a last day that is not before the first")
        return answers


def named_by(answers: Answers) -> NamedSharer:
    return NamedSharer(
        name=answers["name"],
        standing=answers["standing"],
        reason=answers["why"],
        from_on=answers["from_on"],
        until_on=answers["until_on"],
    )


class FormSharerSaidForm(SharerSaidForm):
    """The same of a form; what was free for registration data is free no longer."""

    is_charge_confirmed = forms.BooleanField(
        label=CHARGEABLE, error_messages={"required": CHARGE_NOT_TOLD}
    )

    def __init__(
        self, data: object = None, *, file: OrderFile, **kwargs: object
    ) -> None:
        super().__init__(data, file=file, **kwargs)
        if not file.order.is_registration_only:
            del self.fields["is_charge_confirmed"]


class RecordSharerOnForm(SaidPage):
    slug = "form-sharer-said"
    label = "Record that a contact names who is to share the connection"
    hint = BY_ANOTHER_WAY
    form_class = FormSharerSaidForm
    states = WITH_THEM

    def is_listed(self, file: OrderFile) -> bool:
        return super().is_listed(file) and not self.why_not(file)

    def why_not(self, file: OrderFile) -> str:
        party = file.order.party
        return "" if file.may_be_shared else str(SharingNeedsSecParty(party=party))

    def follows(self, file: OrderFile) -> list[str]:
        return [
            "The form names the organisation from now on.",
            "The Party still has to accept on the form what sharing asks of it.",
        ]

    def record(
        self, file: OrderFile, user: User, said: Said, answers: Answers
    ) -> object:
        return record_sharer_on_form(
            file.pk,
            by=user,
            said=said,
            named=named_by(answers),
            is_charge_confirmed=answers.get("is_charge_confirmed", False),
        )


class SharerOffSaidForm(WhoSaidForm):
    """Who is not to share it after all. R-2.3-1."""

    field_order = ("sharer",)
    nominated_to = FOR_SUBMITTERS
    sharer = one_of(Sharer, "Who is not to share it?", "Choose the organisation")

    def __init__(
        self, data: object = None, *, file: OrderFile, **kwargs: object
    ) -> None:
        super().__init__(data, file=file, **kwargs)
        del self.fields["reason"]
        offer(self, "sharer", file.sharers)
        if len(file.sharers) == 1:
            self.initial["sharer"] = file.sharers[0].pk


class RecordSharerOffForm(SaidPage):
    slug = "form-sharer-off-said"
    label = "Record that a contact takes a sharer off the form"
    hint = BY_ANOTHER_WAY
    form_class = SharerOffSaidForm
    states = WITH_THEM
    not_due = "The form names nobody who is to share the connection."

    def is_listed(self, file: OrderFile) -> bool:
        return super().is_listed(file) and bool(file.sharers)

    def follows(self, file: OrderFile) -> list[str]:
        return [
            "The history keeps that it was on the form.",
            "To correct what the form says of it, take it off and name it again.",
        ]

    def record(
        self, file: OrderFile, user: User, said: Said, answers: Answers
    ) -> object:
        return record_sharer_off_form(answers["sharer"].pk, by=user, said=said)


PAGES: list[OrderPage[Any]] = [RecordSharerOnForm(), RecordSharerOffForm()]
