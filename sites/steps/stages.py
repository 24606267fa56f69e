"""The days that are set for a stage of installation, and the issues found in it."""

from typing import Any, cast

from django import forms
from django.http import QueryDict

from common.fields import Day
from common.pages import Answers
from common.staff_fields import offer, one_of, words
from orders.file import OrderFile
from orders.states import OrderState
from orders.steps.base import OrderPage
from parties.models import User
from sites import commands, policies
from sites import obligations as owed
from sites.file import site_of
from sites.models import StageDay, StageIssue
from sites.states import ChangeCause, DayKind, StageKind

# What the Party reads as "you" is the Gateway Party to whoever works for it.
CAUSES = [
    ("", "Nobody: it is the first day"),
    (ChangeCause.PROVIDER, ChangeCause.PROVIDER.label),
    (ChangeCause.PARTY, "The Gateway Party"),
    (ChangeCause.THIRD_PARTY, ChangeCause.THIRD_PARTY.label),
]


class StageDayForm(forms.Form):
    stage = forms.ChoiceField(label="Stage")
    kind = forms.ChoiceField(
        label="Which day",
        choices=DayKind.choices,
        help_text="The Gateway Party gets an e-mail about each committed day.",
    )
    on = Day(label="Day", error_messages={"required": "Enter the day"})
    cause = forms.ChoiceField(
        label="Whose doing it is that the day changes",
        choices=CAUSES,
        required=False,
    )
    why = words("Why it changes", "The Gateway Party reads it.", rows=3)


class SetStageDay(OrderPage[StageDay]):
    slug = "stage-day"
    label = "Set the day of a stage"
    hint = "The day on which it was really done is recorded with the stage."
    button = "Set the day"
    form_class = StageDayForm
    states = (OrderState.AUTHORISED, OrderState.INSTALL)
    not_due = "Circuit and equipment have already been recorded as done."
    tells_if = {"stage_day_set": "if the day is committed"}

    def may(self, subject: OrderFile, user: User) -> bool:
        return policies.may_work_on_site(subject.order, user)

    def is_listed(self, file: OrderFile) -> bool:
        return super().is_listed(file) and site_of(file).next_stage is not None

    def form(
        self, subject: OrderFile, user: User, posted: QueryDict | None = None
    ) -> forms.Form:
        form = super().form(subject, user, posted)
        done, stage = site_of(subject).done, cast("Any", form.fields["stage"])
        stage.choices = [one for one in StageKind.choices if one[0] not in done]
        return form

    def follows(self, file: OrderFile) -> list[str]:
        return [
            "The Gateway Party reads it on the order’s page and in its calendar.",
        ]

    def run(self, subject: OrderFile, user: User, answers: Answers) -> StageDay:
        return commands.set_stage_day(subject.pk, by=user, **answers)

    def message(self, subject: OrderFile, result: StageDay) -> str:
        return f"The day is kept with {subject}."


class IssueForm(forms.Form):
    stage = forms.ChoiceField(label="Stage", choices=StageKind.choices)
    description = words("What was found", missing="Say what was found", rows=3)
    found_by = forms.CharField(
        label="Who found it",
        max_length=200,
        help_text="A person or a company.",
        error_messages={"required": "Say who found it"},
    )
    found_on = Day(
        label="Day on which it was found",
        error_messages={"required": "Enter the day on which it was found"},
    )


class RecordIssue(OrderPage[StageIssue]):
    slug = "stage-issue"
    label = "Record an issue found on site"
    hint = (
        "The stage stays open, and the installation is not complete, until it is "
        "resolved (section 3.7). The Gateway Party is told."
    )
    button = "Record the issue"
    form_class = IssueForm
    states = (OrderState.INSTALL,)
    tells = ("stage_issue_found",)

    def may(self, subject: OrderFile, user: User) -> bool:
        return policies.may_work_on_site(subject.order, user)

    def initial(self, subject: OrderFile) -> dict[str, Any]:
        stage = site_of(subject).next_stage or StageKind.EQUIPMENT
        return {"stage": stage, "found_on": subject.today}

    def follows(self, file: OrderFile) -> list[str]:
        return [
            "The next stage and the completion wait until it is resolved.",
        ]

    def run(self, subject: OrderFile, user: User, answers: Answers) -> StageIssue:
        return commands.record_issue(subject.pk, by=user, **answers)

    def message(self, subject: OrderFile, result: StageIssue) -> str:
        return f"The issue is recorded, and holds the installation of {subject} open."


class ResolutionForm(forms.Form):
    issue = one_of(StageIssue, "Which issue", "Choose the issue")
    resolution = words("How it was resolved", missing="Say how it was resolved", rows=3)
    resolved_on = Day(
        label="Day on which it was resolved",
        error_messages={"required": "Enter the day on which it was resolved"},
    )


class ResolveIssue(OrderPage[StageIssue]):
    slug = "resolve-issue"
    label = "Record how an issue was resolved"
    button = "The issue is resolved"
    form_class = ResolutionForm
    states = (OrderState.INSTALL,)
    sees_to = (owed.RESOLVE_ISSUE,)
    not_due = "No issue is open."
    tells = ("stage_issue_resolved",)

    def may(self, subject: OrderFile, user: User) -> bool:
        return policies.may_work_on_site(subject.order, user)

    def is_listed(self, file: OrderFile) -> bool:
        return super().is_listed(file) and bool(site_of(file).open_issues)

    def form(
        self, subject: OrderFile, user: User, posted: QueryDict | None = None
    ) -> forms.Form:
        form = super().form(subject, user, posted)
        offer(form, "issue", site_of(subject).open_issues)
        return form

    def initial(self, subject: OrderFile) -> dict[str, Any]:
        return {"resolved_on": subject.today}

    def follows(self, file: OrderFile) -> list[str]:
        left = len(site_of(file).open_issues) - 1
        more = f"{left} more hold the installation open." if left > 1 else ""
        one = "1 more holds the installation open." if left == 1 else ""
        return [more or one or "Nothing holds the installation open any more."]

    def run(self, subject: OrderFile, user: User, answers: Answers) -> StageIssue:
        issue = answers.pop("issue")
        return commands.resolve_issue(issue.pk, by=user, **answers)

    def message(self, subject: OrderFile, result: StageIssue) -> str:
        return "The issue is resolved, and the Gateway Party is told."


PAGES: list[OrderPage[Any]] = [SetStageDay(), RecordIssue(), ResolveIssue()]
