"""DCC's decision whether an RDP's HV connection is charged."""

from typing import Any

from django import forms

from common.pages import Answers
from common.staff_fields import words
from orders.file import OrderFile
from orders.states import OrderState
from orders.steps.base import OrderPage
from parties.models import User
from parties.policies import is_operations
from quotes import commands
from quotes.errors import NotForDccToDecide
from quotes.file import quotes_of
from quotes.models import ChargingDecision, is_for_dcc_to_decide
from quotes.obligations import DECIDE_CHARGES

CHARGEABLE, FREE = "chargeable", "free"


class ChargingForm(forms.Form):
    decision = forms.ChoiceField(
        label="Is this HV connection charged?",
        choices=[(CHARGEABLE, "Chargeable"), (FREE, "Free of charge")],
        widget=forms.RadioSelect,
        help_text="The guidance does not say. Nothing is quoted before DCC Operations "
        "has decided for this order: that is our own rule.",
        error_messages={"required": "Choose chargeable or free of charge"},
    )
    why = words(
        "Why",
        "The Gateway Party reads it on the order, in an e-mail and on the quotation.",
        "Say why: the Gateway Party reads it",
        rows=3,
    )


class Charging(OrderPage[ChargingDecision]):
    slug = "charging"
    label = "Decide whether it is charged"
    hint = "A new entry corrects an earlier one; both stay in the history."
    button = "Record the decision"
    form_class = ChargingForm
    states = (OrderState.ACCEPTED, OrderState.SURVEY)
    sees_to = (DECIDE_CHARGES,)
    tells = ("charging_decided",)

    def may(self, subject: OrderFile, user: User) -> bool:
        return is_operations(user)

    def is_listed(self, file: OrderFile) -> bool:
        is_ours = is_for_dcc_to_decide(file.order)
        return super().is_listed(file) and is_ours and quotes_of(file).open is None

    def why_not(self, file: OrderFile) -> str:
        """Return what the command would refuse it for."""
        if is_for_dcc_to_decide(file.order):
            return (
                "An open quotation is taken back before its charges are decided again."
            )
        return str(NotForDccToDecide(order=file.order))

    def is_done(self, file: OrderFile) -> bool:
        return quotes_of(file).charging is not None

    def named(self, file: OrderFile) -> str:
        return (
            "Correct the decision on its charges"
            if quotes_of(file).charging
            else self.label
        )

    def missing(self, file: OrderFile) -> str:
        draft = quotes_of(file).draft
        if draft is not None and draft.is_being_prepared:
            return f"{draft} is being prepared. Wait for its document to be ready."
        return ""

    def initial(self, subject: OrderFile) -> dict[str, Any]:
        decision = quotes_of(subject).charging
        if decision is None:
            return {}
        return {
            "decision": CHARGEABLE if decision.is_chargeable else FREE,
            "why": decision.why,
        }

    def follows(self, file: OrderFile) -> list[str]:
        return [
            "Chargeable: the quotation proposes the charges of the price list.",
            "Free of charge: it proposes none. A draft that is there follows.",
        ]

    def run(self, subject: OrderFile, user: User, answers: Answers) -> ChargingDecision:
        is_chargeable = answers["decision"] == CHARGEABLE
        return commands.record_charging_decision(
            subject.pk, by=user, is_chargeable=is_chargeable, why=answers["why"]
        )

    def message(self, subject: OrderFile, result: ChargingDecision) -> str:
        return f"Recorded: {subject} is {result.words}. The Gateway Party is told."


PAGES: list[OrderPage[Any]] = [Charging()]
