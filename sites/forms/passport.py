"""What people say of getting into a site."""

from collections.abc import Iterator
from typing import Any

from django import forms

from common.fields import TimeOfDay, Whole, phone
from common.forms import PortalForm, noted
from common.staff_fields import LONGEST_WORDS, TOO_LONG
from common.wording import time_words
from parties.forms import line, lines
from sites.models import FACTS, SitePassport
from sites.models.passport import MOST_NOTICE_DAYS
from sites.states import RamsWanted, SiteDays


class PhoneLine(forms.CharField):
    """A phone number that may stay empty."""

    def clean(self, value: Any) -> str:
        return phone(super().clean(value))


def phone_line(label: str, *, needed: str = "") -> forms.CharField:
    errors = {"required": needed} if needed else {}
    field = PhoneLine(
        label=label, max_length=40, required=bool(needed), error_messages=errors
    )
    return noted(field, width=20)


def time_of_day(label: str, *, needed: str = "", hint: str = "") -> TimeOfDay:
    errors = {"required": needed} if needed else {}
    field = TimeOfDay(
        label=label, required=bool(needed), help_text=hint, error_messages=errors
    )
    return noted(field, width=10)


class PassportForm(PortalForm):
    """What gets people into a site. Source: R-2.13-2, R-2.13-4, R-3.5-2, R-3.5-5."""

    owner = noted(
        line(
            "Who owns the building?",
            200,
            needed="Enter who owns the building",
            hint="Your own organisation’s name, if it does",
        ),
        section="3.5",
    )
    landlord = line(
        "Landlord or operator",
        200,
        hint="If somebody else runs the data centre and their rules come before yours",
    )
    days = forms.ChoiceField(
        label="On which days are people let in?",
        choices=SiteDays,
        widget=forms.RadioSelect,
        error_messages={"required": "Say on which days people are let in"},
    )
    opens_at = time_of_day(
        "From what time?", needed="Enter from what time", hint="For example 7am"
    )
    closes_at = time_of_day(
        "Until what time?", needed="Enter until what time", hint="For example 6pm"
    )
    arrive_by = time_of_day(
        "Latest arrival", hint="If nobody is let in after it, such as 8:30am"
    )
    notice_working_days = noted(
        Whole(
            label="How many working days before a visit must the site know of it?",
            min_value=0,
            max_value=MOST_NOTICE_DAYS,
            help_text="0 if it needs no notice. This is the site’s own rule, not the "
            "warning for moving a visit",
            error_messages={"required": "Enter the number of working days, or 0"},
        ),
        width=3,
        suffix="working days",
    )
    notice_says = line(
        "What must that notice say?", 200, hint="Such as names and number plates"
    )
    own_documents = noted(
        lines(
            "Documents that the data centre raises itself",
            hint="One a line, such as a visitor permit",
            rows=3,
        ),
        section="2.13",
    )
    rams = noted(
        forms.ChoiceField(
            label="Which risk assessment and method statement (RAMS) does it want?",
            choices=RamsWanted,
            widget=forms.RadioSelect,
            error_messages={"required": "Say which RAMS the site wants"},
        ),
        section="2.13",
        choice_hints={
            RamsWanted.STANDARD: "Free of charge",
            RamsWanted.CUSTOM: "May be charged. You see the amount, and it is written "
            "only once it is accepted",
        },
    )
    identity = line(
        "Identity checks", 200, hint="Such as passport or driving licence for each"
    )
    induction = line("Induction", 200, hint="How long it takes, for whom")
    parking = line("Parking and unloading", 200, hint="Where, and any height limit")
    escort = line("Escort", 200, hint="Who walks with the visitors, and from where")
    first_contact = line(
        "Whom to call first on the day",
        150,
        needed="Enter whom to call on the day",
        hint="A person or a desk that is reachable during the visit",
    )
    first_phone = phone_line("Their phone", needed="Enter the phone for the day")
    second_contact = line("Whom to call if nobody answers", 150)
    second_phone = phone_line("Their phone")
    rack = line("Rack and units", 200, hint="Such as rack D4, units 30 to 33")
    power = line("Power", 200, hint="Such as two sockets, feeds A and B")
    rules = lines("Anything else that visitors have to know")
    why = forms.CharField(
        label="Why does it change?",
        max_length=LONGEST_WORDS,
        required=False,
        help_text="Kept with the new version, and shown to whoever comes",
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"max_length": TOO_LONG},
    )
    based_on = Whole(widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, last: SitePassport | None) -> None:
        """Begin with what the site's newest version says.

        Args:
            last: that version; None where the site has none.
        """
        kept = {**last.facts, "based_on": last.number} if last else {"based_on": 0}
        super().__init__(data, initial=kept)
        if last is None:
            del self.fields["why"]

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean() or self.cleaned_data
        for name, words in disagreeing(found):
            self.add_error(name, words)
        return found


class DeskPassportForm(forms.Form):
    """The same questions, drawn as the desk draws its forms."""

    def __init__(self, data: Any = None, *, last: SitePassport | None) -> None:
        asked = PassportForm(data, last=last)
        super().__init__(data, initial=asked.initial)
        self.fields.update(asked.fields)

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean() or self.cleaned_data
        for name, words in disagreeing(found):
            self.add_error(name, words)
        return found


def disagreeing(found: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield each answer that does not go with another, and what to do about it."""
    opens, closes = found.get("opens_at"), found.get("closes_at")
    if opens and closes and closes <= opens:
        yield "closes_at", f"Enter a time after {time_words(opens)}"
    names, phone_number = found.get("second_contact"), found.get("second_phone")
    if bool(names) != bool(phone_number):
        missing = "second_phone" if names else "second_contact"
        yield missing, "Enter both the second person and their phone, or neither"


def for_command(answers: dict[str, Any]) -> dict[str, Any]:
    """Return what the command takes of a form that is valid."""
    return {
        "facts": {name: answers[name] for name in FACTS},
        "based_on": answers["based_on"],
        "why": answers.get("why", ""),
    }
