"""Forms keyed in by mistake or turned away: moved, set aside, or taken after all."""

from collections.abc import Mapping
from typing import Any

from django import forms

from common.errors import DomainError
from common.pages import Answers
from common.staff_fields import words
from orders import commands, policies
from orders.errors import ReasonMissing, SamePartyAlready, SenderNotNominated
from orders.file import OrderFile
from orders.models import ConnectionRequest, RefusedForm
from orders.models.end_moves import BEFORE_AUTHORITY
from orders.states import Channel, OrderState
from orders.steps.base import OrderPage
from parties.forms import PartyField
from parties.models import User
from parties.policies import is_desk
from records.rehearsal import ReadFirst

BLAMED: dict[type[DomainError], str] = {
    ReasonMissing: "why",
    SamePartyAlready: "party",
    SenderNotNominated: "sender_email",
}
WHY = "Only DCC reads it, in the history."


def why_field(label: str) -> forms.CharField:
    return words(label, WHY, "Say why: the history keeps it", rows=2)


class RightPartyForm(forms.Form):
    """Which Party a form names, and who of it sent it."""

    party = PartyField(
        label="Party that the form names",
        help_text="Its PTY number, or enough of its name to know it by.",
        error_messages={"required": "Enter the right Party"},
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
    why = why_field("What was wrong?")


class KeyedPage(
    ReadFirst[OrderFile, User, ConnectionRequest], OrderPage[ConnectionRequest]
):
    """A page for what the desk keyed in itself."""

    not_due = "It came through the portal, so it is its Party’s own."

    def may(self, subject: OrderFile, user: User) -> bool:
        return is_desk(user)

    def is_listed(self, file: OrderFile) -> bool:
        return super().is_listed(file) and file.order.channel != Channel.PORTAL

    def blamed(self, refusal: DomainError, answers: Answers) -> str | None:
        name = BLAMED.get(type(refusal))
        return name if name in answers else None


def mistake_of(file: OrderFile) -> str:
    """Return the kind of e-mail that tells a Party of it."""
    is_offered = file.state == OrderState.QUOTED
    return "keyed_by_mistake:offered" if is_offered else "keyed_by_mistake"


class MoveKeyed(KeyedPage):
    slug = "move"
    puts_right = True
    label = "Move the form to another Party"
    button = "Move the form"
    template = "desk/move_keyed.html"
    form_class = RightPartyForm
    states = (OrderState.DRAFT, *BEFORE_AUTHORITY)

    def letters(self, file: OrderFile) -> Mapping[str, str]:
        return {mistake_of(file): "", "form_received": ""}

    def follows(self, file: OrderFile) -> list[str]:
        offered = " and its quotation is withdrawn" * (file.state == OrderState.QUOTED)
        return [
            f"{file} ends{offered}.",
            "The right Party has a draft of its own to go on with; its clock stays.",
        ]

    def initial(self, subject: OrderFile) -> dict[str, Any]:
        return {"sender_email": subject.order.sender_email}

    def context(self, subject: OrderFile, user: User) -> dict[str, Any]:
        """Return what the wrong Party was told, for it cannot be taken back."""
        return {"told": subject.emails}

    def run(
        self, subject: OrderFile, user: User, answers: Answers
    ) -> ConnectionRequest:
        party = answers["party"]
        return commands.move_keyed_form(
            subject.pk,
            by=user,
            party_id=party.pk,
            sender_email=answers["sender_email"],
            why=answers["why"],
        )

    def goes_on_with(self, subject: OrderFile, result: ConnectionRequest) -> object:
        return result

    def message(self, subject: OrderFile, result: ConnectionRequest) -> str:
        return (
            f"{subject} is {result} of {result.party} now. Both are told by e-mail. "
            "Choose its data centre, tick what is confirmed on paper, and submit it."
        )


class AsideForm(forms.Form):
    why = why_field("Why is it set aside?")


class SetKeyedAside(KeyedPage):
    slug = "set-aside"
    puts_right = True
    label = "Set the keyed form aside"
    button = "Set it aside"
    hint = (
        "If it should not have been keyed in: for the wrong Party, twice, or no "
        "request at all. Its file and history stay, a quotation that nobody signed is "
        "withdrawn, the Party is told that the order is not its own, and the form can "
        "be keyed in again."
    )
    form_class = AsideForm
    states = (OrderState.DRAFT, *BEFORE_AUTHORITY)

    def letters(self, file: OrderFile) -> Mapping[str, str]:
        return {mistake_of(file): ""}

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


class KeyInAfterAll(ReadFirst[RefusedForm, User, ConnectionRequest]):
    slug = "key-in"
    label = "Key it in after all"
    button = "Check the sender and go on"
    hint = (
        "If the sender or the Party was typed wrongly, or the nomination was recorded "
        "late. The form counts from when it came, and its sender is told that DCC has "
        "it."
    )
    form_class = RightPartyForm

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

    def goes_on_with(self, subject: RefusedForm, result: ConnectionRequest) -> object:
        return result

    def message(self, subject: RefusedForm, result: ConnectionRequest) -> str:
        return f"{subject} is {result} now. Key in what the form says."


PAGES: list[OrderPage[Any]] = [SetKeyedAside()]
