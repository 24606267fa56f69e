"""Sections about the connection itself: its type, its period, what it is for."""

from datetime import date
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import timezone

from common.clock import uk_date
from common.templatetags.parts import uk_date as long_date
from orders.errors import OtherDataNeedsSecParty
from orders.forms.fields import question
from orders.forms.section import SectionForm
from orders.models import HV_STEP_MBPS, ConnectionRequest
from orders.states import (
    REGISTRATION_USES,
    ConnectionType,
    Continuity,
    Route,
    TestingKind,
)


class ConnectionSection(SectionForm):
    slug = "connection"
    group = "The connection"
    guidance = ("2.6", "2.7.2")

    connection_type = question(
        "connection_type",
        choice_hints={
            ConnectionType.HV: "Ethernet, which the guidance calls Fibre to the "
            "Cabinet, at a rating that you choose. Needs 4U of rack space",
            ConnectionType.LV: "A broadband line of up to 40 Mbps down and 10 Mbps up, "
            "where there is one. Needs 1U of rack space",
        },
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["hv_rating_mbps"].help_text = (
            f"In steps of {HV_STEP_MBPS}, from {HV_STEP_MBPS} to "
            f"{settings.HV_MAXIMUM_MBPS}. Most begin with 10 or 20, and a higher "
            "rating can be asked for later. LV has none"
        )

    def clean(self) -> dict[str, Any]:
        """An HV connection has a rating and an LV one none, also half-way."""
        kept: dict[str, Any] = super().clean() or self.cleaned_data
        is_hv = kept.get("connection_type") == ConnectionType.HV
        if is_hv and "hv_rating_mbps" in kept:
            problem = rating_problem(kept["hv_rating_mbps"], settings.HV_MAXIMUM_MBPS)
            if problem:
                self.add_error("hv_rating_mbps", problem)
        return kept


def rating_problem(rating: int | None, ceiling: int) -> str:
    """Return what is wrong with an HV rating in Mbps, or nothing.

    Source: R-2.6-3, R-2.6-12.
    """
    if rating is None:
        return (
            f"Enter the rating of the HV connection, from {HV_STEP_MBPS} to {ceiling}"
        )
    if rating > ceiling:
        return (
            f"Enter {ceiling} or less: the Smart Energy Code does not permit "
            f"connections of more than {ceiling} Mbps"
        )
    if rating < HV_STEP_MBPS or rating % HV_STEP_MBPS:
        return (
            f"Enter a multiple of {HV_STEP_MBPS}, from {HV_STEP_MBPS} to {ceiling}: "
            "HV is rated in steps"
        )
    return ""


class PeriodSection(SectionForm):
    slug = "period"
    group = "The connection"
    is_common = True
    guidance = ("2.5",)

    @classmethod
    def applies_to(cls, order: ConnectionRequest) -> bool:
        """A Registration Data Provider states no period. Source: R-2.5-1, R-2.5-10."""
        return order.route == Route.H15


class UseSection(SectionForm):
    slug = "use"
    group = "The connection"
    guidance = ("2.1.1", "2.1.2", "2.4", "2.9.2")
    is_common = True

    continuity = question(
        "continuity", [("", "No, or not decided"), *Continuity.choices]
    )
    is_registration_only = question(
        "is_registration_only",
        [(True, "Yes, nothing else"), (False, "No, other data as well")],
        choice_hints={
            "True": "One LV connection is free of charge for this",
            "False": "Only if you are a SEC Party as well. The connection is then "
            "chargeable, and DCC quotes the charges",
        },
    )

    def clean_is_registration_only(self) -> bool | None:
        """An RDP's connection carries more only if it is a SEC Party too. T2."""
        answer: bool | None = self.cleaned_data["is_registration_only"]
        party = self.order.party
        if answer is False and not party.is_sec_party_on(uk_date(timezone.now())):
            raise ValidationError(str(OtherDataNeedsSecParty(party=party)))
        return answer

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        uses: Any = self.fields["uses"]
        if self.order.route == Route.E3:
            uses.choices = [(use.value, use.label) for use in REGISTRATION_USES]
            del self.fields["testing_kinds"]
            return
        del self.fields["is_registration_only"]
        kinds: Any = self.fields["testing_kinds"]
        kinds.choice_hints = testing_hints(uk_date(timezone.now()))


def testing_hints(today: date) -> dict[str, str]:
    """Say of each kind of testing since or from when DCC offers it. R-2.1.1-3."""
    known = settings.TESTING_AVAILABLE_FROM
    return {kind: availability(known.get(kind), today) for kind in TestingKind.values}


def availability(start: date | None, today: date) -> str:
    if start is None:
        return "When DCC makes it available"
    return f"Available {'since' if start <= today else 'from'} {long_date(start)}"
