"""What is said of damage to the equipment at a site."""

from typing import Any

from django import forms

from common.fields import Moment
from common.files import UploadField
from common.forms import PortalForm
from parties.forms import line, lines
from sites.forms.access_log import moment_of
from sites.models import InstalledItem
from sites.states import EmergencyGround

NO_EMERGENCY = ("none", "No")
IF_ANY = "Leave it empty if there was none"
NOT_KNOWN = ("", "Not one item, or not known")


def grounds(label: str) -> forms.ChoiceField:
    """Ask whether an emergency may excuse it. Source: R-5.2.2-4."""
    return forms.ChoiceField(
        label=label,
        help_text="An emergency may excuse what is not allowed otherwise",
        choices=[NO_EMERGENCY, *EmergencyGround.choices],
        widget=forms.RadioSelect,
        error_messages={"required": "Say whether it was done in an emergency"},
    )


def photo_field() -> UploadField:
    return UploadField(label="Photo", required=False)


def items_offered(form: forms.Form, items: list[InstalledItem]) -> None:
    """Let one of the items in the rack be named, and no other."""
    choice: Any = form.fields["item"]
    choice.choices = [NOT_KNOWN, *((item.pk, str(item)) for item in items)]


def emergency_of(form: forms.Form, found: dict[str, Any]) -> dict[str, Any]:
    """Return the answers without an emergency, or see to it that it is explained."""
    if found.get("ground") == NO_EMERGENCY[0]:
        return {**found, "ground": "", "action": "", "why": ""}
    for name, wrong in (
        ("action", "Say what was done"),
        ("why", "Say why it had to be done"),
    ):
        if found.get("ground") and not found.get(name, "").strip():
            form.add_error(name, wrong)
    return found


def item_field() -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        label="Which equipment is it?",
        choices=[NOT_KNOWN],
        coerce=int,
        empty_value=None,
        required=False,
    )


class DamageForm(PortalForm):
    """What happened, when, where, and whether in an emergency. Source: R-5.2.2-4."""

    happened_at: Moment = moment_of(
        "When did it happen?", needed="Enter the day and time when it happened"
    )
    place = line("Where?", 200, needed="Enter where it happened")
    item = item_field()
    description = lines("What happened?", hint="And what is wrong with it now")
    photo = photo_field()
    ground = grounds("Was it done on purpose in an emergency?")
    action = lines("What was done in the emergency?", hint=IF_ANY, rows=3)
    why = lines("Why did it have to be done?", hint=IF_ANY, rows=3)

    def __init__(self, *sent: Any, items: list[InstalledItem]) -> None:
        super().__init__(*sent)
        items_offered(self, items)
        self.fields["description"].required = True
        needed = {"required": "Say what happened"}
        self.fields["description"].error_messages |= needed

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean() or self.cleaned_data
        return emergency_of(self, found)
