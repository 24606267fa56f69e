"""Who of the Party said something, how it came and when; several steps ask it (T35)."""

from abc import abstractmethod
from typing import Any

from django import forms
from django.http import QueryDict

from common.dated import span_words
from common.fields import Moment
from common.pages import Answers
from common.staff_fields import offer, words
from orders.commands import Said
from orders.file import OrderFile
from orders.steps.base import OrderPage
from parties.models import User
from parties.policies import is_desk
from parties.querysets import PeopleQuerySet
from records.behalf import How

FOR_SUBMITTERS = (
    "It has effect only if they were nominated to submit requests on the day it came."
)
FOR_AUTHORISERS = (
    "It has effect only if they were nominated to authorise on the day it came."
)
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

    # When it has effect, below the question who said it.
    nominated_to = FOR_SUBMITTERS
    person = PersonChoice(
        label="Who said it?",
        queryset=User.objects.none(),
        empty_label="Choose the nominated contact",
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
        self.fields["person"].help_text = self.nominated_to
        offer(self, "person", contacts(file))


def said_in(answers: Answers) -> Said:
    return Said(answers["person"].pk, answers["how"], answers["came_at"])


def contacts(file: OrderFile) -> PeopleQuerySet:
    """Return whom the Party ever nominated, with their nominations."""
    people: PeopleQuerySet = User.objects.ever_nominated(file.order.party_id)
    return people.prefetch_related("nominations").order_by("name")


class SaidPage(OrderPage[Answers]):
    """A page on which the desk records what a contact said in another way. T35."""

    form_class: type[WhoSaidForm] = WhoSaidForm
    button = "Record it for them"
    tells: tuple[str, ...] = ("recorded_for_you",)

    def may(self, subject: OrderFile, user: User) -> bool:
        return is_desk(user)

    def form(
        self, subject: OrderFile, user: User, posted: QueryDict | None = None
    ) -> WhoSaidForm:
        return self.form_class(posted, file=subject)

    def run(self, subject: OrderFile, user: User, answers: Answers) -> Answers:
        self.record(subject, user, said_in(answers), answers)
        return answers

    @abstractmethod
    def record(
        self, file: OrderFile, user: User, said: Said, answers: Answers
    ) -> object:
        """Run the command for what they said."""

    def message(self, subject: OrderFile, result: Answers) -> str:
        return f"It is recorded for {result['person']}, who is told by e-mail."
