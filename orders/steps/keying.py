"""A form that came by e-mail or the secure upload area: keyed in by the desk."""

from typing import Any

from django import forms

from common.fields import Moment
from common.files import UploadField
from common.pages import Answers, CommandPage
from common.staff_fields import offer
from orders import policies
from orders.commands import key_in_request
from orders.models import ConnectionRequest, RefusedForm
from orders.models.refused import OTHER_CHANNELS
from parties.models import Party, User


class KeyInRequestForm(forms.Form):
    party = forms.ModelChoiceField(
        label="Gateway Party that the form names",
        queryset=Party.objects.none(),
        empty_label="Choose the Gateway Party",
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
        help_text="Checked against the nominations on the day it came (section 2.2).",
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

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "party", Party.objects.order_by("name"))


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


KEY_IN = KeyInRequest()
