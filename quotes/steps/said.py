"""What a nominated contact said by e-mail, phone or letter, recorded for them (T35)."""

from collections.abc import Callable, Mapping
from typing import Any

from django import forms

from common.fields import Pounds
from common.money import ZERO, pounds
from common.pages import Answers, still_there
from common.staff_fields import words
from orders.commands import Said, record_answers, record_withdrawal
from orders.file import OrderFile
from orders.forms.corrections import corrected, field_for
from orders.models import Question
from orders.states import ON_SITE, OrderState
from orders.steps.base import OrderPage
from orders.steps.who_said import CORRECT, SaidPage, WhoSaidForm
from parties.models import User
from quotes.commands import record_cancellation, record_decline
from quotes.commands.cancel import cancellation_charge
from quotes.file import quotes_of
from quotes.models import Quote
from quotes.states import QuoteState

WITHDRAW, ANSWER, DECLINE, CANCEL = "withdraw", "answer", "decline", "cancel"
FOR_WHAT = (
    "It has effect only if they were nominated on the day it came: to submit requests "
    "for an answer, to authorise orders for declining or cancelling, and either for "
    "withdrawing."
)
ACTS = {
    WITHDRAW: "They withdraw the request",
    ANSWER: "They answer DCC’s questions, or correct the form",
    DECLINE: "They decline the quotation",
    CANCEL: "They cancel the order",
}
STATES: dict[str, tuple[str, ...]] = {
    WITHDRAW: (
        OrderState.SUBMITTED,
        OrderState.RETURNED,
        OrderState.ACCEPTED,
        OrderState.QUOTED,
    ),
    ANSWER: (OrderState.RETURNED,),
    DECLINE: (OrderState.QUOTED, OrderState.SURVEY, OrderState.LAPSED),
    CANCEL: ON_SITE,
}


FREE = "nothing is charged"
# What is told besides, with each, and on which condition.
TOLD: dict[str, tuple[tuple[str, str], ...]] = {
    WITHDRAW: (("request_withdrawn", "if they withdraw"),),
    ANSWER: (("request_received", "if the form goes back to DCC"),),
    DECLINE: (("quote_declined", "if they decline"),),
    CANCEL: (("order_cancelled", "if they cancel"),),
}


def acts(file: OrderFile) -> list[tuple[str, str]]:
    """Return what can be recorded of this order now."""
    found = [act for act, states in STATES.items() if file.state in states]
    if DECLINE in found and declinable(file) is None:
        found.remove(DECLINE)
    return [(act, ACTS[act]) for act in found]


def declinable(file: OrderFile) -> Quote | None:
    """Return the offer that is open, or that lapsed and may have been declined."""
    if file.state == OrderState.LAPSED:
        return quotes_of(file).in_state(QuoteState.LAPSED)
    return quotes_of(file).in_state(QuoteState.ISSUED, QuoteState.AUTHORITY_RECEIVED)


def questions(file: OrderFile) -> list[Question]:
    if file.state != OrderState.RETURNED:
        return []
    sent = (row for row in file.questions if row.round is not None)
    return [row for row in sent if row.round and row.round.closed_at is None]


class SaidForm(WhoSaidForm):
    field_order = ("act",)
    nominated_to = FOR_WHAT
    act = forms.ChoiceField(
        label="What did they say?",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what they said"},
    )
    is_sent_again = forms.BooleanField(
        label="They said that the form can go back to DCC with these answers, and "
        "that what it says is right",
        required=False,
    )
    charge = Pounds(widget=forms.HiddenInput, required=False)
    is_charge_told = forms.BooleanField(required=False)

    def __init__(
        self, data: object = None, *, file: OrderFile, **kwargs: object
    ) -> None:
        super().__init__(data, file=file, **kwargs)
        found: dict[str, Any] = self.fields
        found["act"].choices = acts(file)
        self.ask_questions()
        self.ask_charge(found)

    def ask_questions(self) -> None:
        rows = questions(self.file)
        for row in rows:
            field = words(f"Their answer about {row.subject.lower()}: {row.words}")
            self.fields[f"answer_{row.pk}"] = field
            label = f"The form says, corrected if they said so: {row.subject.lower()}"
            says = field_for(self.file.order, row.field, label)
            if says is not None:
                self.fields.setdefault(f"{CORRECT}{row.field}", says)
        sent_again = self.fields.pop("is_sent_again")
        if rows:
            self.fields["is_sent_again"] = sent_again

    def ask_charge(self, found: dict[str, Any]) -> None:
        if CANCEL not in dict(found["act"].choices):
            del found["charge"], found["is_charge_told"]
            return
        charge = cancellation_charge(self.file.order)
        found["charge"].initial = charge
        costs = f"{pounds(charge)} excluding VAT" if charge else "nothing"
        found[
            "is_charge_told"
        ].label = f"They know that cancelling costs {costs}, and cancel all the same"

    def clean(self) -> dict[str, Any]:
        answers: Answers = super().clean() or {}
        if answers.get("act") == CANCEL and not answers.get("is_charge_told"):
            words = "Tell them what cancelling costs first, and tick the box"
            self.add_error("is_charge_told", words)
        answers["corrections"] = self.corrections(answers)
        return answers

    def corrections(self, answers: Answers) -> dict[str, Any]:
        """Return what the form says otherwise now; refuse what it cannot say."""
        if answers.get("act") != ANSWER:
            return {}
        typed = {
            name.removeprefix(CORRECT): value
            for name, value in answers.items()
            if name.startswith(CORRECT) and name in self.changed_data
        }
        found, wrong = corrected(self.file.order, typed)
        for name, faults in wrong.items():
            self.add_error(f"{CORRECT}{name}", faults)
        return found.answers


class RecordSaid(SaidPage):
    slug = "said"
    label = "Record what a contact told the desk"
    form_class = SaidForm
    hint = (
        "For a withdrawal, a refusal, a cancellation or answers to our questions that "
        "came by e-mail, phone or letter (our rule). The contact is told by e-mail and "
        "can object. Whatever else the form says is corrected on a page of its own. "
        "Acceptance is never recorded here: it is the signed quotation."
    )
    states = tuple({state: None for found in STATES.values() for state in found})
    not_due = "A contact can neither end this order now nor answer anything in it."

    def is_listed(self, file: OrderFile) -> bool:
        return super().is_listed(file) and bool(acts(file))

    def follows(self, file: OrderFile) -> list[str]:
        charge = cancellation_charge(file.order) if file.state in ON_SITE else ZERO
        costs = f"{pounds(charge)} excluding VAT is charged" if charge else FREE
        words = {
            WITHDRAW: f"Withdrawn: the order ends; {FREE}.",
            ANSWER: "Answered: the form is theirs until they say it can go back; "
            "then it is checked again.",
            DECLINE: f"Declined: the order ends; {FREE}.",
            CANCEL: f"Cancelled: the order ends; {costs}.",
        }
        return [words[act] for act, _ in acts(file)]

    def letters(self, file: OrderFile) -> Mapping[str, str]:
        told = {kind: when for act, _ in acts(file) for kind, when in TOLD[act]}
        return {**super().letters(file), **told}

    def record(
        self, file: OrderFile, user: User, said: Said, answers: Answers
    ) -> object:
        return RUN[answers["act"]](file, user, said, answers)


def withdraw(file: OrderFile, user: User, said: Said, answers: Answers) -> None:
    record_withdrawal(file.pk, by=user, said=said, reason=answers["reason"])


def answer(file: OrderFile, user: User, said: Said, answers: Answers) -> None:
    given = {row.pk: answers[f"answer_{row.pk}"] for row in questions(file)}
    record_answers(
        file.pk,
        by=user,
        said=said,
        answers=given,
        corrections=answers["corrections"],
        is_sent_again=answers["is_sent_again"],
    )


def decline(file: OrderFile, user: User, said: Said, answers: Answers) -> None:
    quote = still_there(declinable(file))
    record_decline(quote.pk, by=user, said=said, reason=answers["reason"])


def cancel(file: OrderFile, user: User, said: Said, answers: Answers) -> None:
    record_cancellation(
        file.pk,
        by=user,
        said=said,
        acknowledged=answers["charge"],
        reason=answers["reason"],
    )


RUN: dict[str, Callable[[OrderFile, User, Said, Answers], None]] = {
    WITHDRAW: withdraw,
    ANSWER: answer,
    DECLINE: decline,
    CANCEL: cancel,
}
PAGES: list[OrderPage[Any]] = [RecordSaid()]
