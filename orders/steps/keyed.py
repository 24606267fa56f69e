"""A form that was keyed in by mistake: moved to the right Party, or set aside."""

from typing import Any

from django import forms

from common.errors import DomainError
from common.pages import Answers, CommandPage
from common.staff_fields import words
from orders import commands, policies
from orders.errors import ReasonMissing, SamePartyAlready, SenderNotNominated
from orders.file import OrderFile
from orders.models import ConnectionRequest, RefusedForm
from orders.states import Channel, OrderState
from orders.steps.base import OrderPage
from parties.forms import PartyField
from parties.models import User
from parties.policies import is_desk

BLAMED: dict[type[DomainError], str] = {
    ReasonMissing: "why",
    SamePartyAlready: "party",
    SenderNotNominated: "sender_email",
}
WHY = "Only DCC reads it, in the history."


def why_field(label: str) -> forms.CharField:
    return words(label, WHY, "Say why: the history keeps it", rows=2)


class MoveKeyedForm(forms.Form):
    party = PartyField(
        label="Party that the form names",
        help_text="Its PTY number, or enough of its name to know it by.",
        error_messages={"required": "Enter the right Party"},
    )
    why = why_field("What was wrong?")


class KeyedPage(OrderPage[ConnectionRequest]):
    """A page for what the desk keyed in itself."""

    not_due = "It came through the portal, so it is its Party’s own."

    def may(self, subject: OrderFile, user: User) -> bool:
        return is_desk(user)

    def is_listed(self, file: OrderFile) -> bool:
        return super().is_listed(file) and file.order.channel != Channel.PORTAL

    def blamed(self, refusal: DomainError, answers: Answers) -> str | None:
        name = BLAMED.get(type(refusal))
        return name if name in answers else None


class MoveKeyed(KeyedPage):
    slug = "move"
    label = "Move the form to another Party"
    button = "Move the form"
    hint = (
        "If it was keyed in for the wrong Party. It keeps its number, its file, its "
        "answers and when it came; the data centre and the declarations go. The sender "
        "must have been nominated by the right Party on that day. The wrong Party is "
        "told, and no longer sees it."
    )
    form_class = MoveKeyedForm
    states = (OrderState.DRAFT,)
    tells = ("keyed_by_mistake", "form_received")

    def follows(self, file: OrderFile) -> list[str]:
        return [
            "It is keyed in on from there, under the right Party; its clock stays.",
        ]

    def run(
        self, subject: OrderFile, user: User, answers: Answers
    ) -> ConnectionRequest:
        party, why = answers["party"], answers["why"]
        return commands.move_keyed_form(subject.pk, by=user, party_id=party.pk, why=why)

    def message(self, subject: OrderFile, result: ConnectionRequest) -> str:
        return f"{result} is {result.party}’s now. Both are told by e-mail."


class AsideForm(forms.Form):
    why = why_field("Why is it set aside?")


class SetKeyedAside(KeyedPage):
    slug = "set-aside"
    label = "Set the keyed form aside"
    button = "Set it aside"
    hint = (
        "If it should not have been keyed in: for the wrong Party, twice, or no "
        "request at all. Its file and history stay, the Party is told that the order "
        "is not its own, and the form can be keyed in again."
    )
    form_class = AsideForm
    states = (OrderState.DRAFT, OrderState.SUBMITTED, OrderState.RETURNED)
    tells = ("keyed_by_mistake",)

    def follows(self, file: OrderFile) -> list[str]:
        return [
            "The order ends, and nothing is charged for it.",
        ]

    def run(
        self, subject: OrderFile, user: User, answers: Answers
    ) -> ConnectionRequest:
        return commands.set_keyed_form_aside(subject.pk, by=user, why=answers["why"])

    def message(self, subject: OrderFile, result: ConnectionRequest) -> str:
        return f"{result} is set aside, and {result.party} is told."


class AfterAllForm(MoveKeyedForm):
    field_order = ("party", "sender_email")
    sender_email = forms.EmailField(
        label="E-mail address of its sender",
        max_length=254,
        help_text="Checked against the nominations on the day it came (section 2.2).",
        error_messages={
            "required": "Enter the address that the form came from",
            "invalid": "Enter an address like name@example.com",
        },
    )


class KeyInAfterAll(CommandPage[RefusedForm, User, ConnectionRequest]):
    slug = "key-in"
    label = "Key it in after all"
    button = "Check the sender and go on"
    hint = (
        "If the sender or the Party was typed wrongly, or the nomination was recorded "
        "late. The form counts from when it came, and its sender is told that DCC has "
        "it."
    )
    form_class = AfterAllForm

    def may(self, subject: RefusedForm, user: User) -> bool:
        return policies.may_key_in(None, user)

    def obstacle(self, subject: RefusedForm, user: User) -> str:
        order = subject.keyed_as
        return f"{subject} has been keyed in as {order}." if order else ""

    def initial(self, subject: RefusedForm) -> dict[str, Any]:
        return {"party": subject.party.name, "sender_email": subject.sender_email}

    def run(
        self, subject: RefusedForm, user: User, answers: Answers
    ) -> ConnectionRequest:
        party = answers.pop("party")
        return commands.key_in_refused(
            subject.pk, by=user, party_id=party.pk, **answers
        )

    def blamed(self, refusal: DomainError, answers: Answers) -> str | None:
        return BLAMED.get(type(refusal))

    def message(self, subject: RefusedForm, result: ConnectionRequest) -> str:
        return f"{subject} is {result} now. Fill in what the form says."


PAGES: list[OrderPage[Any]] = [MoveKeyed(), SetKeyedAside()]
