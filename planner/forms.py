"""What a visitor types into a plan. It is sent by GET, so a plan is an address."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django import forms
from django.http import QueryDict

from common.fields import Number, Whole
from common.forms import PortalForm, noted
from orders.models import HV_STEP_MBPS, PERIODS
from orders.states import Option, Use
from planner.sizing import HOURS_A_DAY, PERCENT, Forecast, Traffic, figure
from planner.states import PAIRS, MessageKind

MOST_PARTIES = 1_000
# More than all premises of Great Britain have.
MOST_METERS = 100_000_000
MOST_MESSAGES = 10_000
MOST_BYTES = 100_000_000
MOST_PERCENT = 1_000
MOST_MBPS = 10_000
NOT_YET = ("", "Not decided yet")
LINKS = ("main", "backup")
KINDS = [f"{kind}_{part}" for kind in MessageKind for part in ("count", "bytes")]
# The worksheet in the order of the six factors, in which errors are told too.
SHEET = (
    *("parties", "meters", "growth"),
    *KINDS[:-2],
    *("peak_share", "peak_hours"),
    *KINDS[-2:],
    *("testing", "headroom"),
)


def link_choices(ceiling_mbps: int) -> list[tuple[str, str]]:
    """Return LV and each rating of HV: "hv-20" is HV at 20 Mbps. Source: R-2.6-3."""
    steps = range(HV_STEP_MBPS, ceiling_mbps + 1, HV_STEP_MBPS)
    return [("lv", "LV"), *((f"hv-{step}", f"HV, {step} Mbps") for step in steps)]


def period(years: int) -> str:
    return f"{years} year{'s' if years > 1 else ''}"


def refusals(label: str, what: str, least: int, most: int) -> dict[str, str]:
    """Return what to say to a figure that is none, or beyond its bounds, by code."""
    name = label.lstrip("0123456789. ")
    return {
        "invalid": f"Enter {what} for “{name}”",
        "min_value": f"Enter {least:,} or more for “{name}”",
        "max_value": f"Enter {most:,} or less for “{name}”",
        "max_decimal_places": f"Enter at most 4 decimals for “{name}”",
    }


class Count(Whole):
    """A whole number; "210,000" is one."""

    def __init__(self, label: str, least: int, most: int, hint: str = "") -> None:
        super().__init__(
            label=label,
            help_text=hint,
            required=False,
            min_value=least,
            max_value=most,
            error_messages=refusals(label, "a whole number", least, most),
        )


class Amount(Number):
    """A number with up to four decimals."""

    def __init__(self, label: str, most: int, hint: str = "") -> None:
        super().__init__(
            label=label,
            help_text=hint,
            required=False,
            min_value=0,
            max_value=most,
            decimal_places=4,
            error_messages=refusals(label, "a number", 0, most),
        )


def open_choice(label: str, section: str, hint: str = "") -> forms.ChoiceField:
    """A choice that may stay open."""
    field = forms.ChoiceField(label=label, help_text=hint, required=False)
    return noted(field, section=section)


class PlanForm(PortalForm):
    """Everything that a plan holds: the option, the forecast and the Party's choice."""

    option = forms.ChoiceField(
        choices=[("", ""), *Option.choices],
        required=False,
        widget=forms.HiddenInput,
        error_messages={"invalid_choice": "Choose low, medium or high resilience"},
    )
    parties = Count(
        "1. Parties using the connection",
        1,
        MOST_PARTIES,
        "Yourself and all who share it",
    )
    meters = Count(
        "2. Meters that each of them serves",
        1,
        MOST_METERS,
        "On average, as the rollout will stand when your contract ends",
    )
    growth = Amount(
        "3. Allowance for growth, per cent",
        MOST_PERCENT,
        "For portfolios that you may win. Empty counts as 0",
    )
    peak_share = Amount(
        "Share of the day’s traffic in its busiest hours, per cent",
        PERCENT,
        "How much of all that a day carries falls in them",
    )
    peak_hours = Count("Number of busiest hours in a day", 1, HOURS_A_DAY)
    headroom = Amount(
        "Room for encryption and bursts, per cent",
        MOST_PERCENT,
        "On top of the messages themselves. Empty counts as 0",
    )
    testing = Amount(
        "6. Testing at the same time, Mbps",
        MOST_MBPS,
        "0 if you test on another connection, or at other times",
    )
    main = open_choice(
        "The connection", "2.6", "Most HV connections begin with 10 or 20 Mbps"
    )
    backup = open_choice("The back-up", "2.4.2", "It may differ from the main one")
    years = open_choice(
        "Minimum contract period", "2.5", "Registration Data Providers state none"
    )
    uses = forms.MultipleChoiceField(
        label="What is it for?",
        choices=Use,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    is_rdp = noted(
        forms.BooleanField(
            label="We are a Registration Data Provider, and it will carry registration "
            "data and nothing else",
            required=False,
        ),
        section="2.9.2",
        note="One LV connection is free of charge for registration data alone.",
    )

    NEEDED = {
        "parties": "Enter how many Parties use the connection",
        "meters": "Enter how many meters each Party serves",
        "peak_share": "Enter the share of the day’s traffic in its busiest hours",
        "peak_hours": "Enter how many hours are the busiest ones",
    }
    REFINING = ("growth", "headroom", "testing")

    def __init__(
        self,
        typed: QueryDict | None = None,
        *,
        ceiling_mbps: int,
        sizes: Mapping[str, int] | None = None,
    ) -> None:
        """Lay out the plan.

        Args:
            typed: the query of the address; None for an empty plan.
            ceiling_mbps: of HV.
            sizes: assumed bytes by kind, set into a worksheet not yet begun.
        """
        super().__init__(typed)
        self.ceiling_mbps = ceiling_mbps
        for name in LINKS:
            self.offer(name, link_choices(ceiling_mbps))
            self.fields[name].error_messages["invalid_choice"] = (
                f"Choose LV, or HV from {HV_STEP_MBPS} to {ceiling_mbps} Mbps in steps "
                f"of {HV_STEP_MBPS}: larger connections are not permitted under the SEC"
            )
        self.offer("years", [(str(n), period(n)) for n in PERIODS])
        for kind in MessageKind:
            label = f"{kind.factor}. {kind.short} a meter, a day"
            self.fields[f"{kind}_count"] = Amount(label, MOST_MESSAGES, kind.such_as)
            label = f"{kind.short}: size of one, in bytes"
            self.fields[f"{kind}_bytes"] = Count(label, 1, MOST_BYTES)
        if self.data.get("option") in PAIRS:
            self.fields["main"].label = "The main connection"
        self.order_fields(["option", *SHEET])
        if sizes and not self.is_begun:
            self.assume(sizes)

    def offer(self, name: str, choices: list[tuple[str, str]]) -> None:
        field: Any = self.fields[name]
        field.choices = [NOT_YET, *choices]

    @property
    def is_begun(self) -> bool:
        """Whether any figure of the forecast was typed; sizes may stand there alone."""
        counts = [f"{kind}_count" for kind in MessageKind]
        names = [*self.NEEDED, *self.REFINING, *counts]
        return any(str(self.data.get(name, "")).strip() for name in names)

    @property
    def typed(self) -> QueryDict:
        """What was sent of this form's own fields, well formed or not."""
        sent: Any = self.data
        found = QueryDict(mutable=True)
        for name in self.fields:
            if name in sent:
                found.setlist(name, sent.getlist(name))
        return found

    def assume(self, sizes: Mapping[str, int]) -> None:
        """Set assumed sizes where the visitor has typed none."""
        data = self.typed
        for kind, size in sizes.items():
            if not data.get(f"{kind}_bytes"):
                data[f"{kind}_bytes"] = self.initial[f"{kind}_bytes"] = f"{size:,}"
        if self.is_bound:
            self.data = data

    def clean(self) -> dict[str, Any]:
        kept: dict[str, Any] = super().clean() or self.cleaned_data
        if self.is_begun:
            self.check_forecast(kept)
        if kept.get("option") not in PAIRS:
            kept["backup"] = ""
        return kept

    def check_forecast(self, kept: dict[str, Any]) -> None:
        """Ask for what a sum cannot do without, and refuse what cannot be."""
        for name, words in self.NEEDED.items():
            if name in kept and kept[name] is None:
                self.add_error(name, words)
        counts = [f"{kind}_count" for kind in MessageKind]
        if all(name in kept and not kept[name] for name in counts):
            problem = "Enter how many messages a meter has a day, for at least one kind"
            self.add_error(counts[0], problem)
        share, hours = kept.get("peak_share"), kept.get("peak_hours")
        if share is not None and hours and share * HOURS_A_DAY < PERCENT * hours:
            least = figure(round(Decimal(PERCENT * hours) / HOURS_A_DAY, 1))
            self.add_error(
                "peak_share",
                f"{hours} hours are {least}% of a day, so its busiest {hours} carry at "
                "least that. Enter a larger share, or fewer hours",
            )

    # What the plan says, for its page

    @property
    def traffic_asked(self) -> list[MessageKind]:
        """The kinds of which a meter has any."""
        return [kind for kind in MessageKind if self.figure_of(f"{kind}_count")]

    @property
    def kinds_without_size(self) -> list[MessageKind]:
        asked = self.traffic_asked
        return [kind for kind in asked if not self.figure_of(f"{kind}_bytes")]

    def figure_of(self, name: str) -> Any:
        return self.cleaned_data.get(name) if self.is_bound else None

    @property
    def forecast(self) -> Forecast | None:
        """The forecast, if it is whole and each of its sizes is known."""
        if not self.is_bound or not self.is_begun or set(SHEET) & set(self.errors):
            return None
        if self.kinds_without_size:
            return None
        kept = self.cleaned_data
        return Forecast(
            parties=kept["parties"],
            meters=kept["meters"],
            growth=kept["growth"] or Decimal(0),
            traffic=tuple(
                Traffic(kind.short, kept[f"{kind}_count"], kept[f"{kind}_bytes"])
                for kind in self.traffic_asked
            ),
            peak_share=kept["peak_share"],
            peak_hours=kept["peak_hours"],
            headroom=kept["headroom"] or Decimal(0),
            testing_mbps=kept["testing"] or Decimal(0),
        )

    @property
    def answers(self) -> dict[str, Any]:
        """What was typed, well formed, without what was left empty: kept and linked."""
        kept = {}
        for name, value in self.cleaned_data.items():
            if value not in (None, "", [], False):
                is_many = isinstance(value, list)
                kept[name] = value if is_many else "on" if value is True else str(value)
        return kept
