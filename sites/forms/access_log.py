"""What people say of who has been at the equipment of a connection."""

from typing import Any

from django import forms

from common.fields import Moment
from common.forms import PortalForm, SearchForm, noted, search_field
from common.staff_fields import LONGEST_WORDS, TOO_LONG
from parties.forms import line, lines
from sites.models import AccessEntry


class LogFilters(SearchForm):
    q = search_field("Person, company, purpose or equipment")


def moment_of(label: str, *, needed: str = "", hint: str = "") -> Moment:
    errors = {"required": needed} if needed else {}
    field = Moment(
        label=label, required=bool(needed), help_text=hint, error_messages=errors
    )
    return noted(field, width=20)


class AccessEntryForm(PortalForm):
    """Who was at the equipment, from when to when and why. Source: R-5.2.2-2."""

    person = line("Who came?", 150, needed="Enter the name of the person who came")
    company = line("Their company", 150, needed="Enter the company they came from")
    came_at = moment_of(
        "When did they come in?", needed="Enter the day and time when they came in"
    )
    left_at = moment_of(
        "When did they leave?", hint="Leave it empty while they are still there"
    )
    purpose = line("What for?", 300, needed="Enter what they came for")
    escort = line("Who escorted them?", 150, hint="Leave it empty if nobody did")
    equipment = line(
        "Which equipment did they touch?",
        300,
        hint="Such as the switch in D4, unit 30. Leave it empty if none",
    )
    why = forms.CharField(
        label="Why is the entry corrected?",
        max_length=LONGEST_WORDS,
        help_text="Both entries stay in the log",
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={
            "required": "Say why the entry is corrected",
            "max_length": TOO_LONG,
        },
    )

    def __init__(self, data: Any = None, *, corrects: AccessEntry | None) -> None:
        """Begin with what the entry says that is corrected; None for a new one."""
        names = [name for name in self.base_fields if name != "why"]
        said = {name: getattr(corrects, name) for name in names} if corrects else {}
        super().__init__(data, initial=said)
        if corrects is None:
            del self.fields["why"]


class LogPlaceForm(PortalForm):
    """Where a Party keeps its log, if not in the portal. Source: R-5.2.2-3."""

    location = forms.ChoiceField(
        label="Where do you keep the log?",
        choices=[("here", "Here, in the portal"), ("elsewhere", "Somewhere else")],
        widget=forms.RadioSelect,
        error_messages={"required": "Say where you keep the log"},
    )
    place = noted(
        lines(
            "Where is it, and who shows it to DCC when asked?",
            hint="Such as the visitor book at the gatehouse, kept by the shift manager",
            rows=3,
        ),
        when=("location", "elsewhere"),
    )

    def __init__(self, data: Any = None, *, where: str) -> None:
        location = "elsewhere" if where else "here"
        super().__init__(data, initial={"location": location, "place": where})

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean() or self.cleaned_data
        if found.get("location") == "elsewhere" and not found.get("place", "").strip():
            self.add_error("place", "Say where the log is kept")
        return found

    @property
    def where(self) -> str:
        """What the command takes: nothing where the log is kept here."""
        is_here = self.cleaned_data["location"] == "here"
        return "" if is_here else str(self.cleaned_data["place"])
