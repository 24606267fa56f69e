"""What has to be there before anybody may come to a site, as people say it."""

from typing import Any

from django import forms

from common.fields import Day
from common.files import UploadField
from common.forms import PortalForm, SplitDateField
from common.staff_fields import words
from parties.forms import line
from sites.models import AccessItem
from sites.models.access_item import LONGEST
from sites.states import AccessItemKind, AccessItemOwner

DONE, DROPPED = "done", "dropped"
HOW_SETTLED = [(DONE, "It is there, or done"), (DROPPED, "It is no longer needed")]
REASON_NEEDED = "Say why it is no longer needed"


def what_is_needed() -> forms.CharField:
    return line(
        "What has to be there before anybody may come?",
        LONGEST,
        needed="Enter what has to be there",
        hint="Such as a permit, a certificate, or an induction that is booked",
    )


def who_sees_to_it() -> forms.ChoiceField:
    return forms.ChoiceField(
        label="Who sees to it?",
        choices=AccessItemOwner,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose who sees to it"},
    )


class AccessItemForm(PortalForm):
    """What a Party adds to what its site asks for. Source: R-2.13-4."""

    what = what_is_needed()
    owner = who_sees_to_it()
    due_on = SplitDateField(
        label="By which day?",
        help_text="For example 27 3 2026",
        error_messages={"required": "Enter by which day it is needed"},
    )
    note = words("What else is there to know?", "Whoever sees to it reads it", rows=3)


class DeskAccessItemForm(forms.Form):
    """The same at the desk, where its kind is chosen too."""

    kind = forms.ChoiceField(label="Kind", choices=AccessItemKind)
    what = forms.CharField(
        label="What has to be there",
        max_length=LONGEST,
        error_messages={"required": "Enter what has to be there"},
    )
    owner = who_sees_to_it()
    due_on = Day(
        label="Last day",
        error_messages={"required": "Enter by which day it is needed"},
    )
    note = words("Note", "Whoever sees to it reads it.", rows=3)


ACCEPT, DECLINE = "accept", "decline"


class ItemCostForm(PortalForm):
    """Whether a Party accepts what something costs before a visit. R-2.13-5."""

    # The amount that was read: it may have changed since.
    cost = forms.CharField(widget=forms.HiddenInput)
    answer = forms.ChoiceField(
        label="Do you accept that amount?",
        choices=[(ACCEPT, "Yes, I accept it"), (DECLINE, "No, I decline it")],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose whether you accept it"},
    )
    is_understood = forms.BooleanField(required=False)
    reason = words(
        "Why do you decline it?",
        "Only if you do. The Service Desk reads it, and asks otherwise or does without",
        rows=3,
    )

    def __init__(self, data: Any = None, *, to_acknowledge: str) -> None:
        super().__init__(data)
        self.fields["is_understood"].label = f"I understand: {to_acknowledge}"

    def clean(self) -> dict[str, Any]:
        answers: dict[str, Any] = super().clean() or self.cleaned_data
        answer = answers.get("answer")
        if answer == ACCEPT and not answers.get("is_understood"):
            self.add_error("is_understood", "Tick that you understand what is charged")
        if answer == DECLINE and not answers.get("reason", "").strip():
            self.add_error("reason", "Say why you decline it")
        return answers


def how_settled() -> forms.ChoiceField:
    return forms.ChoiceField(
        label="How is it settled?",
        choices=HOW_SETTLED,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose how it is settled"},
    )


class AccessDocumentForm(PortalForm):
    """A document for something that a site asks for. Source: R-2.13-4."""

    file = UploadField(
        label="Document", error_messages={"required": "Choose the document"}
    )
    valid_until = SplitDateField(
        label="Until when is it valid?",
        required=False,
        help_text="Its last day, such as 27 3 2027. Leave it empty if it has no end",
    )


class SettleItemForm(PortalForm):
    """That something is there, or is not needed any more and why."""

    how = how_settled()
    note = words("Note", "Say why, if it is no longer needed", rows=3)

    def clean(self) -> dict[str, Any]:
        answers: dict[str, Any] = super().clean() or self.cleaned_data
        if lacks_reason(answers):
            self.add_error("note", REASON_NEEDED)
        return answers


def lacks_reason(answers: dict[str, Any]) -> bool:
    return answers.get("how") == DROPPED and not answers.get("note", "").strip()


def called(item: AccessItem) -> str:
    return item.whose_and_until
