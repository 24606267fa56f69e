"""What was charged, put right: the day of completion, or one charge."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.http import QueryDict

from billing import commands
from billing import policies as charge_policies
from billing.commands import effects_of_completion
from billing.file import charges_of
from billing.models import Charge
from common.asking_back import AsksBack, unusual_amount
from common.errors import DomainError
from common.fields import Day
from common.money import pounds
from common.pages import Answers
from common.staff_fields import amount, offer, one_of, words, yes_or_no
from common.wording import day_words
from connections.file import connection_of
from orders.errors import ReasonMissing
from orders.file import OrderFile
from orders.states import INSTALLED, OrderState
from orders.steps.base import OrderPage
from parties.models import User
from records.rehearsal import ReadFirst
from sites import policies
from sites.emails import COMPLETION_CORRECTED
from sites.models import Correction


class CompletionDayForm(AsksBack):
    """The right day and why; what moves with it is shown before that is confirmed."""

    completed_on = Day(
        label="Day on which installation was complete",
        error_messages={"required": "Enter the day of completion"},
    )
    why = words(
        "Why it was wrong", "The Gateway Party reads it.", "Say why it was wrong", 3
    )

    def __init__(self, posted: Any, *, file: OrderFile) -> None:
        super().__init__(posted)
        self.connection = connection_of(file).row
        self.effects: list[tuple[str, date, date]] = []

    def unusual(self, answers: dict[str, Any]) -> Iterable[str]:
        day, connection = answers.get("completed_on"), self.connection
        if day is None or connection is None or self.errors:
            return
        try:
            self.effects = effects_of_completion(connection, day)
        except DomainError:
            # The command refuses it in its own words.
            return
        before = day_words(connection.completed_on)
        yield (
            f"The day of completion becomes {day_words(day)} instead of {before}, and "
            f"{len(self.effects)} other days move with it, as shown above."
        )


class CorrectCompletion(ReadFirst[OrderFile, User, Correction], OrderPage[Correction]):
    slug = "correct-completion"
    puts_right = True
    label = "Correct the day of completion"
    hint = (
        "The contract period and the first charges count from it. Both are shown "
        "before anything moves. The amounts stay those of the quotation."
    )
    button = "Show what moves"
    template = "desk/correct_completion.html"
    states = INSTALLED
    tells = (COMPLETION_CORRECTED,)

    def may(self, subject: OrderFile, user: User) -> bool:
        return policies.may_correct(subject.order, user)

    def form(
        self, subject: OrderFile, user: User, posted: QueryDict | None = None
    ) -> forms.Form:
        return CompletionDayForm(posted, file=subject)

    def follows(self, file: OrderFile) -> list[str]:
        return [
            "Period and charges count from the right day; each is shown first.",
        ]

    def run(self, subject: OrderFile, user: User, answers: Answers) -> Correction:
        return commands.correct_completion_day(subject.pk, by=user, **answers)

    def blamed(self, refusal: DomainError, answers: Answers) -> str | None:
        return "why" if isinstance(refusal, ReasonMissing) else "completed_on"

    def message(self, subject: OrderFile, result: Correction) -> str:
        return (
            f"Installation of {subject} was complete on {result.after_words}. The "
            "period and the charges count from that day, and the Gateway Party is told."
        )


class CorrectChargeForm(AsksBack):
    """Which charge is wrong, what is right and why."""

    charge = one_of(Charge, "Which charge is wrong?", "Choose the charge")
    is_owed = yes_or_no(
        "Is anything owed for it?",
        "Say whether anything is owed for it",
        "If nothing is, it is taken back and nothing is raised instead.",
    )
    net = amount(
        "The right amount, excluding VAT", "In pounds. Only if another amount is owed."
    )
    why = words(
        "Why it was wrong", "The Gateway Party reads it.", "Say why it was wrong", 3
    )

    def __init__(self, posted: Any, *, file: OrderFile) -> None:
        super().__init__(posted)
        offer(self, "charge", charges_of(file).rows, charge_words)

    def unusual(self, answers: dict[str, Any]) -> Iterable[str]:
        charge, net = answers.get("charge"), answers.get("net")
        if answers.get("is_owed") and charge is not None and net is not None:
            yield unusual_amount(net, charge.net)

    def clean(self) -> dict[str, Any]:
        answers = super().clean()
        if answers.get("is_owed") and answers.get("net") is None:
            self.add_error("net", "Enter the right amount")
        return answers


def charge_words(charge: Charge) -> str:
    day = day_words(charge.due_on)
    return f"{charge.description}, {pounds(charge.net)}, due on {day}"


class CorrectCharge(ReadFirst[OrderFile, User, Charge], OrderPage[Charge]):
    slug = "correct-charge"
    puts_right = True
    label = "Put a charge right"
    hint = (
        "What was raised stays: another row takes it back, and a third states what is "
        "right. The Gateway Party is told why."
    )
    button = "Put it right"
    states = tuple(OrderState)
    not_due = "Nothing is charged for this order."
    tells = ("charge_corrected",)

    def may(self, subject: OrderFile, user: User) -> bool:
        return charge_policies.may_correct_charge(subject, user)

    def is_listed(self, file: OrderFile) -> bool:
        return super().is_listed(file) and bool(charges_of(file).rows)

    def form(
        self, subject: OrderFile, user: User, posted: QueryDict | None = None
    ) -> forms.Form:
        return CorrectChargeForm(posted, file=subject)

    def follows(self, file: OrderFile) -> list[str]:
        return [
            "Another row takes it back; a third states what is owed, if anything is.",
        ]

    def run(self, subject: OrderFile, user: User, answers: Answers) -> Charge:
        net = answers["net"] if answers["is_owed"] else None
        charge = answers["charge"]
        return commands.correct_charge(charge.pk, by=user, net=net, why=answers["why"])

    def message(self, subject: OrderFile, result: Charge) -> str:
        now = "nothing" if result.reverses_id else pounds(result.net)
        return f"{result.description} costs {now}, and the Gateway Party is told."


PAGES: list[OrderPage[Any]] = [CorrectCompletion(), CorrectCharge()]
