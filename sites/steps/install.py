"""The stages of an installation, and its completion."""

from typing import Any

from django import forms
from django.http import QueryDict

from common.fields import Day
from common.money import ZERO, pounds
from common.pages import Answers
from common.staff_fields import mbps, words
from orders import policies as order_policies
from orders.file import OrderFile
from orders.states import ConnectionType, OrderState
from orders.steps.base import OrderPage
from parties.models import User
from quotes.file import quotes_of
from quotes.pricing import due_on_completion, lines_due_on_completion
from quotes.states import QuoteState
from sites import commands, policies
from sites import obligations as owed
from sites.file import site_of
from sites.models import CircuitOrder, InstallationStage
from sites.states import StageKind

MEASURED = (
    "In Mbps, by the circuit test. Needed where the Gateway Party has only an "
    "estimate: that is our own rule."
)


class StageForm(forms.Form):
    stage = forms.ChoiceField(label="Stage")
    done_on = Day(
        label="Day on which it was done",
        error_messages={"required": "Enter the day on which it was done"},
    )
    test_result = words("Result of the basic test", "Needed for the circuit.", rows=3)
    provider = forms.CharField(
        label="Telecom provider",
        max_length=100,
        help_text="Such as BT Openreach or Virgin Media (section 1.3).",
        error_messages={"required": "Enter the telecom provider of the circuit"},
    )
    provider_reference = forms.CharField(
        label="Their order reference",
        max_length=60,
        error_messages={"required": "Enter the provider’s reference of the order"},
    )
    measured_down_mbps = mbps("Measured download", MEASURED)
    measured_up_mbps = mbps("Measured upload", MEASURED)


class CircuitOrderForm(forms.Form):
    provider = StageForm.base_fields["provider"]
    provider_reference = StageForm.base_fields["provider_reference"]
    ordered_on = Day(
        label="Day on which it was ordered",
        error_messages={"required": "Enter the day on which it was ordered"},
    )


class OrderCircuit(OrderPage[CircuitOrder]):
    slug = "circuit-order"
    label = "Record that the circuit is ordered"
    hint = "As soon as the telecom provider has it. The Gateway Party reads it."
    button = "The circuit is ordered"
    form_class = CircuitOrderForm
    states = (OrderState.AUTHORISED, OrderState.INSTALL)
    not_due = "The circuit is ordered already, or waits for the survey."

    def may(self, subject: OrderFile, user: User) -> bool:
        return policies.may_work_on_site(subject.order, user)

    def is_listed(self, file: OrderFile) -> bool:
        if not super().is_listed(file):
            return False
        site = site_of(file)
        is_known = site.circuit_order is not None or StageKind.CIRCUIT in site.done
        quote = quotes_of(file).accepted
        is_firm = quote is not None and quote.is_firm
        return is_firm and not is_known

    def initial(self, subject: OrderFile) -> dict[str, Any]:
        return {"ordered_on": subject.today}

    def follows(self, file: OrderFile) -> list[str]:
        return [
            "The Gateway Party reads provider and reference on the order’s page.",
        ]

    def run(self, subject: OrderFile, user: User, answers: Answers) -> CircuitOrder:
        return commands.record_circuit_order(subject.pk, by=user, **answers)

    def message(self, subject: OrderFile, result: CircuitOrder) -> str:
        return f"The circuit for {subject} is ordered with {result.provider}."


def held_up(file: OrderFile) -> str:
    """Say which issue holds the installation open. Source: R-3.7-4."""
    open_issues = site_of(file).open_issues
    return f"An issue is open. {open_issues[0]}" if open_issues else ""


class CompleteStage(OrderPage[InstallationStage]):
    slug = "stage"
    label = "Record a stage as done"
    button = "The stage is done"
    form_class = StageForm
    states = (OrderState.INSTALL,)
    sees_to = (*owed.ATTEND.values(),)
    not_due = "Circuit and equipment have already been recorded as done."

    def may(self, subject: OrderFile, user: User) -> bool:
        return policies.may_work_on_site(subject.order, user)

    def is_listed(self, file: OrderFile) -> bool:
        return super().is_listed(file) and site_of(file).next_stage is not None

    def missing(self, file: OrderFile) -> str:
        stage = site_of(file).next_stage
        if stage and stage.value not in [
            visit.purpose for visit in site_of(file).booked
        ]:
            return f"Book the visit for the {stage.label.lower()} first."
        return held_up(file)

    def form(
        self, subject: OrderFile, user: User, posted: QueryDict | None = None
    ) -> forms.Form:
        form = super().form(subject, user, posted)
        stage: Any = form.fields["stage"]
        done = {row.stage for row in site_of(subject).stages}
        stage.choices = [
            choice for choice in StageKind.choices if choice[0] not in done
        ]
        if StageKind.CIRCUIT in done:
            del form.fields["provider"], form.fields["provider_reference"]
        if (
            StageKind.CIRCUIT in done
            or subject.order.connection_type != ConnectionType.LV
        ):
            del form.fields["measured_down_mbps"], form.fields["measured_up_mbps"]
        return form

    def initial(self, subject: OrderFile) -> dict[str, Any]:
        """Return what is known since the circuit was ordered."""
        ordered = site_of(subject).circuit_order
        if ordered is None:
            return {}
        named = ("provider", "provider_reference")
        return {name: getattr(ordered, name) for name in named}

    def follows(self, file: OrderFile) -> list[str]:
        left = [kind for kind in StageKind if kind not in site_of(file).done]
        if len(left) > 1:
            return [f"The {left[1].label.lower()} is next; its visit can be booked."]
        return ["DCC Operations can then complete the installation."]

    def run(
        self, subject: OrderFile, user: User, answers: Answers
    ) -> InstallationStage:
        return commands.complete_stage(subject.pk, by=user, **answers)

    def message(self, subject: OrderFile, result: InstallationStage) -> str:
        return f"{result.get_stage_display()} of {subject} is recorded as done."


class CompleteForm(forms.Form):
    completed_on = Day(
        label="Day on which installation was complete",
        help_text="The contract period starts on it, and the first charges follow.",
        error_messages={"required": "Enter the day of completion"},
    )


NOTHING = "Nothing is raised"


class Complete(OrderPage[object]):
    slug = "complete"
    label = "Complete the installation"
    button = "Installation is complete"
    form_class = CompleteForm
    template = "desk/complete.html"
    states = (OrderState.INSTALL,)
    sees_to = (owed.COMPLETE,)
    tells = ("installation_complete",)

    def may(self, subject: OrderFile, user: User) -> bool:
        return order_policies.may_check(subject.order, user)

    def missing(self, file: OrderFile) -> str:
        stage = site_of(file).next_stage
        if stage:
            return f"The {stage.label.lower()} is not recorded as done."
        return held_up(file)

    def initial(self, subject: OrderFile) -> dict[str, Any]:
        equipment = site_of(subject).done.get(StageKind.EQUIPMENT)
        return {"completed_on": equipment.done_on} if equipment else {}

    def context(self, subject: OrderFile, user: User) -> dict[str, Any]:
        """Return what completing it raises, by the rule that then raises it."""
        quote = quotes_of(subject).in_state(QuoteState.ACCEPTED)
        if quote is None or self.obstacle(subject, user):
            return {}
        lines = quote.lines.all()
        return {
            "quote": quote,
            "due": lines_due_on_completion(lines),
            "total": due_on_completion(lines),
            "years": subject.order.minimum_period_years,
        }

    def follows(self, file: OrderFile) -> list[str]:
        quote = quotes_of(file).in_state(QuoteState.ACCEPTED)
        due = due_on_completion(quote.lines.all()) if quote else ZERO
        raised = f"{pounds(due)} excluding VAT is raised" if due else NOTHING
        if not file.order.minimum_period_years:
            return [f"{raised}, and no contract period begins (our reading)."]
        return [f"{raised}; the contract period begins on that day (our reading)."]

    def run(self, subject: OrderFile, user: User, answers: Answers) -> object:
        day_of = answers["completed_on"]
        return commands.complete_installation(subject.pk, by=user, completed_on=day_of)

    def message(self, subject: OrderFile, result: object) -> str:
        return (
            f"The installation of {subject} is complete: the contract period and the "
            "first charges are in its file."
        )


PAGES: list[OrderPage[Any]] = [OrderCircuit(), CompleteStage(), Complete()]
