"""What a contact told the desk of a failover test of a pair (T35)."""

from collections.abc import Callable
from typing import Any

from django import forms

from common.fields import Day
from common.pages import Answers, still_there
from common.staff_fields import words
from common.wording import day_words
from connections import commands
from connections.errors import FailoverUnexplained
from connections.file import connection_of
from connections.models import Connection, FailoverTest
from connections.states import ConnectionState, FailoverResult
from connections.steps.said import BY_ANOTHER_WAY
from orders.commands import Said
from orders.file import OrderFile
from orders.states import INSTALLED
from orders.steps.base import OrderPage
from orders.steps.who_said import FOR_SUBMITTERS, SaidPage, WhoSaidForm
from parties.models import User

MOVE, CALL_OFF, RESULT = "move", "call-off", "result"


def in_service(file: OrderFile) -> Connection | None:
    """Return this link of a pair, if both are in service. Source: R-7-1."""
    row = connection_of(file).row
    if row is None or file.order.group_id is None:
        return None
    other = connection_of(file).other
    pair = (row, other)
    is_used = all(one and one.state == ConnectionState.OPERATIONAL for one in pair)
    return row if is_used else None


class PlanSaidForm(WhoSaidForm):
    """The day on which this link is failed, and who takes part. R-7-1."""

    field_order = ("planned_on", "note")
    nominated_to = FOR_SUBMITTERS
    planned_on = Day(
        label="Day of the test",
        help_text="This connection is failed on it; the other one of the pair takes "
        "over.",
        error_messages={"required": "Enter the day of the test"},
    )
    note = words("Who takes part?", "Optional. The configurer reads it.", rows=2)

    def __init__(
        self, data: object = None, *, file: OrderFile, **kwargs: object
    ) -> None:
        super().__init__(data, file=file, **kwargs)
        del self.fields["reason"]


class RecordTestPlan(SaidPage):
    slug = "failover-said"
    label = "Record that a contact plans a failover test"
    hint = BY_ANOTHER_WAY
    form_class = PlanSaidForm
    states = INSTALLED
    tells = ("recorded_for_you", "failover_test_told")

    def why_not(self, file: OrderFile) -> str:
        test = connection_of(file).planned_test
        if in_service(file) is None or test is None:
            return "A failover test needs two links of a pair in service."
        day = day_words(test.planned_on)
        return f"{test} is planned for {day}. Record first what became of it."

    def is_listed(self, file: OrderFile) -> bool:
        if not super().is_listed(file) or in_service(file) is None:
            return False
        return connection_of(file).planned_test is None

    def follows(self, file: OrderFile) -> list[str]:
        return [
            "Nothing is ordered or charged by it, and no session is changed.",
            "Once the day is over, the Gateway Party owes its result.",
        ]

    def record(
        self, file: OrderFile, user: User, said: Said, answers: Answers
    ) -> object:
        return commands.record_test_plan(
            still_there(in_service(file)).pk,
            by=user,
            said=said,
            planned_on=answers["planned_on"],
            note=answers["note"],
        )


class TestSaidForm(WhoSaidForm):
    """What became of a planned test: another day, none, or its result. R-7-1."""

    field_order = ("act", "on", "result", "reason")
    nominated_to = FOR_SUBMITTERS
    act = forms.ChoiceField(
        label="What did they say?",
        choices=[
            (RESULT, "It was carried out"),
            (MOVE, "It moves to another day"),
            (CALL_OFF, "It is called off"),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what they said"},
    )
    on = Day(
        label="On which day it was carried out, or will be",
        required=False,
        help_text="Empty if it is called off.",
    )
    result = forms.ChoiceField(
        label="Did each session move, with the same addresses?",
        choices=[("", "It was not carried out"), *FailoverResult.choices],
        required=False,
    )

    def __init__(
        self, data: object = None, *, file: OrderFile, **kwargs: object
    ) -> None:
        super().__init__(data, file=file, **kwargs)
        reason = self.fields["reason"]
        reason.label, reason.required = "What they saw, or why it changes", True
        reason.help_text = "DCC and the configurer read it."
        missing = FailoverUnexplained(what="what they saw, or why it changes")
        reason.error_messages["required"] = str(missing)

    def clean(self) -> dict[str, Any]:
        answers: dict[str, Any] = super().clean() or self.cleaned_data
        act = answers.get("act")
        if act in (MOVE, RESULT) and not answers.get("on") and "on" not in self.errors:
            self.add_error("on", "Enter the day")
        if act == RESULT and not answers.get("result"):
            self.add_error("result", "Say whether the test passed")
        return answers


class RecordTestSaid(SaidPage):
    slug = "failover-test-said"
    label = "Record what became of a failover test, as a contact said"
    hint = BY_ANOTHER_WAY
    form_class = TestSaidForm
    states = INSTALLED
    tells_if = {
        "failover_test_told": "if it moves or is called off",
        "failover_test_not_passed": "if it did not pass",
    }
    not_due = "No failover test of this connection is planned."

    def is_listed(self, file: OrderFile) -> bool:
        if not super().is_listed(file) or file.order.group_id is None:
            return False
        return connection_of(file).planned_test is not None

    def test(self, file: OrderFile) -> FailoverTest:
        return still_there(connection_of(file).planned_test)

    def follows(self, file: OrderFile) -> list[str]:
        day = day_words(self.test(file).planned_on)
        return [
            f"It is planned for {day}. No session, order or charge is changed by it.",
            "Carried out, its result stands in the history of the pair’s tests.",
        ]

    def record(
        self, file: OrderFile, user: User, said: Said, answers: Answers
    ) -> object:
        return RUN[answers["act"]](self.test(file).pk, user, said, answers)


def move(pk: int, user: User, said: Said, answers: Answers) -> object:
    day, reason = answers["on"], answers["reason"]
    return commands.record_test_move(
        pk, by=user, said=said, planned_on=day, reason=reason
    )


def call_off(pk: int, user: User, said: Said, answers: Answers) -> object:
    reason = answers["reason"]
    return commands.record_test_call_off(pk, by=user, said=said, reason=reason)


def result(pk: int, user: User, said: Said, answers: Answers) -> object:
    return commands.record_test_result(
        pk,
        by=user,
        said=said,
        done_on=answers["on"],
        result=answers["result"],
        seen=answers["reason"],
    )


RUN: dict[str, Callable[[int, User, Said, Answers], object]] = {
    MOVE: move,
    CALL_OFF: call_off,
    RESULT: result,
}
PAGES: list[OrderPage[Any]] = [RecordTestPlan(), RecordTestSaid()]
