from ipaddress import ip_address

from django import forms

from common.forms import PortalForm, noted
from connections.errors import AddressesWrong
from connections.states import Service, SessionUse


class SessionRequestForm(PortalForm):
    """What a session needs. Source: R-3.7.1-3, R-6-7."""

    name = noted(
        forms.CharField(
            label="Name of the session",
            help_text="Your own, to tell it from the others. For example, DUIS live.",
            max_length=60,
        ),
        width=20,
    )
    service = noted(
        forms.ChoiceField(
            label="What does it carry?",
            choices=Service.choices,
            widget=forms.RadioSelect,
        ),
        section="6",
    )
    use = noted(
        forms.ChoiceField(
            label="Is it for live use or for testing?",
            choices=SessionUse.choices,
            widget=forms.RadioSelect,
        ),
        inline=True,
    )
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
            label="Your policy enforcement point (PEP), if it has a name",
            required=False,
            max_length=100,
        ),
        section="4.1",
        width=20,
    )

    def clean_addresses(self) -> list[str]:
        """Return the addresses one by one; what cannot be one is named."""
        given: list[str] = self.cleaned_data["addresses"].replace(",", " ").split()
        wrong = [text for text in given if not is_address(text)]
        if wrong:
            raise forms.ValidationError(str(AddressesWrong(wrong=", ".join(wrong))))
        return given


def is_address(text: str) -> bool:
    """Say whether `text` is one; with a zone it means something on one machine only."""
    try:
        ip_address(text)
    except ValueError:
        return False
    return "%" not in text
