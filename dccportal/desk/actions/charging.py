"""DCC's decision whether an RDP's HV connection is charged."""

from typing import Any

from django import forms

from dccportal.desk.actions.base import OrderPage
from dccportal.desk.actions.requests import words
from dccportal.desk.file import OrderFile
from orders.states import OrderState
from parties.policies import is_operations
from quotes import commands
from quotes.errors import NotForDccToDecide
from quotes.models import is_for_dcc_to_decide

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


class Charging(OrderPage):
    slug = "charging"
    label = "Decide whether it is charged"
    hint = "A new entry corrects an earlier one; both stay in the history."
    button = "Record the decision"
    form_class = ChargingForm
    states = (OrderState.ACCEPTED, OrderState.SURVEY)

    def may(self, subject: Any, user: Any) -> bool:
        return is_operations(user)

    def is_near(self, file: OrderFile) -> bool:
        is_ours = is_for_dcc_to_decide(file.order)
        return super().is_near(file) and is_ours and file.open_quote is None

    def why_not(self, file: OrderFile) -> str:
        """Return what the command would refuse it for."""
        if is_for_dcc_to_decide(file.order):
            return (
                "An open quotation is taken back before its charges are decided anew."
            )
        return str(NotForDccToDecide(order=file.order))

    def is_done(self, file: OrderFile) -> bool:
        return file.charging is not None

    def named(self, file: OrderFile) -> str:
        return "Correct the decision on its charges" if file.charging else self.label

    def missing(self, file: OrderFile) -> str:
        draft = file.draft
        if draft is not None and draft.is_being_prepared:
            return f"{draft} is being prepared. Its document comes first."
        return ""

    def initial(self, subject: Any) -> dict[str, Any]:
        decision = subject.charging
        if decision is None:
            return {}
        return {
            "decision": CHARGEABLE if decision.is_chargeable else FREE,
            "why": decision.why,
        }

    def run(self, subject: Any, user: Any, answers: dict[str, Any]) -> Any:
        is_chargeable = answers["decision"] == CHARGEABLE
        return commands.record_charging_decision(
            subject.pk, by=user, is_chargeable=is_chargeable, why=answers["why"]
        )

    def message(self, subject: Any, result: Any) -> str:
        return f"Recorded: {subject} is {result.words}. The Gateway Party is told."


PAGES = [Charging()]
