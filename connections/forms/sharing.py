"""Who shares a connection that is there, until when, and what else it carries."""

from typing import Any

from django import forms

from common.forms import PortalForm, SplitDateField, noted
from connections.errors import ResponsibilityNotAccepted
from orders.commands import NamedSharer
from orders.forms.sharing import SharerForm
from parties.forms import lines

CHARGEABLE = (
    "I understand that the connection is free of charge no longer: DCC says what it "
    "costs, and nothing is charged before an authoriser of ours accepts that "
    "(our rule)"
)


def several_lines(label: str, *, needed: str, hint: str) -> forms.CharField:
    """Return a field of several lines that may not stay empty."""
    field = lines(label, hint=hint, rows=3)
    field.required = True
    field.error_messages["required"] = needed
    return field


def charge_field() -> forms.BooleanField:
    return noted(
        forms.BooleanField(
            label=CHARGEABLE,
            error_messages={
                "required": "Tick that you understand that it is free no longer"
            },
        ),
        section="2.9.2",
    )


class ShareForm(SharerForm):
    """One organisation that uses an installed connection. R-2.3-1, R-2.3-6."""

    is_responsible = noted(
        forms.BooleanField(
            label="I accept that secure communication, security and resilience between "
            "our data centre and this organisation are our own responsibility",
            error_messages={"required": str(ResponsibilityNotAccepted())},
        ),
        section="2.3",
    )

    def __init__(self, *args: Any, is_charge_asked: bool) -> None:
        super().__init__(*args, is_charge_asked=is_charge_asked)
        if "is_charge_confirmed" in self.fields:
            self.fields["is_charge_confirmed"] = charge_field()

    @property
    def named(self) -> NamedSharer:
        names = ("name", "standing", "reason", "from_on", "until_on")
        found: dict[str, Any] = {name: self.cleaned_data[name] for name in names}
        return NamedSharer(**found)


class EndSharingForm(PortalForm):
    """The last day on which an organisation shares it, and why. R-2.3-1."""

    last_day = SplitDateField(
        label="On which day does it share it for the last time?",
        help_text="Today or later. For example 27 3 2027",
        error_messages={"required": "Enter the last day"},
    )
    reason = several_lines(
        "Why does it end?",
        needed="Say why it ends",
        hint="The organisation reads it, and so does DCC",
    )


SOLE, OTHER = "sole", "other"


class SoleUseForm(PortalForm):
    """Whether a free connection is still for registration data alone. R-2.9.2-2."""

    use = forms.ChoiceField(
        widget=forms.RadioSelect,
        error_messages={"required": "Say what it is used for"},
    )

    def __init__(self, data: Any = None, *, words: str) -> None:
        super().__init__(data)
        use: Any = self.fields["use"]
        use.label = "What is it used for?"
        use.choices = [
            (SOLE, f"I declare that {words.removesuffix('.')}"),
            (OTHER, "It carries other data too, or somebody else uses it"),
        ]


class OtherUseForm(PortalForm):
    """What a connection carries that was free for registration data. R-2.9.2-3."""

    use = several_lines(
        "What does it carry beside registration data, and since when?",
        needed="Say what it carries beside registration data",
        hint="DCC prices it by that",
    )
    is_charge_confirmed = charge_field()
