"""A form that came by e-mail or the secure upload area: keyed in by the desk."""

from typing import Any

from django import forms

from common.clock import uk_date
from common.fields import Moment
from common.files import UploadField
from common.pages import Answers, CommandPage
from orders import policies
from orders.commands import key_in_request
from orders.findings.senders import near_senders, parties_of_sender
from orders.models import ConnectionRequest, RefusedForm
from orders.models.refused import OTHER_CHANNELS
from parties.forms import SENDERS_NAMED, PartyField, offering
from parties.models import User


class KeyInRequestForm(forms.Form):
    party = PartyField(
        label="Gateway Party that the form names",
        help_text="Its PTY number, or enough of its name to know it by.",
        error_messages={"required": "Choose the Gateway Party"},
    )
    channel = forms.ChoiceField(
        label="How did it come?",
        choices=OTHER_CHANNELS,
        widget=forms.RadioSelect,
        error_messages={"required": "Say how it came"},
    )
    sender_email = forms.EmailField(
        label="E-mail address of its sender",
        max_length=254,
        help_text="Type some of the name or the address, and choose it. Checked "
        "against the nominations on the day it came (section 2.2).",
        widget=forms.EmailInput(attrs=offering(SENDERS_NAMED)),
        error_messages={
            "required": "Enter the address that the form came from",
            "invalid": "Enter an address like name@example.com",
        },
    )
    received_at = Moment(
        label="When did it come?",
        help_text="UK time. The request counts from then.",
        error_messages={
            "required": "Enter the day and the time when it came",
        },
    )
    form = UploadField(
        label="The form as it came",
        error_messages={"required": "Choose the file of the form"},
    )
    is_sender_right = forms.BooleanField(
        label="The address is right as it is typed, though nobody nominated it",
        required=False,
    )

    @property
    def asked(self) -> list[forms.BoundField]:
        """Return the questions; whether the sender is right, only where it is open."""
        fields = self.visible_fields()
        is_open = getattr(self, "doubt", "") != ""
        return [one for one in fields if is_open or one.name != "is_sender_right"]

    def clean(self) -> dict[str, Any]:
        """Ask about a sender that looks misspelt, before anybody is told."""
        answers: Answers = super().clean() or self.cleaned_data
        is_sure = answers.pop("is_sender_right", False)
        self.doubt = doubt_about(answers)
        if self.doubt and not is_sure:
            self.add_error("sender_email", self.doubt)
        return answers


def doubt_about(answers: Answers) -> str:
    """Say whom somebody may have meant by the sender that was typed, if anybody."""
    party, email = answers.get("party"), answers.get("sender_email")
    came_at = answers.get("received_at")
    if party is None or not email or came_at is None:
        return ""
    day = uk_date(came_at)
    near = near_senders(party.pk, email, day)
    if near:
        names = " or ".join(f"{one.email} ({one})" for one in near)
        return f"Did you mean {names}? Nobody is told before you have decided"
    others = parties_of_sender(party.pk, email, day)
    if others:
        names = " and ".join(others)
        return f"{names} nominated this address, not {party}. Is it the right Party?"
    return ""


class KeyInRequest(CommandPage[None, User, ConnectionRequest | RefusedForm]):
    slug = "add"
    label = "Key in a form"
    hint = (
        "For a form that came by e-mail or through the secure upload area. If its "
        "sender was nominated to submit on that day, you fill in the answers "
        "next. If not, no order is made: the sender and the Gateway Party are told how "
        "to nominate, and the form is listed under Refused forms."
    )
    button = "Check the sender and go on"
    template = "desk/key_in.html"
    form_class = KeyInRequestForm

    def may(self, subject: None, user: User) -> bool:
        return policies.may_key_in(None, user)

    def run(
        self, subject: None, user: User, answers: Answers
    ) -> ConnectionRequest | RefusedForm:
        party = answers.pop("party")
        return key_in_request(party.pk, by=user, **answers)

    def message(self, subject: None, result: ConnectionRequest | RefusedForm) -> str:
        if isinstance(result, RefusedForm):
            return (
                f"{result.sender_email} was not nominated by {result.party} on that "
                "day, so no order was made. They are told how to nominate."
            )
        return f"{result} began for {result.party}. Fill in what the form says."
