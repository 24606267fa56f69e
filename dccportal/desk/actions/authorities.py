"""The check of a signed authority to proceed."""

from typing import Any

from django import forms

from common.clock import uk_date
from dccportal.desk.actions.base import OrderPage
from dccportal.desk.actions.requests import words
from dccportal.desk.file import OrderFile, holds_on
from orders.states import OrderState
from parties.models import Nomination
from parties.policies import is_operations
from quotes.commands import reject_authority, verify_authority
from quotes.states import Outcome

OUTCOMES = [
    ("effective", "Effective: a nominated person signed it"),
    ("not_effective", "Not effective"),
]


class SignatoryChoice(forms.ModelChoiceField[Nomination]):
    def label_from_instance(self, obj: Nomination) -> str:
        until = f" until {obj.until_on:%-d %B %Y}" if obj.until_on else ""
        return f"{obj.user}, nominated from {obj.from_on:%-d %B %Y}{until}"


class VerifyForm(forms.Form):
    outcome = forms.ChoiceField(
        label="What did you find?",
        choices=OUTCOMES,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose effective or not effective"},
    )
    nomination = SignatoryChoice(
        label="Who signed, if effective",
        queryset=Nomination.objects.none(),
        required=False,
        empty_label="Choose the nomination",
        help_text="Only a nomination that held on the day it came in counts.",
    )
    reason = words(
        "Why, if not effective",
        "The Gateway Party reads it, and what it can still do.",
    )

    def clean(self) -> dict[str, Any]:
        answers: dict[str, Any] = super().clean() or {}
        outcome = answers.get("outcome")
        if outcome == "effective" and not answers.get("nomination"):
            self.add_error(
                "nomination", "Choose the nomination of the person who signed"
            )
        if outcome == "not_effective" and not answers.get("reason", "").strip():
            self.add_error("reason", "Write what was wrong with the authority")
        return answers


class Verify(OrderPage):
    slug = "verify"
    label = "Verify the authority"
    button = "Save what you found"
    form_class = VerifyForm
    template = "desk/verify.html"
    states = (OrderState.QUOTED, OrderState.SURVEY)

    def may(self, subject: Any, user: Any) -> bool:
        return is_operations(user)

    def is_near(self, file: OrderFile) -> bool:
        return super().is_near(file) and file.open_quote is not None

    def missing(self, file: OrderFile) -> str:
        if file.pending_authority is None:
            return "No signed authority has come in yet."
        return ""

    def form(self, subject: Any, user: Any, posted: Any = None) -> forms.Form:
        form = super().form(subject, user, posted)
        nomination: Any = form.fields["nomination"]
        ids = [row.pk for row in subject.authorisers]
        nomination.queryset = Nomination.objects.select_related("user").filter(
            pk__in=ids
        )
        return form

    def context(self, subject: Any, user: Any) -> dict[str, Any]:
        authority = subject.pending_authority
        if authority is None:
            return {}
        came_on = uk_date(authority.received_at)
        rows = [
            {
                "row": row,
                "then": holds_on(row, came_on),
                "now": holds_on(row, subject.today),
            }
            for row in subject.authorisers
        ]
        is_open = authority.quote.is_open_at(subject.now)
        return {"authority": authority, "rows": rows, "is_still_open": is_open}

    def run(self, subject: Any, user: Any, answers: dict[str, Any]) -> Any:
        pk = subject.pending_authority.pk
        if answers["outcome"] == "effective":
            chosen = answers["nomination"].pk
            return verify_authority(pk, by=user, nomination_id=chosen)
        return reject_authority(pk, by=user, reason=answers["reason"])

    def message(self, subject: Any, result: Any) -> str:
        if result.outcome == Outcome.EFFECTIVE:
            return f"The authority for {result.quote} is effective."
        return f"The authority for {result.quote} is not effective; they are told why."


PAGES = [Verify()]
