"""What is asked when HV takes the place of LV that the site cannot have."""

from django import forms
from django.conf import settings

from common.forms import PortalForm, noted
from orders.models import HV_STEP_MBPS


def ratings() -> list[tuple[int, str]]:
    """Return the steps that HV has, up to the ceiling. Source: R-2.6-3, R-2.6-12."""
    steps = range(HV_STEP_MBPS, settings.HV_MAXIMUM_MBPS + 1, HV_STEP_MBPS)
    return [(step, f"{step} Mbps") for step in steps]


class HvInsteadForm(PortalForm):
    rating = noted(
        forms.TypedChoiceField(
            label="What rating should the HV connection have?",
            choices=lambda: [("", "Choose a rating"), *ratings()],
            coerce=int,
            error_messages={"required": "Choose a rating"},
            help_text="Most begin with 10 or 20. You can ask for more later",
        ),
        section="2.6",
    )
