"""A Party is registered with its people and premises on one page, all or nothing."""

from collections import Counter
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.forms.utils import ErrorDict
from django.http import QueryDict

from common.fields import Day
from common.lines import look, same_address
from common.pages import Answers
from parties import commands
from parties.admin.pages import (
    CentreForm,
    DeskPage,
    PersonForm,
    letter,
    named_by,
    need_reason,
    text,
    why_back_dated,
)
from parties.commands import Naming, NewParty, NewPerson
from parties.errors import EmailTaken, PartyRegistered
from parties.models import Party, User
from parties.states import Purpose, Standing

# So many rows stand on the page at first, and no more than so many ever.
FIRST_ROWS, MOST_ROWS = 2, 60
TWICE = "This is on two rows. Remove one of them."


class PersonRow(PersonForm):
    """One person of the Party; a row without a word in it is nobody."""

    purposes = forms.MultipleChoiceField(
        label="Nominated for",
        choices=Purpose.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def clean_email(self) -> str:
        email = same_address(self.cleaned_data["email"])
        if User.objects.filter(email=email).exists():
            raise forms.ValidationError(str(EmailTaken(email=email)))
        return email


class Rows:
    """Rows of one kind below each other, as they were typed; any may be added.

    The page says how many there are; without a script, a button of the form adds one
    or takes one away, and nothing else happens.
    """

    def __init__(
        self, kind: type[forms.Form], name: str, title: str, data: QueryDict | None
    ) -> None:
        self.kind, self.name, self.title = kind, name, title
        self.data = data if data is not None and f"{name}-rows" in data else None
        self.forms = [self.row(key) for key in self.keys()]

    def keys(self) -> list[str]:
        """Return the keys of the rows, in their order."""
        if self.data is None:
            return [str(n) for n in range(FIRST_ROWS)]
        found = self.data.getlist(f"{self.name}-rows")[:MOST_ROWS]
        keys = [key for key in dict.fromkeys(found) if key.isdigit()]
        gone = self.data.get("remove", "").removeprefix(f"{self.name}-")
        kept = [key for key in keys if key != gone]
        if self.data.get("add") == self.name and len(kept) < MOST_ROWS:
            kept.append(str(max(map(int, keys), default=-1) + 1))
        return kept

    def row(self, key: str) -> forms.Form:
        """Return one row; one that is empty asks for nothing."""
        row = self.kind(
            self.data,
            prefix=f"{self.name}-{key}",
            empty_permitted=True,
            use_required_attribute=False,
        )
        row.key = key  # type: ignore[attr-defined]  # the page names its button by it
        return row

    @property
    def blank(self) -> forms.Form:
        """A row without a number, from which a script makes further ones."""
        return self.kind(prefix=f"{self.name}-KEY", use_required_attribute=False)

    @property
    def filled(self) -> list[forms.Form]:
        return [row for row in self.forms if row.has_changed()]

    def are_valid(self) -> bool:
        # Each is asked, so that all that is wrong is said at once.
        return False not in [row.is_valid() for row in self.filled]

    def answers(self) -> list[Answers]:
        return [row.cleaned_data for row in self.filled]

    def refuse_twice(self, field: str, read: Any) -> None:
        """Say at the second of two rows that they say the same."""
        seen: Counter[str] = Counter()
        for row in self.filled:
            said = row.cleaned_data.get(field, "") if row.is_valid() else ""
            seen[read(said)] += 1
            if said and seen[read(said)] > 1:
                row.add_error(field, TWICE)


class RegisterForm(forms.Form):
    name = text("Name", "Enter the name of the organisation", max_length=200)
    standing = forms.ChoiceField(
        label="It is a",
        choices=[*Standing.choices, ("", "Neither yet, such as a service provider")],
        widget=forms.RadioSelect,
        required=False,
    )
    from_on = Day(label="From", required=False)
    address = text("Address", widget=forms.Textarea(attrs={"rows": 3}))
    nominated_from = Day(
        label="Nominated from",
        required=False,
        help_text="For all whom you tick above. Further nominations can follow later.",
    )
    named_by = named_by()
    letter = letter()
    why_back_dated = why_back_dated()

    def __init__(self, data: QueryDict | None = None, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.people = Rows(PersonRow, "people", "Its people", data)
        self.centres = Rows(CentreForm, "centres", "Its data centres", data)

    @property
    def organisation(self) -> list[BoundField]:
        return [self[name] for name in ("name", "standing", "from_on", "address")]

    @property
    def naming(self) -> list[BoundField]:
        names = ("nominated_from", "named_by", "letter", "why_back_dated")
        return [self[name] for name in names]

    @property
    def changes_rows(self) -> bool:
        """Whether a button was pressed that only adds a row or takes one away."""
        return self.is_bound and bool({"add", "remove"} & set(self.data))

    def full_clean(self) -> None:
        super().full_clean()
        if self.changes_rows:
            self._errors = ErrorDict()

    def is_valid(self) -> bool:
        if self.changes_rows or not self.is_bound:
            return False
        self.people.refuse_twice("email", same_address)
        self.centres.refuse_twice("name", look)
        rows = [self.people.are_valid(), self.centres.are_valid()]
        if not all(rows):
            self.add_error(None, "Some rows below cannot be taken as they are.")
        if not super().is_valid():
            return False
        self.cleaned_data["whole"] = self.whole(self.cleaned_data)
        return True

    def whole(self, answers: Answers) -> NewParty:
        """Return all that was typed, as the command takes it."""
        first = answers["nominated_from"]
        naming = Naming(
            from_on=first,
            named_by=answers["named_by"],
            letter=answers["letter"],
            why_back_dated=answers["why_back_dated"],
        )
        return NewParty(
            name=answers["name"],
            standing=answers["standing"],
            from_on=answers["from_on"],
            address=answers["address"],
            people=[NewPerson(**row) for row in self.people.answers()],
            naming=naming if first else None,
            centres=self.centres.answers(),
        )

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"]
        if Party.objects.filter(name_look=look(name)).exists():
            raise forms.ValidationError(str(PartyRegistered(name=name)))
        return name

    def clean(self) -> dict[str, Any]:
        answers: Answers = super().clean() or {}
        if answers.get("standing") and "from_on" in answers and not answers["from_on"]:
            self.add_error("from_on", "Enter the first day of this standing")
        if not self.changes_rows and self.names_anybody():
            self.need_naming(answers)
        return answers

    def names_anybody(self) -> bool:
        rows = [row for row in self.people.filled if row.is_valid()]
        return any(row.cleaned_data["purposes"] for row in rows)

    def need_naming(self, answers: Answers) -> None:
        if not answers.get("nominated_from"):
            self.add_error("nominated_from", "Enter from when they are nominated")
        if not answers.get("named_by"):
            self.add_error("named_by", "Enter who at the Gateway Party named them")
        need_reason(self, answers, "nominated_from")


class RegisterParty(DeskPage[None, Party]):
    label = "Register a Gateway Party"
    button = "Register it"
    hint = (
        "Its people, their nominations and its data centres can be added now or later. "
        "All of it is kept, or nothing."
    )
    form_class = RegisterForm
    template = "desk/register_party.html"

    def form(
        self, subject: None, user: User, posted: QueryDict | None = None
    ) -> forms.Form:
        return RegisterForm(posted)

    def run(self, subject: None, user: User, answers: Answers) -> Party:
        return commands.register_whole_party(answers["whole"], by=user)

    def message(self, subject: None, result: Party) -> str:
        return f"{result} is registered as {result.reference}."
