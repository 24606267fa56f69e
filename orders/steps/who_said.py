"""Who of the Party said something, how it came and when; several steps ask it (T35)."""

from typing import Any

from django import forms

from common.dated import span_words
from common.fields import Moment
from common.staff_fields import offer, words
from orders.file import OrderFile
from parties.models import User
from parties.querysets import PeopleQuerySet
from records.behalf import How

# The names of fields that hold what the form is to say.
CORRECT = "correct_"


class PersonChoice(forms.ModelChoiceField[User]):
    def label_from_instance(self, obj: User) -> str:
        held = "; ".join(
            f"{row.get_purpose_display().lower()} {span_words(row)}"
            for row in obj.nominations.all()
        )
        return f"{obj}: {held}"


class WhoSaidForm(forms.Form):
    """Who said it, how it came and when: asked of whatever is recorded for them."""

    person = PersonChoice(
        label="Who said it?",
        queryset=User.objects.none(),
        empty_label="Choose the nominated contact",
        help_text="It has effect only if they were nominated to submit requests on the "
        "day it came.",
        error_messages={"required": "Choose who said it"},
    )
    how = forms.ChoiceField(
        label="How did it come?",
        choices=How,
        widget=forms.RadioSelect,
        error_messages={"required": "Say how it came"},
    )
    came_at = Moment(
        label="When did it come?",
        help_text="UK time. It counts from then, even if the last day has passed.",
        error_messages={"required": "Enter the day and the time when it came"},
    )
    reason = words(
        "Their reason, or their own words",
        "Optional. The Gateway Party reads it in the history.",
        rows=3,
    )

    def __init__(self, data: Any = None, *, file: OrderFile, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.file = file
        offer(self, "person", contacts(file))


def contacts(file: OrderFile) -> PeopleQuerySet:
    """Return whom the Party ever nominated, with their nominations."""
    people: PeopleQuerySet = User.objects.ever_nominated(file.order.party_id)
    return people.prefetch_related("nominations").order_by("name")
