from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.conf import settings
from django.utils import timezone

from common.clock import uk_date
from common.fields import Day, Number
from common.files import UploadField
from common.forms import PortalForm, SplitDateField, noted
from common.money import pounds
from common.wording import day_words, months_words
from connections.deadlines import ends_on
from connections.errors import ChangeNotRead
from connections.models import Connection, ContractPeriod, RateChange
from connections.states import RenewalChoice
from orders.forms.instead import HvInsteadForm
from orders.models import HV_STEP_MBPS
from parties.forms import lines
from quotes.errors import ScanMissing


class RenewalAnswerForm(PortalForm):
    """Keep it or cancel it, once the notice has said what it costs. R-2.5-6."""

    choice = forms.ChoiceField(
        widget=forms.RadioSelect,
        error_messages={"required": "Say whether to keep it or to cancel it"},
    )
    is_understood = noted(
        forms.BooleanField(required=False), when=("choice", RenewalChoice.CANCEL)
    )

    def __init__(self, data: Any = None, *, period: ContractPeriod) -> None:
        super().__init__(data)
        connection, today = period.connection, uk_date(timezone.now())
        last_day = day_words(ends_on(period, today))
        net = pounds(period.net_on_renewal)
        is_stated = period.stated_net is not None
        at = f" at {net} a year, excluding VAT" if is_stated else ""
        months = months_words(settings.RENEWAL_MONTHS)
        choice: Any = self.fields["choice"]
        choice.label = f"What should happen on {day_words(period.next_begins_on)}?"
        keep = (RenewalChoice.KEEP, f"Keep it for {months}{at}")
        cancel = (RenewalChoice.CANCEL, f"Cancel it: it ends on {last_day}")
        if connection.is_leaving:
            choice.choices = [
                (RenewalChoice.KEEP, f"Keep it after all, for {months}{at}")
            ]
            del self.fields["is_understood"]
            return
        choice.choices = [keep, cancel]
        self.fields["is_understood"].label = (
            f"I understand that {connection} stops working after {last_day}, "
            "and that what uses it loses access then"
        )

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean() or self.cleaned_data
        is_end = found.get("choice") == RenewalChoice.CANCEL
        if is_end and not found.get("is_understood"):
            self.add_error("is_understood", "Tick that you understand when it ends")
        return found


class LastDayForm(PortalForm):
    """The day for which a Party asks what ending costs."""

    last_day = SplitDateField(
        label="Last day of service",
        help_text="For example, 27 3 2027",
        error_messages={"required": "Enter the last day of service"},
    )


class EndConnectionForm(PortalForm):
    """Agrees to one day and one amount; another needs another tick. R-2.10-2."""

    last_day = Day(widget=forms.HiddenInput)
    amount = Number(widget=forms.HiddenInput, max_digits=12)
    is_cost_understood = forms.BooleanField(
        error_messages={"required": "Tick that you understand what it costs"}
    )
    is_loss_understood = forms.BooleanField(
        label=(
            "I understand that what uses the connection loses access when it ends, "
            "and that this cannot be undone"
        ),
        error_messages={"required": "Tick that you understand what ends"},
    )
    reason = lines("Why do you end it?", hint="Optional. DCC reads it")

    def __init__(
        self, data: Any = None, *, last_day: date, net: Decimal, agreed: str
    ) -> None:
        """Take the day and the amount, and what ticking says of them."""
        super().__init__(data, initial={"last_day": last_day, "amount": net})
        self.fields["is_cost_understood"].label = agreed


def rate_choices(connection: Connection) -> list[tuple[int, str]]:
    """Return the rates to which an HV connection can be changed. Source: R-2.6-10."""
    now, ceiling = connection.hv_rating_mbps or 0, settings.HV_MAXIMUM_MBPS
    return [
        (rate, f"{rate} Mbps, {'a higher' if rate > now else 'a lower'} rate")
        for rate in range(HV_STEP_MBPS, ceiling + 1, HV_STEP_MBPS)
        if rate != now
    ]


class RateForm(PortalForm):
    """Another rate of an HV connection, in its steps. Source: R-2.6-10, R-2.6-12."""

    to_mbps = forms.TypedChoiceField(
        label="To which rate?",
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose the rate"},
    )

    def __init__(self, data: Any = None, *, connection: Connection) -> None:
        super().__init__(data)
        choice: Any = self.fields["to_mbps"]
        choice.choices = rate_choices(connection)


class HvBesideForm(HvInsteadForm):
    """HV beside an LV connection, which may be meant to take over. R-2.7.1-3."""

    is_replacement = forms.BooleanField(required=False)

    def __init__(self, data: Any = None, *, connection: Connection) -> None:
        super().__init__(data)
        self.fields[
            "is_replacement"
        ].label = f"It is to take over from {connection}, and DCC should know that"


class SuperfastRequestForm(PortalForm):
    """Superfast broadband for an LV connection that can have it. R-2.7.1-2."""

    is_wanted = forms.BooleanField(
        label="Change this connection to superfast broadband",
        error_messages={"required": "Tick that you want the change"},
    )


ACCEPT, WITHDRAW = "accept", "withdraw"


def signed_field() -> UploadField:
    """Ask for the quotation of a change that came back signed. Source: T19."""
    return UploadField(label="The quotation of the change, signed", required=False)


def require_signed(form: forms.Form, answers: dict[str, Any]) -> None:
    """Ask for the signed copy where the settings want one and none came. T19."""
    is_asked = "signed" in form.fields and "signed" not in form.errors
    if is_asked and answers.get("signed") is None:
        form.add_error("signed", str(ScanMissing()))


class RateAnswerForm(PortalForm):
    """Whether a Party accepts what its change costs, or takes it back. R-2.7.2-2."""

    change = forms.CharField(widget=forms.HiddenInput)
    answer = forms.ChoiceField(
        label="What do you say to it?",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what you say to it"},
    )
    is_understood = forms.BooleanField(required=False)
    signed = noted(signed_field(), when=("answer", ACCEPT))
    reason = lines("Why do you take it back?", hint="Optional. DCC reads it")

    def __init__(
        self,
        data: Any = None,
        files: Any = None,
        *,
        change: RateChange,
        may_accept: bool,
    ) -> None:
        super().__init__(data, files, initial={"change": change.pk})
        choice: Any = self.fields["answer"]
        back = "No, I decline it" if change.is_priced else "I take the request back"
        choice.choices = [(WITHDRAW, back)]
        if change.is_priced and may_accept:
            choice.choices = [(ACCEPT, "Yes, I accept it"), (WITHDRAW, back)]
            words = f"I understand: {change.to_acknowledge}"
            self.fields["is_understood"].label = words
            self.fields["reason"].label = "Why do you decline it?"
        else:
            del self.fields["is_understood"], self.fields["signed"]
        if not settings.SIGNED_UPLOAD_MANDATORY:
            self.fields.pop("signed", None)

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean() or self.cleaned_data
        if found.get("answer") != ACCEPT:
            return found
        if not found.get("is_understood"):
            self.add_error("is_understood", str(ChangeNotRead()))
        require_signed(self, found)
        return found


class ReportForm(PortalForm):
    """For which days a Party asks how much of its connection is used. R-2.8-9."""

    first_day = noted(
        SplitDateField(
            label="From which day?",
            help_text="For example, 24 10 2026",
            error_messages={"required": "Enter the first day of the report"},
        ),
        section="2.8",
    )
    last_day = SplitDateField(
        label="To which day?",
        help_text="Yesterday at the latest, and a year in all at most",
        error_messages={"required": "Enter the last day of the report"},
    )
    note = lines("What do you want it for?", hint="Optional. DCC reads it")
