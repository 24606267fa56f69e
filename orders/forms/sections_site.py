"""Sections about where the connection ends, and whom to ask there."""

from typing import Any

from django.core.exceptions import ValidationError

from common.fields import phone
from common.forms import noted
from orders.forms.fields import question
from orders.forms.section import (
    AcknowledgeField,
    SectionForm,
    ShownAnswer,
)
from orders.models import ConnectionRequest
from orders.states import AcknowledgementKind, InformedBy, Option
from parties.forms import PostcodeField, line, looks_of, refuse_taken
from parties.models import DataCentre

NEW_SITE = "new"


def is_at_one_site(order: ConnectionRequest) -> bool:
    return order.partner is not None and order.option == Option.MEDIUM


class SiteSection(SectionForm):
    slug = "site"
    group = "The site"
    guidance = ("2.3",)

    @classmethod
    def goes_for_both(cls, order: ConnectionRequest) -> bool:
        """Two connections at one site end in one data centre."""
        return is_at_one_site(order)

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
        yield ShownAnswer("data_centre", str(self.fields["data_centre"].label), words)


class RoomSection(SectionForm):
    slug = "room"
    group = "The site"
    guidance = ("5.1", "5.2", "5.2.1")

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
    group = "The site"
    guidance = ("3.5",)
    is_optional = True

    # One below the other, since a question may open between them.
    was_built_before_2000 = question("was_built_before_2000", inline=False)

    @classmethod
    def goes_for_both(cls, order: ConnectionRequest) -> bool:
        return is_at_one_site(order)


class ContactsSection(SectionForm):
    slug = "contacts"
    group = "The site"
    guidance = ("3.2",)
    is_common = True

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
