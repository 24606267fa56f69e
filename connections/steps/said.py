"""What a contact told the desk of a connection: that it ends, or another rate (T35)."""

from typing import Any

from django import forms
from django.conf import settings

from common.errors import DomainError
from common.fields import Day
from common.pages import Answers, still_there
from common.staff_fields import amount
from connections import commands
from connections.errors import (
    EndingCostChanged,
    EndingCostNotTold,
    EndsBeforeItCame,
    EndsTooLate,
)
from connections.file import connection_of
from connections.forms import (
    ACCEPT,
    WITHDRAW,
    rate_choices,
    require_signed,
    signed_field,
)
from connections.models import Connection, RateChange
from connections.states import ConnectionState
from connections.steps.rate import OF_A_CHANGE
from orders.commands import Said
from orders.file import OrderFile
from orders.states import INSTALLED, ConnectionType
from orders.steps.base import OrderPage
from orders.steps.who_said import FOR_AUTHORISERS, SaidPage, WhoSaidForm
from parties.models import User

BY_ANOTHER_WAY = (
    "For what came by e-mail, phone or letter (our rule). The contact is told by "
    "e-mail and can object."
)
FOR_EITHER = (
    "It has effect only if they were nominated on the day it came: to submit requests "
    "or to authorise."
)


class EndSaidForm(WhoSaidForm):
    """The day and the amount that they agreed to, and who said so. R-2.10-2."""

    field_order = ("last_day", "amount", "is_agreed")
    nominated_to = FOR_AUTHORISERS
    last_day = Day(
        label="Last day of service",
        help_text="The day on which it came, or a later one.",
        error_messages={"required": "Enter the last day of service"},
    )
    amount = amount(
        "What were they told that it costs, excluding VAT?",
        "In pounds, as said above for that day. 0 if it is free.",
        "Enter the amount that they were told; 0 if it is free",
    )
    is_agreed = forms.BooleanField(
        label="They were told this amount for that day and agreed to it, and know that "
        "it cannot be taken back",
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        answers: dict[str, Any] = super().clean() or self.cleaned_data
        if not answers.get("is_agreed"):
            self.add_error("is_agreed", str(EndingCostNotTold()))
        return answers


class RecordEnding(SaidPage):
    slug = "end-said"
    label = "Record that a contact ends the connection"
    hint = BY_ANOTHER_WAY
    form_class = EndSaidForm
    template = "desk/ending.html"
    states = INSTALLED
    tells = ("recorded_for_you", "connection_cancelled")

    def is_listed(self, file: OrderFile) -> bool:
        row = connection_of(file).row
        return super().is_listed(file) and row is not None and not row.is_leaving

    def why_not(self, file: OrderFile) -> str:
        row = connection_of(file).row
        has_ended = row is not None and row.is_over
        return f"{row} {'has ended' if has_ended else 'is cancelled'} already."

    def context(self, subject: OrderFile, user: User) -> dict[str, Any]:
        row = connection_of(subject).row
        if row is None or row.is_leaving:
            return {}
        commitment = commands.commitment_of(row)
        return {
            "connection": row,
            "stretches": list(commitment.stretches()),
            "after": commitment.ends_on,
            "latest": commands.latest_end(row),
        }

    def follows(self, file: OrderFile) -> list[str]:
        return [
            "The connection ends with that day, and what that costs is raised.",
            "The equipment is collected afterwards.",
        ]

    def record(
        self, file: OrderFile, user: User, said: Said, answers: Answers
    ) -> object:
        return commands.record_ending(
            still_there(connection_of(file).row).pk,
            by=user,
            said=said,
            last_day=answers["last_day"],
            acknowledged=answers["amount"],
            is_agreed=answers["is_agreed"],
            reason=answers["reason"],
        )

    def blamed(self, refusal: DomainError, answers: Answers) -> str | None:
        if isinstance(refusal, EndingCostChanged):
            return "amount"
        of_the_day = isinstance(refusal, EndsBeforeItCame | EndsTooLate)
        return "last_day" if of_the_day else None


class RateAskedForm(WhoSaidForm):
    """The rate that they ask for; of an LV connection, superfast broadband."""

    field_order = ("to_mbps", "is_superfast")
    nominated_to = FOR_EITHER
    to_mbps = forms.TypedChoiceField(
        label="Which rate do they ask for?",
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose the rate"},
    )
    is_superfast = forms.BooleanField(
        label="They ask for superfast broadband",
        error_messages={"required": "Tick it if they ask for it"},
    )

    def __init__(
        self, data: object = None, *, file: OrderFile, **kwargs: object
    ) -> None:
        super().__init__(data, file=file, **kwargs)
        row = connection_of(file).row
        if row is not None and row.connection_type == ConnectionType.HV:
            del self.fields["is_superfast"]
            choice: Any = self.fields["to_mbps"]
            choice.choices = rate_choices(row)
        else:
            del self.fields["to_mbps"]


class RecordRateRequest(SaidPage):
    slug = "rate-asked"
    label = "Record that a contact asks for another rate"
    hint = f"{BY_ANOTHER_WAY} Its days count from when it came."
    form_class = RateAskedForm
    states = INSTALLED
    not_due = (
        "Nothing can be changed: it is not in service, a change of it is open already, "
        "or it is LV and superfast broadband is not known to be available."
    )

    def is_listed(self, file: OrderFile) -> bool:
        row = connection_of(file).row
        if row is None or any(map(file.owes, OF_A_CHANGE)):
            return False
        return super().is_listed(file) and can_be_changed(row)

    def follows(self, file: OrderFile) -> list[str]:
        return [
            "A higher rate is priced first, and the Gateway Party accepts that.",
            "A lower one is made without a charge of its own.",
        ]

    def record(
        self, file: OrderFile, user: User, said: Said, answers: Answers
    ) -> object:
        return commands.record_rate_request(
            still_there(connection_of(file).row).pk,
            by=user,
            said=said,
            to_mbps=answers.get("to_mbps"),
            reason=answers["reason"],
        )


def can_be_changed(connection: Connection) -> bool:
    """Say whether its rate, or the kind of its line, can be asked for. R-2.7.1-2."""
    if connection.state != ConnectionState.OPERATIONAL:
        return False
    if connection.connection_type == ConnectionType.HV:
        return True
    return connection.superfast_from is not None and connection.may_become_superfast


class RateSaidForm(WhoSaidForm):
    """Whether they accept what a change costs, decline it or take it back."""

    field_order = ("answer", "is_understood")
    answer = forms.ChoiceField(
        label="What did they say?",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what they said"},
    )
    is_understood = forms.BooleanField(required=False)
    signed = signed_field()

    def __init__(
        self, data: object = None, *, file: OrderFile, **kwargs: object
    ) -> None:
        super().__init__(data, file=file, **kwargs)
        if not settings.SIGNED_UPLOAD_MANDATORY:
            del self.fields["signed"]
        self.fields["person"].help_text = FOR_EITHER
        change = connection_of(file).open_change
        answer: Any = self.fields["answer"]
        if change is None or not change.is_priced:
            answer.choices = [(WITHDRAW, "They take the request back")]
            del self.fields["is_understood"]
            self.fields.pop("signed", None)
            return
        answer.choices = [
            (ACCEPT, "They accept what it costs"),
            (WITHDRAW, "They decline what it costs"),
        ]
        self.fields[
            "person"
        ].help_text = f"{FOR_EITHER} Only who may authorise can accept."
        told = f"They were told all of it, and accept it: {change.to_acknowledge}"
        self.fields["is_understood"].label = told

    def clean(self) -> dict[str, Any]:
        answers: dict[str, Any] = super().clean() or self.cleaned_data
        if answers.get("answer") != ACCEPT:
            return answers
        if not answers.get("is_understood"):
            self.add_error("is_understood", CHANGE_NOT_TOLD)
        require_signed(self, answers)
        return answers


CHANGE_NOT_TOLD = "Tell them all of it first, and tick the box if they accept it"


class RecordRateAnswer(SaidPage):
    slug = "change-said"
    label = "Record what a contact said to the rate change"
    hint = BY_ANOTHER_WAY
    form_class = RateSaidForm
    template = "desk/rate_change.html"
    states = INSTALLED
    not_due = "No change of this connection waits for an answer or can be taken back."
    tells_if = {"charge_declined": "if they decline what another use costs"}

    def is_listed(self, file: OrderFile) -> bool:
        if not (super().is_listed(file) and any(map(file.owes, OF_A_CHANGE))):
            return False
        change = connection_of(file).open_change
        return change is not None and change.may_be_withdrawn

    def context(self, subject: OrderFile, user: User) -> dict[str, Any]:
        return {"change": connection_of(subject).open_change}

    def follows(self, file: OrderFile) -> list[str]:
        change = still_there(connection_of(file).open_change)
        if not change.is_priced:
            return ["Taken back: the connection stays as it is; nothing is charged."]
        return [
            f"Accepted: {change.amount_words}, raised once the change is done.",
            "Declined: the connection stays as it is; nothing is charged.",
        ]

    def record(
        self, file: OrderFile, user: User, said: Said, answers: Answers
    ) -> RateChange:
        change = still_there(connection_of(file).open_change)
        who: Any = {"by": user, "said": said, "reason": answers["reason"]}
        if answers["answer"] == ACCEPT:
            understood = answers["is_understood"]
            return commands.record_rate_acceptance(
                change.pk,
                is_understood=understood,
                signed=answers.get("signed"),
                **who,
            )
        return commands.record_rate_withdrawal(change.pk, **who)


PAGES: list[OrderPage[Any]] = [RecordEnding(), RecordRateRequest(), RecordRateAnswer()]
