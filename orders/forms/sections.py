"""The sections of the request form, in the order in which they are asked."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError

from common.forms import noted
from orders.forms.pairing import PairSection
from orders.forms.section import SectionForm, Shown
from orders.forms.sharing import SharingSection
from orders.models import HV_STEP_MBPS, PERIODS, ConnectionRequest
from orders.states import REGISTRATION_USES, ConnectionType, Route, Use
from parties.forms import PostcodeField, line, refuse_taken
from parties.models import DataCentre

PHONE_HINT = "With the area code, such as 01332 496 0123"
NEW_SITE = "new"


class ConnectionSection(SectionForm):
    slug = "connection"
    title = "Type and rating"
    group = "The connection"
    guidance = ("2.6", "2.7.2")

    connection_type = noted(
        forms.ChoiceField(
            label="Which type of connection do you want?",
            choices=ConnectionType,
            widget=forms.RadioSelect,
            error_messages={"required": "Choose HV or LV"},
        ),
        section="2.6",
        choice_hints={
            ConnectionType.HV: "An Ethernet line at a rating that you choose. Needs 4U "
            "of rack space",
            ConnectionType.LV: "A broadband line of up to 40 Mbps down and 10 Mbps up, "
            "where there is one. Needs 1U of rack space",
        },
    )
    hv_rating_mbps = noted(
        forms.IntegerField(
            label="For HV: what rating?",
            required=False,
            error_messages={
                "invalid": "Enter the rating as a whole number, such as 20"
            },
        ),
        section="2.7.2",
        width=4,
        suffix="Mbps",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["hv_rating_mbps"].help_text = (
            f"In steps of {HV_STEP_MBPS}, from {HV_STEP_MBPS} to "
            f"{settings.HV_MAXIMUM_MBPS}. Most begin with 10 or 20, and a higher "
            "rating can be asked for later. Leave it empty for LV"
        )

    def clean(self) -> dict[str, Any]:
        """An HV connection has a rating and an LV one none, also half-way."""
        kept: dict[str, Any] = super().clean() or self.cleaned_data
        if kept.get("connection_type") != ConnectionType.HV:
            kept["hv_rating_mbps"] = None
        elif "hv_rating_mbps" in kept:
            problem = rating_problem(kept["hv_rating_mbps"], settings.HV_MAXIMUM_MBPS)
            if problem:
                self.add_error("hv_rating_mbps", problem)
        return kept

    def shown_names(self) -> list[str]:
        is_hv = self.order.connection_type == ConnectionType.HV
        return ["connection_type", "hv_rating_mbps"] if is_hv else ["connection_type"]


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
    title = "Minimum contract period"
    group = "The connection"
    guidance = ("2.5",)

    minimum_period_years = noted(
        forms.TypedChoiceField(
            label="How long do you commit to the connection?",
            choices=[
                (years, f"{years} year{'s' if years > 1 else ''}") for years in PERIODS
            ],
            coerce=int,
            empty_value=None,
            widget=forms.RadioSelect,
            error_messages={"required": "Choose 1 year or 3 years"},
            help_text="This is a minimum. The contract then renews by itself until you "
            "cancel it",
        ),
        section="2.5",
    )

    @classmethod
    def applies_to(cls, order: ConnectionRequest) -> bool:
        """A Registration Data Provider states no period. Source: R-2.5-1, R-2.5-10."""
        return order.route == Route.H15


class UseSection(SectionForm):
    slug = "use"
    title = "What it is for"
    group = "The connection"
    guidance = ("2.1.1", "2.1.2", "2.9.2")

    uses = forms.MultipleChoiceField(
        label="What will you use the connection for?",
        choices=Use,
        widget=forms.CheckboxSelectMultiple,
        help_text="Choose all that apply",
        error_messages={"required": "Choose at least one use"},
    )
    is_registration_only = noted(
        forms.TypedChoiceField(
            label="Will it carry registration data for DCC and nothing else?",
            choices=[(True, "Yes, nothing else"), (False, "No, other data as well")],
            coerce=lambda value: str(value) == "True",
            empty_value=None,
            widget=forms.RadioSelect,
            error_messages={"required": "Say whether it carries anything else"},
        ),
        section="2.9.2",
        choice_hints={
            "True": "One LV connection for this is free of charge",
            "False": "The connection is then chargeable, and DCC quotes the charges",
        },
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        uses: Any = self.fields["uses"]
        if self.order.route == Route.E3:
            uses.choices = [(use.value, use.label) for use in REGISTRATION_USES]
        else:
            del self.fields["is_registration_only"]


class SiteSection(SectionForm):
    slug = "site"
    title = "The data centre"
    group = "The site"
    guidance = ("2.3",)

    data_centre = forms.ChoiceField(
        label="Where should the connection end?",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose a data centre, or add another"},
    )
    name = line("What do you call it?", 100, hint="Such as Thornby Park")
    street = line("Building and street", 200)
    town = line("Town or city", 100, width=20)
    postcode = noted(PostcodeField(label="Postcode", required=False), width=10)
    owner = line(
        "Who owns it, if you do not?",
        200,
        hint="You can leave this empty. Engineers follow the rules of its owner",
    )

    NEW_FIELDS = ("name", "street", "town", "postcode", "owner")
    NEEDED = {
        "name": "Enter a name for the data centre",
        "street": "Enter the building and the street",
        "town": "Enter the town or city",
        "postcode": "Enter the postcode",
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.sites: list[DataCentre] = list(self.order.party.data_centres.all())
        choice: Any = self.fields["data_centre"]
        known = [(str(site.pk), site.name) for site in self.sites]
        words = "Another data centre: I give its address below"
        choice.choices = [*known, (NEW_SITE, words)]
        noted(
            choice,
            section="2.3",
            choice_hints={
                str(site.pk): f"{site.street}, {site.town} {site.postcode}"
                for site in self.sites
            },
        )
        if not known and not self.is_bound:
            self.initial["data_centre"] = NEW_SITE

    @classmethod
    def stored(cls, order: ConnectionRequest) -> dict[str, Any]:
        chosen = "" if order.data_centre_id is None else str(order.data_centre_id)
        return {"data_centre": chosen}

    @property
    def body_template(self) -> str:
        return "orders/section_site.html"

    @property
    def is_new(self) -> bool:
        return bool(self.cleaned_data.get("data_centre") == NEW_SITE)

    @property
    def new_site(self) -> dict[str, Any]:
        """The facts of the data centre to be added first; nothing if one was chosen."""
        if not self.is_new:
            return {}
        return {name: self.cleaned_data[name] for name in self.NEW_FIELDS}

    @property
    def answers(self) -> dict[str, Any]:
        chosen = str(self.cleaned_data.get("data_centre") or "")
        return {"data_centre_id": int(chosen) if chosen.isdecimal() else None}

    def clean(self) -> dict[str, Any]:
        """A new one needs its whole address, even when the rest can wait."""
        kept: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.is_new:
            return kept
        for name, words in self.NEEDED.items():
            if name in kept and not kept[name]:
                self.add_error(name, words)
        try:
            refuse_taken(kept.get("name", ""), {s.name.casefold() for s in self.sites})
        except ValidationError as problem:
            self.add_error("name", problem)
        return kept

    def shown(self) -> Any:
        site = self.order.data_centre
        words = site.address if site else ""
        yield Shown("data_centre", str(self.fields["data_centre"].label), words)


class ContactsSection(SectionForm):
    slug = "contacts"
    title = "Contacts"
    group = "The site"
    guidance = ("3.2",)

    technical_contact_name = line(
        "Technical contact: name",
        150,
        needed="Enter the name of the technical contact",
        hint="Who can answer questions about your network",
    )
    technical_contact_email = forms.EmailField(
        label="Technical contact: e-mail",
        error_messages={
            "required": "Enter the e-mail address of the technical contact",
            "invalid": "Enter an e-mail address like name@example.com",
        },
    )
    technical_contact_phone = line(
        "Technical contact: phone",
        40,
        needed="Enter the phone number of the technical contact",
        hint=PHONE_HINT,
        width=20,
    )
    site_contact_name = line(
        "Site contact: name",
        150,
        needed="Enter the name of the site contact",
        hint="Whom engineers ask for when they arrive",
    )
    site_contact_phone = line(
        "Site contact: phone",
        40,
        needed="Enter the phone number of the site contact",
        hint=PHONE_HINT,
        width=20,
    )

    def clean_technical_contact_phone(self) -> str:
        return phone(self.cleaned_data["technical_contact_phone"])

    def clean_site_contact_phone(self) -> str:
        return phone(self.cleaned_data["site_contact_phone"])

    def summary(self) -> str:
        names = (self.order.technical_contact_name, self.order.site_contact_name)
        return " and ".join(dict.fromkeys(filter(None, names)))


PHONE_DIGITS = range(7, 16)


def phone(text: str) -> str:
    """Return a phone number as typed, if it can be one."""
    digits = sum(sign.isdigit() for sign in text)
    if text and digits not in PHONE_DIGITS:
        raise ValidationError(
            "Enter a phone number with its area code, such as 01332 496 0123"
        )
    return text


class ReferenceSection(SectionForm):
    slug = "reference"
    title = "Your own reference"
    group = "Your records"
    guidance = ("2.14",)
    is_optional = True

    customer_reference = line(
        "What do you call this request?",
        40,
        hint="Optional. Different for each request; it stands on the quotation",
        width=20,
    )


SECTIONS: tuple[type[SectionForm], ...] = (
    ConnectionSection,
    PeriodSection,
    UseSection,
    PairSection,
    SharingSection,
    SiteSection,
    ContactsSection,
    ReferenceSection,
)


def sections_of(order: ConnectionRequest) -> list[type[SectionForm]]:
    """Return the sections that this order is asked, in order."""
    return [section for section in SECTIONS if section.applies_to(order)]


def bound_sections(order: ConnectionRequest) -> list[SectionForm]:
    """Return the sections that this order is asked, bound to what is stored."""
    return [section.of(order) for section in sections_of(order)]
