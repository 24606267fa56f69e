"""The day of completion, put right: Operations sees first what moves with it."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.http import QueryDict

from billing import commands
from billing.commands import effects_of_completion
from common.asking_back import AsksBack
from common.errors import DomainError
from common.fields import Day
from common.pages import Answers
from common.staff_fields import words
from common.wording import day_words
from connections.file import connection_of
from orders.errors import ReasonMissing
from orders.file import OrderFile
from orders.states import INSTALLED
from orders.steps.base import OrderPage
from parties.models import User
from sites import policies
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


class CorrectCompletion(OrderPage[Correction]):
    slug = "correct-completion"
    label = "Correct the day of completion"
    hint = (
        "The contract period and the first charges count from it. Both are shown "
        "before anything moves. The amounts stay those of the quotation."
    )
    button = "Show what moves"
    template = "desk/correct_completion.html"
    states = INSTALLED

    def may(self, subject: OrderFile, user: User) -> bool:
        return policies.may_correct(subject.order, user)

    def form(
        self, subject: OrderFile, user: User, posted: QueryDict | None = None
    ) -> forms.Form:
        return CompletionDayForm(posted, file=subject)

    def run(self, subject: OrderFile, user: User, answers: Answers) -> Correction:
        return commands.correct_completion_day(subject.pk, by=user, **answers)

    def blamed(self, refusal: DomainError, answers: Answers) -> str | None:
        return "why" if isinstance(refusal, ReasonMissing) else "completed_on"

    def message(self, subject: OrderFile, result: Correction) -> str:
        return (
            f"Installation of {subject} was complete on {result.after_words}. The "
            "period and the charges count from that day, and the Gateway Party is told."
        )


PAGES: list[OrderPage[Any]] = [CorrectCompletion()]
