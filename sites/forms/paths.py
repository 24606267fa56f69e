"""What a Party says to points that its two routes have in common."""

from typing import Any

from django import forms

from common.forms import PortalForm
from common.staff_fields import words
from sites.states import PathAnswer

CHOICES = [
    (PathAnswer.ACCEPTED, "We accept it"),
    (PathAnswer.OTHERWISE, "No: it is to be designed out"),
]


class PathAnswerForm(PortalForm):
    """Whether an authoriser accepts them, in their own words. Source: T34."""

    # What was read: the routes may have been checked anew since.
    which = forms.CharField(widget=forms.HiddenInput)
    answer = forms.ChoiceField(
        label="Do you accept it?",
        choices=CHOICES,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose whether you accept it"},
    )
    said = words(
        "In your own words",
        "Why you accept it, or what is to be different. It is kept with both orders",
        "Say it in your own words",
        rows=3,
    )

    def for_command(self) -> dict[str, Any]:
        answers = self.cleaned_data
        is_accepted = answers["answer"] == PathAnswer.ACCEPTED
        said, which = answers["said"], answers["which"]
        return {"is_accepted": is_accepted, "said": said, "which": which}
