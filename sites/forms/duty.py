"""What shows that a thing at a site is seen to."""

from datetime import date
from typing import Any

from common.files import UploadField
from common.forms import PortalForm, SplitDateField
from parties.forms import lines


class EvidenceForm(PortalForm):
    """A note, a document or both, of a day, valid until a day. Source: R-5.2.2-1."""

    note = lines("What shows that it is seen to?", hint="Who looked, at what, and when")
    file = UploadField(label="Document or photo", required=False)
    on = SplitDateField(
        label="Of which day is it?",
        help_text="Such as 27 3 2026",
        error_messages={"required": "Enter the day of the evidence"},
    )
    valid_until = SplitDateField(
        label="Until when is it valid?",
        required=False,
        help_text="Its last day. Leave it empty if it has no end",
    )

    def __init__(self, *sent: Any, today: date) -> None:
        super().__init__(*sent, initial={"on": today})

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean() or self.cleaned_data
        if not found.get("note", "").strip() and not found.get("file"):
            self.add_error("note", "Write what shows it, or add a document")
        return found
