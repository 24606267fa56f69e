"""What a Party says of a failover test: when, who takes part, what was seen."""

from collections.abc import Sequence
from typing import Any

from django import forms

from common.forms import PortalForm, SplitDateField, noted
from common.staff_fields import words
from connections.models import Connection
from connections.states import FailoverResult
from parties.forms import lines


def day_field(label: str, needed: str) -> SplitDateField:
    return SplitDateField(
        label=label,
        help_text="For example, 27 3 2027",
        error_messages={"required": needed},
    )


class PlanTestForm(PortalForm):
    link = forms.TypedChoiceField(
        label="Which link is failed?",
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose the link that is failed"},
    )
    planned_on = day_field("On which day?", "Enter the day of the test")
    note = lines(
        "Who takes part?", hint="Optional. DCC and the configurer read it", rows=3
    )

    def __init__(self, *args: Any, links: Sequence[Connection], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice: Any = self.fields["link"]
        choice.choices = [(link.pk, f"{link}, {link.data_centre}") for link in links]


class MoveTestForm(PortalForm):
    planned_on = day_field("New day", "Enter the new day")
    reason = words("Why does it move?", "DCC reads it", "Say why it moves", rows=3)


class CallOffTestForm(PortalForm):
    reason = words(
        "Why is it called off?", "DCC reads it", "Say why it is called off", rows=3
    )


class FailoverResultForm(PortalForm):
    """How a test went: passed where each session moved as the portal says."""

    done_on = day_field("On which day was it carried out?", "Enter the day")
    result = noted(
        forms.ChoiceField(
            label="Did each session move, with the same addresses?",
            choices=[
                (FailoverResult.PASSED, "Yes, the test passed"),
                (FailoverResult.PARTLY, "Some did: it passed in part"),
                (FailoverResult.FAILED, "No, it failed"),
            ],
            widget=forms.RadioSelect,
            error_messages={"required": "Say whether the test passed"},
        ),
    )
    seen = words(
        "What did you see?",
        "For each session, whether it moved and carried on. DCC reads it",
        "Say what you saw",
        rows=5,
    )
