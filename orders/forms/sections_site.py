"""Sections about where the connection ends, and whom to ask there."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from common.fields import Whole, phone
from common.forms import noted
from orders.forms.section import (
    PHONE_HINT,
    AcknowledgeField,
    SectionForm,
    Shown,
    only_when,
    yes_or_no,
)
from orders.models import ConnectionRequest
from orders.models.sections import FORM
from orders.states import AcknowledgementKind, InformedBy, Option
from parties.forms import PostcodeField, line, looks_of, refuse_taken
from parties.models import DataCentre

NEW_SITE = "new"


def is_at_one_site(order: ConnectionRequest) -> bool:
    return order.partner is not None and order.option == Option.MEDIUM


class SiteSection(SectionForm):
    slug = "site"
    title = FORM["site"].title
    group = "The site"
    guidance = ("2.3",)

    @classmethod
    def goes_for_both(cls, order: ConnectionRequest) -> bool:
        """Two connections at one site end in one data centre."""
        return is_at_one_site(order)

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

    def answer_name(self, field: str) -> str:
        return "data_centre_id" if field == "data_centre" else ""

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
            return self.without_new(kept)
        for name, words in self.NEEDED.items():
            if name in kept and not kept[name]:
                self.add_error(name, words)
        try:
            refuse_taken(kept.get("name", ""), looks_of(self.sites))
        except ValidationError as problem:
            self.add_error("name", problem)
        return kept

    def without_new(self, kept: dict[str, Any]) -> dict[str, Any]:
        """Leave out what stands in the fields for another data centre.

        With nothing chosen it may be what was meant, so it is asked about.
        """
        if kept.get("data_centre"):
            for name in self.NEW_FIELDS:
                self.errors.pop(name, None)
        elif self.is_partial and self.typed_new:
            words = "Choose where the connection should end, or empty the fields below"
            self.add_error("data_centre", words)
        return kept

    @property
    def typed_new(self) -> bool:
        """Whether anything stands in the fields for another data centre."""
        return any(str(self.data.get(name) or "").strip() for name in self.NEW_FIELDS)

    @property
    def ignored(self) -> str:
        if self.is_new or not self.typed_new:
            return ""
        site = next(
            site
            for site in self.sites
            if str(site.pk) == self.cleaned_data["data_centre"]
        )
        return (
            f"The connection ends at {site.name}, which you chose. What stood in the "
            "fields for another data centre was not kept."
        )

    def shown(self) -> Any:
        site = self.order.data_centre
        words = site.address if site else ""
        yield Shown("data_centre", str(self.fields["data_centre"].label), words)


class RoomSection(SectionForm):
    slug = "room"
    title = FORM["room"].title
    group = "The site"
    guidance = ("5.1", "5.2", "5.2.1")

    floor = line("Floor", 40, hint="Optional. Such as ground floor", width=20)
    room = line("Room or hall", 60, hint="Optional. Such as Hall 2")
    rack_position = line(
        "Rack and position", 60, hint="Optional. Such as row C, rack 14, units 20 to 23"
    )
    ac_sockets = noted(
        Whole(
            label="How many AC power sockets are free beside the rack?",
            min_value=0,
            max_value=99,
            help_text="Best on two separate supplies. Enter 0 if there are none yet",
            error_messages={
                "required": "Enter how many power sockets are free; 0 if there are "
                "none yet",
                "invalid": "Enter the number of sockets as a whole number, such as 4",
                "min_value": "Enter 0 or more sockets",
                "max_value": "Enter 99 or fewer sockets",
            },
        ),
        section="5.2.1",
        width=3,
    )
    has_access_control = yes_or_no(
        "Is entry to the room controlled?",
        needed="Say whether entry to the room is controlled",
        hint="By a lock, cards or guards. Preferred, but not required",
        section="5.2.1",
    )
    power = AcknowledgeField(
        AcknowledgementKind.POWER,
        "I confirm that there is, or will be, adequate power for the equipment",
        section="5.2.1",
        error_messages={"required": "Tick the box to confirm adequate power"},
    )
    space = AcknowledgeField(
        AcknowledgementKind.SPACE,
        "I accept that we are responsible for suitable space and temperature",
        section="5.2.1",
        error_messages={
            "required": "Tick the box to accept that space and temperature are yours "
            "to look after"
        },
    )

    @classmethod
    def goes_for_both(cls, order: ConnectionRequest) -> bool:
        return is_at_one_site(order)

    def summary(self) -> str:
        order, count = self.order, self.order.ac_sockets
        sockets = f"{count} power socket{'' if count == 1 else 's'}"
        place = (order.floor, order.room, order.rack_position)
        return ", ".join(filter(None, [*place, "" if count is None else sockets]))


class BuildingSection(SectionForm):
    slug = "building"
    title = FORM["building"].title
    group = "The site"
    guidance = ("3.5",)
    is_optional = True

    landlord = line(
        "Who is the landlord?", 200, hint="Optional. Leave it empty if you own it"
    )
    is_multi_tenanted = yes_or_no(
        "Do other organisations use the building?",
        hint="Optional. A building shared with others usually has rules for visits",
    )
    # One below the other, since a question may open between them.
    was_built_before_2000 = noted(
        yes_or_no(
            "Was it built before 2000?",
            hint="Optional. Engineers who drill there ask for its asbestos register",
        ),
        inline=False,
    )
    has_asbestos_register = only_when(
        yes_or_no("If built before 2000: is there an asbestos register?"),
        "was_built_before_2000",
        "True",
        needed="Say whether there is an asbestos register",
        inline=True,
    )
    needs_induction = yes_or_no(
        "Do engineers need an induction before they may work there?",
        hint="Optional. It is then planned with the visit",
    )

    @classmethod
    def goes_for_both(cls, order: ConnectionRequest) -> bool:
        return is_at_one_site(order)


class ContactsSection(SectionForm):
    slug = "contacts"
    title = FORM["contacts"].title
    group = "The site"
    guidance = ("3.2",)
    is_common = True

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
        hint="The person whom engineers ask for when they arrive",
    )
    site_contact_phone = line(
        "Site contact: phone, answered on the day of a visit",
        40,
        needed="Enter the phone number of the site contact",
        hint=PHONE_HINT,
        width=20,
    )
    site_contact_email = forms.EmailField(
        label="Site contact: e-mail",
        required=False,
        help_text="Optional, unless the site contact is to be told by e-mail",
        error_messages={"invalid": "Enter an e-mail address like name@example.com"},
    )
    informed_by = forms.ChoiceField(
        label="How should the site contact hear of visits and changes?",
        choices=InformedBy,
        required=False,
        widget=forms.RadioSelect,
        help_text="Optional",
    )

    @classmethod
    def is_alike(cls, order: ConnectionRequest) -> bool:
        """At another site engineers usually ask for somebody else."""
        return is_at_one_site(order)

    def clean(self) -> dict[str, Any]:
        kept: dict[str, Any] = super().clean()
        by_email = kept.get("informed_by") in (InformedBy.EMAIL, InformedBy.BOTH)
        has_email = kept.get("site_contact_email", True)
        if by_email and not has_email and not self.is_partial:
            self.add_error(
                "site_contact_email",
                "Enter the e-mail address of the site contact, or choose “By phone”",
            )
        return kept

    def clean_technical_contact_phone(self) -> str:
        return phone(self.cleaned_data["technical_contact_phone"])

    def clean_site_contact_phone(self) -> str:
        return phone(self.cleaned_data["site_contact_phone"])

    def summary(self) -> str:
        names = (self.order.technical_contact_name, self.order.site_contact_name)
        return " and ".join(dict.fromkeys(filter(None, names)))
