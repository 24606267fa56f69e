"""A change of rate at the desk: its price, its day, that it is done; or why not."""

from typing import Any

from django import forms
from django.http import QueryDict

from common.errors import DomainError
from common.fields import Day
from common.figures import lower_rate_from
from common.money import pounds
from common.pages import Answers, still_there
from common.staff_fields import amount, words, yes_or_no
from common.wording import long_day_words
from connections import commands, policies
from connections.errors import ChangeNotDescribed, ChargeNegative
from connections.file import connection_of
from connections.models import Connection, RateChange
from connections.obligations import (
    ACCEPT_CHANGE,
    CHECK_CHANGE,
    MAKE_CHANGE,
    PRICE_CHANGE,
)
from connections.states import RateChangeState
from orders.errors import ReasonMissing
from orders.file import OrderFile
from orders.states import INSTALLED
from orders.steps.base import OrderPage
from parties.models import User

OF_A_CHANGE = (PRICE_CHANGE, ACCEPT_CHANGE, CHECK_CHANGE, MAKE_CHANGE)


class ChangePage(OrderPage[RateChange]):
    """A step of the one change of a connection that is not done yet."""

    states = INSTALLED
    template = "desk/rate_change.html"
    not_due = "No change of this connection waits for it."

    def may(self, subject: OrderFile, user: User) -> bool:
        return policies.may_make_change(subject, user)

    def is_due(self, change: RateChange) -> bool:
        return True

    def is_listed(self, file: OrderFile) -> bool:
        # Most connections have none: the register, which is read anyway, says so.
        if not (super().is_listed(file) and any(map(file.owes, OF_A_CHANGE))):
            return False
        change = connection_of(file).open_change
        return change is not None and self.is_due(change)

    def context(self, subject: OrderFile, user: User) -> dict[str, Any]:
        return {"change": connection_of(subject).open_change}

    def change(self, file: OrderFile) -> RateChange:
        return still_there(connection_of(file).open_change)


class PriceChangeForm(forms.Form):
    net = amount(
        "Charge, excluding VAT",
        "In pounds, charged once when it is done. It holds what the running year costs "
        "more. 0 if it is free.",
        "Enter the charge; 0 if it is free",
    )
    annual_net = amount(
        "Annual charge afterwards, excluding VAT",
        "In pounds, from the next year of the contract. The commitment of the original "
        "order does not change (our reading).",
        "Enter what a year costs afterwards",
    )
    reason = words(
        "What the charge is for",
        "The Gateway Party reads it and accepts by it.",
        "Say what the charge is for",
        rows=3,
    )


class PriceRateChange(ChangePage):
    slug = "price-change"
    label = "Price the rate change"
    hint = "An authoriser accepts it before anything is changed (section 2.7)."
    button = "Ask the Gateway Party"
    form_class = PriceChangeForm
    sees_to = (PRICE_CHANGE,)
    is_for_use = False
    tells = ("rate_change_priced",)

    def is_due(self, change: RateChange) -> bool:
        is_new = change.state == RateChangeState.REQUESTED
        is_of_use = change.makes_chargeable
        return is_new and change.is_priced_first and is_of_use == self.is_for_use

    def follows(self, file: OrderFile) -> list[str]:
        return [
            "It is the Gateway Party’s turn: nothing is changed before it accepts.",
        ]

    def run(self, subject: OrderFile, user: User, answers: Answers) -> RateChange:
        return commands.price_rate_change(self.change(subject).pk, by=user, **answers)

    def blamed(self, refusal: DomainError, answers: Answers) -> str | None:
        return "reason" if isinstance(refusal, ChangeNotDescribed) else None

    def message(self, subject: OrderFile, result: RateChange) -> str:
        return "An authoriser is asked to accept what the change costs."


class PriceUseForm(PriceChangeForm):
    net = amount(
        "Charge on acceptance, excluding VAT",
        "In pounds, charged once: the connection charge, and what is left of the "
        "running year, which counts from completion. 0 if it is free.",
        "Enter the charge; 0 if it is free",
    )
    annual_net = amount(
        "Annual charge, excluding VAT",
        "In pounds a year, from its next year on, in advance.",
        "Enter what a year costs",
    )


class PriceUse(PriceRateChange):
    slug = "price-use"
    label = "Say what the connection costs, now that it is no longer free"
    hint = "An authoriser accepts it before anything is charged (section 2.9.2)."
    form_class = PriceUseForm
    is_for_use = True

    def message(self, subject: OrderFile, result: RateChange) -> str:
        return "An authoriser is asked to accept what the connection costs."


class ScheduleChangeForm(forms.Form):
    on = Day(
        label="Day on which it is made",
        error_messages={"required": "Enter the day on which it is made"},
    )
    annual_net = amount("")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        begins = lower_rate_from()
        self.fields["annual_net"].label = f"Annual charge from {begins}, excluding VAT"
        self.fields["annual_net"].help_text = (
            f"In pounds. Nothing is paid back before {begins} (our rule). Leave it "
            "empty if it is not known yet."
        )


class ScheduleRateChange(ChangePage):
    slug = "schedule-change"
    label = "Say when the rate change is made"
    hint = "The Gateway Party is told the day by e-mail."
    button = "Save the day"
    form_class = ScheduleChangeForm
    sees_to = (MAKE_CHANGE,)
    tells = ("rate_change_scheduled",)

    def is_due(self, change: RateChange) -> bool:
        return change.target_on is not None and not change.is_to_check

    def form(
        self, subject: OrderFile, user: User, posted: QueryDict | None = None
    ) -> forms.Form:
        form = super().form(subject, user, posted)
        change = connection_of(subject).open_change
        # A higher rate was priced before. What a lower one costs is said once, with
        # its first day, and not again where the day moves.
        is_lower = change is not None and not change.is_priced_first
        if change is None or change.planned_on is not None or not is_lower:
            del form.fields["annual_net"]
        return form

    def initial(self, subject: OrderFile) -> dict[str, Any]:
        change = connection_of(subject).open_change
        return {"on": change.planned_on} if change else {}

    def follows(self, file: OrderFile) -> list[str]:
        return [
            "The Gateway Party finds the day in its calendar.",
        ]

    def run(self, subject: OrderFile, user: User, answers: Answers) -> RateChange:
        change = self.change(subject)
        return commands.schedule_rate_change(change.pk, by=user, **answers)

    def blamed(self, refusal: DomainError, answers: Answers) -> str | None:
        return "annual_net" if isinstance(refusal, ChargeNegative) else "on"

    def message(self, subject: OrderFile, result: RateChange) -> str:
        return f"It is planned for {long_day_words(result.planned_on)}."


class CheckChangeForm(forms.Form):
    has_effect = yes_or_no(
        "Is whoever signed it nominated to authorise?",
        "Say whether the signature has effect",
        "Compare the name on the signed copy with the nominations of that day "
        "(section 2.11).",
    )
    reason = words(
        "Why it has no effect",
        "Only if it has none. The Gateway Party reads it.",
        rows=3,
    )


class CheckRateAcceptance(ChangePage):
    slug = "check-change"
    label = "Check who signed for the rate change"
    hint = "Nothing is changed or charged before it is checked."
    button = "Save the result"
    form_class = CheckChangeForm
    sees_to = (CHECK_CHANGE,)
    tells_if = {
        "rate_change_not_effective": "if it has no effect",
        "rate_change_done": "if it has effect and nothing is left to do",
    }

    def is_due(self, change: RateChange) -> bool:
        return change.is_to_check

    def follows(self, file: OrderFile) -> list[str]:
        return [
            "It has effect: the change can be made.",
            "It has none: the price stands and can be accepted again.",
        ]

    def run(self, subject: OrderFile, user: User, answers: Answers) -> RateChange:
        change = self.change(subject)
        return commands.check_rate_acceptance(change.pk, by=user, **answers)

    def blamed(self, refusal: DomainError, answers: Answers) -> str | None:
        return "reason" if isinstance(refusal, ReasonMissing) else None

    def message(self, subject: OrderFile, result: RateChange) -> str:
        if result.is_priced:
            return "It has no effect. The Gateway Party is told why; the price stands."
        return "It has effect. The change can be made."


class CompleteChangeForm(forms.Form):
    done_on = Day(
        label="Day on which it was done",
        error_messages={"required": "Enter the day on which it was done"},
    )


class CompleteRateChange(ChangePage):
    slug = "change-done"
    label = "Record the rate change as done"
    hint = "It has its new rate from that day. What was accepted is charged then."
    button = "The change is done"
    form_class = CompleteChangeForm
    sees_to = (MAKE_CHANGE,)
    tells = ("rate_change_done",)

    def is_due(self, change: RateChange) -> bool:
        return bool(change.state == RateChangeState.SCHEDULED)

    def initial(self, subject: OrderFile) -> dict[str, Any]:
        return {"done_on": subject.today}

    def follows(self, file: OrderFile) -> list[str]:
        change = self.change(file)
        costs = pounds(change.net) if change.net else ""
        raised = f"{costs} excluding VAT is raised." if costs else "Nothing is raised."
        return [f"The connection has its new rate from that day. {raised}"]

    def run(self, subject: OrderFile, user: User, answers: Answers) -> RateChange:
        change = self.change(subject)
        return commands.complete_rate_change(change.pk, by=user, **answers)

    def message(self, subject: OrderFile, result: RateChange) -> str:
        return f"{result.connection} is changed. The Gateway Party is told by e-mail."


class RefuseChangeForm(forms.Form):
    reason = words(
        "Why it is refused", "The Gateway Party reads it.", "Say why it is refused", 3
    )


class RefuseRateChange(ChangePage):
    slug = "refuse-change"
    label = "Refuse the rate change"
    hint = "Nothing is charged, and the connection stays as it is."
    button = "Refuse the change"
    form_class = RefuseChangeForm
    tells = ("rate_change_refused",)

    def is_due(self, change: RateChange) -> bool:
        return not change.makes_chargeable

    def follows(self, file: OrderFile) -> list[str]:
        return [
            "The request is over, and another can be made.",
        ]

    def run(self, subject: OrderFile, user: User, answers: Answers) -> RateChange:
        return commands.refuse_rate_change(self.change(subject).pk, by=user, **answers)

    def message(self, subject: OrderFile, result: RateChange) -> str:
        return "The change is refused. The Gateway Party is told why."


class LeaveFreeForm(forms.Form):
    reason = words(
        "Why it stays free of charge",
        "Such as that the sharing ended before it began. The Gateway Party reads it.",
        "Say why it stays free",
        3,
    )


class LeaveFree(ChangePage):
    slug = "leave-free"
    label = "Leave the connection free of charge"
    hint = "Only if nothing but registration data uses it any more (section 2.9.2)."
    button = "Leave it free"
    form_class = LeaveFreeForm
    tells = ("rate_change_refused",)

    def is_due(self, change: RateChange) -> bool:
        return change.makes_chargeable

    def follows(self, file: OrderFile) -> list[str]:
        return [
            "Nothing is charged for it, as before.",
        ]

    def run(self, subject: OrderFile, user: User, answers: Answers) -> RateChange:
        return commands.leave_free(self.change(subject).pk, by=user, **answers)

    def message(self, subject: OrderFile, result: RateChange) -> str:
        return "It stays free of charge. The Gateway Party is told why."


class SuperfastForm(forms.Form):
    from_on = Day(
        label="Day from which superfast broadband can be had",
        error_messages={"required": "Enter the day from which it can be had"},
    )


class MarkSuperfast(OrderPage[Connection]):
    slug = "superfast"
    label = "Say that superfast broadband can be had"
    hint = "The Gateway Party is told and can ask for it (section 2.7.1)."
    button = "Tell the Gateway Party"
    form_class = SuperfastForm
    states = INSTALLED
    not_due = "This is no LV connection on standard broadband."
    tells = ("superfast_available",)

    def may(self, subject: OrderFile, user: User) -> bool:
        return policies.may_make_change(subject, user)

    def is_listed(self, file: OrderFile) -> bool:
        row = connection_of(file).row
        return super().is_listed(file) and row is not None and row.may_become_superfast

    def follows(self, file: OrderFile) -> list[str]:
        return [
            "The Gateway Party can ask for it; nothing changes by itself.",
        ]

    def run(self, subject: OrderFile, user: User, answers: Answers) -> Connection:
        row = still_there(connection_of(subject).row)
        return commands.mark_superfast(row.pk, by=user, **answers)

    def message(self, subject: OrderFile, result: Connection) -> str:
        return f"The Gateway Party of {result} is told that superfast can be had."


PAGES: list[OrderPage[Any]] = [
    PriceRateChange(),
    PriceUse(),
    CheckRateAcceptance(),
    ScheduleRateChange(),
    CompleteRateChange(),
    RefuseRateChange(),
    LeaveFree(),
    MarkSuperfast(),
]
