"""What a Party says of a session: who uses it for what, and across which connection."""

from collections.abc import Sequence
from typing import Any

from django import forms

from common.fields import Number
from common.forms import PortalForm, SplitDateField, noted
from connections.addresses import is_usable
from connections.errors import AddressesWrong
from connections.models import Connection, InterfaceVersion
from connections.states import Service, SessionUse, UserRole
from parties.forms import lines

NO_SECONDARY = "None: there is no access while the primary is down"
NO_VERSION = "Not known yet"


class SessionForm(PortalForm):
    """A session to be asked for or changed. Source: R-3.7.1-3, R-6-1, R-6-6, R-6-7."""

    name = noted(
        forms.CharField(
            label="Name of the session",
            help_text="Your own, to tell it from the others. For example, DUIS live.",
            max_length=60,
        ),
        width=20,
    )
    used_by = forms.ChoiceField(label="Who uses it?")
    user_role = noted(
        forms.ChoiceField(
            label="In which user role?",
            choices=[("", "Choose a role"), *UserRole.choices],
            error_messages={"required": "Choose the user role"},
        ),
        section="6",
    )
    service = noted(
        forms.ChoiceField(
            label="What does it carry?",
            choices=Service.choices,
            widget=forms.RadioSelect,
        ),
        section="6",
    )
    interface_version = forms.TypedChoiceField(
        label="Which version of the interface specification?",
        coerce=int,
        empty_value=None,
        required=False,
    )
    use = noted(
        forms.ChoiceField(
            label="Is it for live use or for testing?",
            choices=SessionUse.choices,
            widget=forms.RadioSelect,
        ),
        inline=True,
    )
    expected_mbps = noted(
        Number(
            label="Expected load, if you know it",
            help_text="Your own estimate. It is advice, never a limit.",
            required=False,
            max_digits=6,
            decimal_places=2,
        ),
        suffix="Mbps",
        width=5,
    )
    connection = forms.TypedChoiceField(label="Primary connection", coerce=int)
    secondary = noted(
        forms.TypedChoiceField(
            label="Secondary connection",
            help_text="It stands by, and takes over by itself when the primary fails.",
            coerce=int,
            empty_value=None,
            required=False,
        ),
        section="6",
    )
    has_layer_2_link = forms.BooleanField(required=False)
    addresses = noted(
        forms.CharField(
            label="Your IP addresses",
            help_text=(
                "One on each line, version 4 or 6. For example, 192.0.2.10. "
                "DCC opens its firewalls for them."
            ),
            max_length=4000,
            widget=forms.Textarea(attrs={"rows": 4, "autocomplete": "off"}),
            error_messages={"required": "Enter at least one IP address"},
        ),
        section="3.7.1",
    )
    pep_name = noted(
        forms.CharField(
            label="Your policy enforcement point (PEP)",
            help_text="The device at your end of the tunnel, as you call it.",
            max_length=100,
            error_messages={"required": "Name the device at your end of the tunnel"},
        ),
        section="4.1",
        width=20,
    )
    is_priority_accepted = noted(
        forms.BooleanField(
            required=False,
            label=(
                "I understand that giving live traffic its priority over other traffic "
                "is our own responsibility"
            ),
        ),
        when=("use", SessionUse.LIVE),
    )

    def __init__(
        self,
        *args: Any,
        links: Sequence[Connection],
        users: Sequence[str],
        versions: Sequence[InterfaceVersion],
        **kwargs: Any,
    ) -> None:
        """Take the connections of the pair, who may use them, and listed versions."""
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        named = [(link.pk, f"{link}, {link.data_centre}") for link in links]
        fields["connection"].choices = named
        fields["secondary"].choices = [("", NO_SECONDARY), *named]
        fields["used_by"].choices = [(name, name) for name in users]
        fields["interface_version"].choices = [
            ("", NO_VERSION),
            *((one.pk, f"{one} ({one.get_service_display()})") for one in versions),
        ]
        if len(links) == 1:
            del fields["secondary"], fields["has_layer_2_link"]
            fields["connection"].widget = forms.HiddenInput()
            fields["connection"].initial = links[0].pk
        elif len({link.data_centre_id for link in links}) == 1:
            del fields["has_layer_2_link"]
        else:
            sites = " and ".join(str(link.data_centre) for link in links)
            label = f"Our own layer 2 link between {sites} works"
            fields["has_layer_2_link"].label = label

    def clean_addresses(self) -> list[str]:
        """Return the addresses one by one; what cannot be one is named."""
        given: list[str] = self.cleaned_data["addresses"].replace(",", " ").split()
        wrong = [text for text in given if not is_usable(text)]
        if wrong:
            raise forms.ValidationError(str(AddressesWrong(wrong=", ".join(wrong))))
        return given


class CloseSessionForm(PortalForm):
    reason = lines("Why is it closed?", hint="Optional. DCC reads it")


class DccKiForm(PortalForm):
    """When the Party had followed the DCCKI documentation. Source: R-3.7.1-4."""

    day = SplitDateField(
        label="When had you followed the DCCKI documentation?",
        help_text="For example, 27 3 2026",
        error_messages={"required": "Enter the day"},
    )
