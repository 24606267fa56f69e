"""What a Party's own people type about their organisation."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.urls import reverse_lazy

from common.dated import span_words
from common.forms import PortalForm, noted
from common.lines import look
from common.postcodes import NO_POSTCODE, read_postcode
from common.search import read_terms
from common.staff_fields import TOO_LONG
from parties.models import Party
from parties.search import Rows, parties_found


def line(
    label: str, max_length: int, *, needed: str = "", hint: str = "", width: int = 0
) -> forms.CharField:
    """Return a field of one line; without `needed` it may stay empty."""
    errors = {"max_length": TOO_LONG} | ({"required": needed} if needed else {})
    field = forms.CharField(
        label=label,
        max_length=max_length,
        required=bool(needed),
        help_text=hint,
        error_messages=errors,
    )
    return noted(field, width=width or None)


def lines(label: str, *, hint: str = "", rows: int = 4) -> forms.CharField:
    """Return a field of several lines that may stay empty."""
    return forms.CharField(
        label=label,
        max_length=4000,
        required=False,
        help_text=hint,
        widget=forms.Textarea(attrs={"rows": rows}),
        error_messages={"max_length": TOO_LONG},
    )


CONFIRM, END = "confirm", "end"


class ConfirmNominationsForm(PortalForm):
    """Whether each nomination in force is still right."""

    def __init__(self, *args: object, rows: Iterable[Any], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        for row in rows:
            named = f"{row.user}, {row.get_purpose_display().lower()}"
            self.fields[str(row.pk)] = forms.ChoiceField(
                label=f"{named}, {span_words(row)}",
                choices=[
                    (CONFIRM, "Still nominated"),
                    (END, "No longer: end it with today"),
                ],
                widget=forms.RadioSelect,
                error_messages={"required": f"Say whether {named} is still right"},
            )

    def keys(self, answer: str) -> list[int]:
        """Return the keys of the nominations that were answered so."""
        said = self.cleaned_data.items()
        return [int(name) for name, given in said if given == answer]


NEW_PASSWORD = "At least 12 characters, not a common password and not your own name."  # noqa: S105  words, not a password


class FirstPasswordForm(PortalForm):
    """The password that an invited person chooses, twice."""

    password1 = forms.CharField(
        label="New password",
        strip=False,
        help_text=NEW_PASSWORD,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        error_messages={"required": "Enter a new password"},
    )
    password2 = forms.CharField(
        label="New password again",
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        error_messages={"required": "Enter the new password again"},
    )

    def __init__(self, *args: object, person: Any, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.person = person

    def clean_password1(self) -> str:
        password: str = self.cleaned_data["password1"]
        validate_password(password, self.person)
        return password

    def clean_password2(self) -> str:
        again: str = self.cleaned_data["password2"]
        first = self.cleaned_data.get("password1")
        if first is not None and again != first:
            raise ValidationError("The two passwords differ. Enter the same twice")
        return again


class PostcodeField(forms.CharField):
    """A UK postcode, kept in capitals with one space."""

    def to_python(self, value: object) -> str:
        text = str(super().to_python(value) or "").strip()
        if not text:
            return ""
        try:
            return read_postcode(text)
        except ValueError:
            raise ValidationError(NO_POSTCODE, code="invalid") from None


# Where the desk's fields ask what they may be filled with, while somebody types.
# Under which the browser of whoever just chose a password knows for which address.
CHOSE_FOR = "chose_a_password_for"
PARTIES_NAMED, SENDERS_NAMED = "parties_party_named", "parties_party_senders"
MOST_NAMED = 3


def offering(name: str) -> dict[str, Any]:
    """Return the attributes of an input that is offered what a page of the desk finds.

    Without a script what is typed is looked up all the same.
    """
    return {"data-options": reverse_lazy(f"admin:{name}"), "autocomplete": "off"}


class PartyField(forms.CharField):
    """A Party: by its PTY number in any writing, its name, or enough of its name."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.TextInput(attrs=offering(PARTIES_NAMED))
        super().__init__(widget=widget, **kwargs)

    def to_python(self, value: object) -> Any:
        """Return the Party; nothing for nothing."""
        typed = str(super().to_python(value) or "")
        if not typed:
            return None
        parties, terms = Party.objects.order_by("name", "pk"), read_terms(typed)
        is_it = Q(name_look=look(typed)) | Q(reference__iexact=terms.text)
        exact = parties.filter(is_it).first()
        if exact is not None:
            return exact
        return only_one(parties_found(parties, terms), typed)


def only_one(found: Rows, typed: str) -> Any:
    """Return the one Party that was found, or say which to choose from."""
    rows = list(found[: MOST_NAMED + 1])
    if len(rows) == 1:
        return rows[0]
    if not rows:
        raise ValidationError(
            "No Gateway Party is called “%(typed)s”. Type its PTY number, or some of "
            "its name as the register has it",
            code="unknown",
            params={"typed": typed},
        )
    named = [f"{party} ({party.reference})" for party in rows[:MOST_NAMED]]
    more = " and more" if len(rows) > MOST_NAMED else ""
    raise ValidationError(
        "Several Parties are called “%(typed)s”: %(named)s. Type the PTY number of "
        "the right one",
        code="several",
        params={"typed": typed, "named": f"{'; '.join(named)}{more}"},
    )


class DataCentreForm(PortalForm):
    """The address of premises where a connection can end. Source: R-2.3-4."""

    name = line(
        "What do you call the data centre?",
        100,
        needed="Enter a name for the data centre",
        hint="The name that your people use, such as Thornby Park",
    )
    street = line(
        "Building and street", 200, needed="Enter the building and the street"
    )
    town = line("Town or city", 100, needed="Enter the town or city", width=20)
    postcode = noted(
        PostcodeField(
            label="Postcode",
            max_length=10,
            error_messages={"required": "Enter the postcode", "max_length": TOO_LONG},
        ),
        width=10,
    )
    owner = line(
        "Who owns the data centre, if you do not?",
        200,
        hint="You can leave this empty. Engineers follow the rules of its owner",
    )

    def __init__(self, *args: object, taken: frozenset[str], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.taken = {look(name) for name in taken}

    def clean_name(self) -> str:
        return refuse_taken(self.cleaned_data["name"], self.taken)


def looks_of(sites: Iterable[Any]) -> set[str]:
    """Return what the names of data centres look like, alone and with their towns.

    The portal writes "Thornby Park, Derby", and so do people.
    """
    return {look(name) for site in sites for name in (site.name, str(site))}


def refuse_taken(name: str, taken: set[str]) -> str:
    """Return `name`, unless the Party has a data centre of that name already."""
    if look(name) in taken:
        raise ValidationError(
            f"You already have a data centre called {name}. Give this one another name"
        )
    return name
