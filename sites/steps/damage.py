"""Damage to equipment: reported to the desk, decided on, closed."""

from typing import Any

from django import forms
from django.http import QueryDict

from common.errors import DomainError
from common.fields import Day, Moment
from common.pages import Answers, Result
from common.staff_fields import offer, one_of, words
from orders.file import OrderFile
from orders.steps.base import OrderPage
from parties.models import User
from sites import commands, policies
from sites.errors.equipment import DamageToCome, RepairDayPassed, TellerMissing
from sites.facts import WITH_EQUIPMENT
from sites.file import site_of
from sites.forms.damage import (
    emergency_of,
    grounds,
    item_field,
    items_offered,
    photo_field,
)
from sites.models import DamageReport
from sites.obligations.damage import DECIDE_DAMAGE, REPAIR_DAMAGE
from sites.states import Bearer, DamageState, StageKind


class DamageReportForm(forms.Form):
    told_by = forms.CharField(
        label="Who told the desk",
        max_length=200,
        error_messages={"required": "Enter who told the desk of it"},
    )
    happened_at = Moment(
        label="When it happened",
        help_text="UK time.",
        error_messages={"required": "Enter the day and time when it happened"},
    )
    place = forms.CharField(
        label="Where", max_length=200, error_messages={"required": "Enter where"}
    )
    item = item_field()
    description = words("What happened", missing="Say what happened", rows=3)
    photo = photo_field()
    ground = grounds("Was it done on purpose in an emergency?")
    action = words("What was done in the emergency", rows=3)
    why = words("Why it had to be done", rows=3)

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean() or self.cleaned_data
        return emergency_of(self, found)


class ReportDamage(OrderPage[DamageReport]):
    slug = "report-damage"
    label = "Report damage to the equipment"
    hint = "As somebody told the desk. The Gateway Party gets it by e-mail (section 5)."
    button = "Report it"
    form_class = DamageReportForm
    states = WITH_EQUIPMENT
    not_due = "No equipment is installed, so none can be damaged."
    tells = ("damage_report",)

    def may(self, subject: OrderFile, user: User) -> bool:
        is_dcc = user.is_staff
        return is_dcc and policies.may_report_damage(subject.order, user)

    def is_listed(self, file: OrderFile) -> bool:
        is_installed = StageKind.EQUIPMENT in site_of(file).done
        return super().is_listed(file) and is_installed

    def form(
        self, subject: OrderFile, user: User, posted: QueryDict | None = None
    ) -> forms.Form:
        form = super().form(subject, user, posted)
        items_offered(form, site_of(subject).items_in_rack)
        return form

    def follows(self, file: OrderFile) -> list[str]:
        return [
            "DCC Operations says who bears the repair; the portal charges nothing.",
        ]

    def run(self, subject: OrderFile, user: User, answers: Answers) -> DamageReport:
        return commands.report_damage(subject.pk, by=user, **answers)

    def blamed(self, refusal: DomainError, answers: Answers) -> str | None:
        if isinstance(refusal, DamageToCome):
            return "happened_at"
        return "told_by" if isinstance(refusal, TellerMissing) else None

    def message(self, subject: OrderFile, result: DamageReport) -> str:
        return f"{result} is reported, and the Gateway Party is told."


class OfReport(OrderPage[Result]):
    """A page about one of the reports of damage that are not closed."""

    template = "desk/damage.html"
    states = WITH_EQUIPMENT
    of_states: tuple[DamageState, ...] = (DamageState.REPORTED,)

    def reports(self, file: OrderFile) -> list[DamageReport]:
        return [row for row in site_of(file).damage if row.state in self.of_states]

    def is_listed(self, file: OrderFile) -> bool:
        is_open = super().is_listed(file) and site_of(file).has_open_damage
        return is_open and bool(self.reports(file))

    def form(
        self, subject: OrderFile, user: User, posted: QueryDict | None = None
    ) -> forms.Form:
        form = super().form(subject, user, posted)
        reports = self.reports(subject)
        offer(form, "report", reports, called=lambda report: report.named)
        if reports:
            form.initial["report"] = reports[-1].pk
        return form

    def context(self, subject: OrderFile, user: User) -> dict[str, Any]:
        return {"reports": self.reports(subject)}

    def message(self, subject: OrderFile, result: Result) -> str:
        return f"{result} is saved, and the Gateway Party is told."


class DecideForm(forms.Form):
    report = one_of(DamageReport, "Which report", "Choose the report")
    bearer = forms.ChoiceField(
        label="Who bears the repair",
        choices=[("", "Choose who bears it"), *Bearer.choices],
        help_text="The portal charges nothing for it.",
        error_messages={"required": "Choose who bears it"},
    )
    decision = words(
        "What is done about it", "The Gateway Party reads it.", "Say what is done", 3
    )
    repair_by = Day(
        label="Last day of the repair",
        error_messages={"required": "Enter by which day it is repaired"},
    )


class DecideDamage(OfReport[DamageReport]):
    slug = "decide-damage"
    label = "Decide about damage to the equipment"
    hint = "An emergency may excuse what was done (section 5). Close it if none is due."
    button = "A repair is owed"
    form_class = DecideForm
    sees_to = (DECIDE_DAMAGE,)
    not_due = "No report of damage waits for a decision."
    tells = ("damage_report",)

    def may(self, subject: OrderFile, user: User) -> bool:
        return policies.may_decide_damage(subject.order, user)

    def follows(self, file: OrderFile) -> list[str]:
        return [
            "The repair is owed until its last day, by whoever bears it.",
        ]

    def run(self, subject: OrderFile, user: User, answers: Answers) -> DamageReport:
        report = answers.pop("report")
        return commands.decide_damage(report.pk, by=user, **answers)

    def blamed(self, refusal: DomainError, answers: Answers) -> str | None:
        return "repair_by" if isinstance(refusal, RepairDayPassed) else None


class CloseForm(forms.Form):
    report = one_of(DamageReport, "Which report", "Choose the report")
    outcome = words(
        "How it ended", "The Gateway Party reads it.", "Say how it ended", 3
    )


class CloseReport(OfReport[DamageReport]):
    slug = "close-damage"
    label = "Close a report of damage"
    button = "Close it"
    form_class = CloseForm
    of_states = (DamageState.REPORTED, DamageState.REPAIR)
    sees_to = (REPAIR_DAMAGE,)
    not_due = "No report of damage is open."
    tells = ("damage_report",)

    def may(self, subject: OrderFile, user: User) -> bool:
        return policies.may_decide_damage(subject.order, user) or (
            policies.may_work_on_site(subject.order, user)
        )

    def reports(self, file: OrderFile) -> list[DamageReport]:
        """The installer closes what it repaired."""
        return [
            row
            for row in super().reports(file)
            if policies.may_close_damage(row, file.user)
        ]

    def follows(self, file: OrderFile) -> list[str]:
        return [
            "Nothing is owed about it any more.",
        ]

    def run(self, subject: OrderFile, user: User, answers: Answers) -> DamageReport:
        report = answers["report"]
        return commands.close_damage(report.pk, by=user, outcome=answers["outcome"])


PAGES: list[OrderPage[Any]] = [ReportDamage(), DecideDamage(), CloseReport()]
