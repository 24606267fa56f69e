"""What a contact told the desk of sessions across a connection (T35)."""

from typing import Any

from django import forms

from common.errors import DomainError
from common.fields import Day
from common.pages import Answers, still_there
from common.staff_fields import mbps, offer, one_of
from common.wording import day_words
from connections import commands
from connections.addresses import is_usable
from connections.errors import (
    AddressesWrong,
    AddressUsed,
    LinkNotConfirmed,
    NameTaken,
    PriorityNotAccepted,
    SecondaryNotOfPair,
    VersionOfOther,
)
from connections.errors.late import DccKiInTheFuture
from connections.file import connection_of
from connections.models import Connection, InterfaceVersion, Session
from connections.states import Service, SessionUse, UserRole
from connections.steps.said import BY_ANOTHER_WAY
from orders.commands import Said
from orders.file import OrderFile
from orders.states import INSTALLED
from orders.steps.base import OrderPage
from orders.steps.who_said import FOR_SUBMITTERS, SaidPage, WhoSaidForm
from parties.models import User

STAYS = "Empty if it stays as it is."
# How a session runs across the pair, as the answers of a form say it.
ALONE, SPARED, SWAPPED = "alone", "spared", "swapped"
AS_IT_IS = ("", "As it is")
# Which answer a refusal is about.
BLAMED: dict[type[DomainError], str] = {
    NameTaken: "name",
    AddressUsed: "addresses",
    LinkNotConfirmed: "has_layer_2_link",
    SecondaryNotOfPair: "across",
    PriorityNotAccepted: "is_priority_accepted",
    VersionOfOther: "interface_version",
    DccKiInTheFuture: "day",
}


class AddressList(forms.CharField):
    """IP addresses, one on each line; what cannot be one is named."""

    def clean(self, value: Any) -> Any:
        given = super().clean(value).replace(",", " ").split()
        wrong = [text for text in given if not is_usable(text)]
        if wrong:
            raise forms.ValidationError(str(AddressesWrong(wrong=", ".join(wrong))))
        return given


class SessionSaidForm(WhoSaidForm):
    """A session that they ask for. Source: R-3.7.1-3, R-6-1, R-6-6, R-6-7."""

    asked = (
        "name",
        "used_by",
        "user_role",
        "service",
        "interface_version",
        "use",
        "is_priority_accepted",
        "expected_mbps",
        "across",
        "has_layer_2_link",
        "addresses",
        "pep_name",
    )
    field_order: tuple[str, ...] = asked
    nominated_to = FOR_SUBMITTERS
    name = forms.CharField(
        label="Name of the session",
        max_length=60,
        help_text="Their own, to tell it from the others. For example, DUIS live.",
        error_messages={"required": "Enter the name of the session"},
    )
    used_by = forms.ChoiceField(
        label="Who uses it?", error_messages={"required": "Choose who uses it"}
    )
    user_role = forms.ChoiceField(
        label="In which user role?",
        choices=[("", "Choose a role"), *UserRole.choices],
        error_messages={"required": "Choose the user role"},
    )
    service = forms.ChoiceField(
        label="What does it carry?",
        choices=Service,
        widget=forms.RadioSelect,
        error_messages={"required": "Say what it carries"},
    )
    interface_version = forms.ModelChoiceField(
        label="Which version of the interface specification?",
        queryset=InterfaceVersion.objects.none(),
        required=False,
        empty_label="Not known yet",
    )
    use = forms.ChoiceField(
        label="Is it for live use or for testing?",
        choices=SessionUse,
        widget=forms.RadioSelect,
        error_messages={"required": "Say what it is for"},
    )
    is_priority_accepted = forms.BooleanField(
        label="They understand that giving live traffic its priority over other "
        "traffic is the Party’s own responsibility",
        required=False,
        help_text="Needed for live use.",
    )
    expected_mbps = mbps(
        "Expected load in Mbps", "Optional. Their own estimate, never a limit."
    )
    across = forms.ChoiceField(label="What if this connection fails?")
    has_layer_2_link = forms.BooleanField(
        label="The Party’s own layer 2 link between the two sites works",
        required=False,
        help_text="Needed where the connections of the pair lead to two sites of DCC.",
    )
    addresses = AddressList(
        label="The Party’s IP addresses",
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="One on each line, version 4 or 6. DCC opens its firewalls for them.",
        error_messages={"required": "Enter at least one IP address"},
    )
    pep_name = forms.CharField(
        label="The Party’s policy enforcement point (PEP)",
        max_length=100,
        help_text="The device at its end of the tunnel, as the Party calls it.",
        error_messages={"required": "Name the device at the Party’s end"},
    )

    def __init__(
        self, data: object = None, *, file: OrderFile, **kwargs: object
    ) -> None:
        super().__init__(data, file=file, **kwargs)
        del self.fields["reason"]
        fields: dict[str, Any] = self.fields
        sharers = file.order.sharers.on(file.today)
        users = [file.order.party.name, *(row.name for row in sharers)]
        fields["used_by"].choices = [(name, name) for name in users]
        versions = commands.offered_versions()
        offer(self, "interface_version", versions, version_words)
        other = standing_by(file)
        if other is None:
            del self.fields["across"], self.fields["has_layer_2_link"]
        else:
            fields["across"].choices = [
                (ALONE, "There is no access while it is down"),
                (SPARED, f"{other} stands by, and takes over by itself"),
                (SWAPPED, f"{other} is the primary one, and this one stands by"),
            ]


def version_words(version: InterfaceVersion) -> str:
    return f"{version} ({version.get_service_display()})"


def standing_by(file: OrderFile) -> Connection | None:
    """Return the other connection of the pair, if a session can run across it too."""
    other = connection_of(file).other
    return None if other is None or other.is_leaving else other


def as_wished(file: OrderFile, answers: Answers) -> dict[str, Any]:
    """Return what was answered of a session, by the names of `SessionWish`."""
    said = {name: answers[name] for name in SessionSaidForm.asked if name in answers}
    across, version = said.pop("across", ""), said.pop("interface_version")
    own, other = still_there(connection_of(file).row), standing_by(file)
    if across == SWAPPED:
        own, other = still_there(other), own
    if across:
        said["connection"] = own.pk
        spare = still_there(other).pk if across != ALONE else None
        said["secondary"] = spare
    return {**said, "interface_version": version.pk if version else None}


class SaidOfSession(SaidPage):
    states = INSTALLED

    def blamed(self, refusal: DomainError, answers: Answers) -> str | None:
        return BLAMED.get(type(refusal))


class RecordSession(SaidOfSession):
    slug = "session-said"
    label = "Record that a contact asks for a session"
    hint = BY_ANOTHER_WAY
    form_class = SessionSaidForm
    tells = ("recorded_for_you", "session_requested")
    not_due = "This connection has ended, so no session is asked for any more."

    def is_listed(self, file: OrderFile) -> bool:
        row = connection_of(file).row
        return super().is_listed(file) and row is not None and not row.is_over

    def follows(self, file: OrderFile) -> list[str]:
        return [
            "It costs nothing, and the configurer is told to set it up.",
            "The Gateway Party is told when it is established.",
        ]

    def record(
        self, file: OrderFile, user: User, said: Said, answers: Answers
    ) -> object:
        wish = as_wished(file, answers)
        primary = wish.pop("connection", still_there(connection_of(file).row).pk)
        return commands.record_session_request(primary, by=user, said=said, **wish)


class SessionChangeSaidForm(SessionSaidForm):
    """What changes of a session; what is left empty stays. Source: R-6-5, R-6.1-2."""

    field_order = ("session", *SessionSaidForm.asked, "emptied")
    session = one_of(Session, "Which session?", "Choose the session")
    emptied = forms.MultipleChoiceField(
        label="Is anything of it no longer so?",
        choices=[
            ("expected_mbps", "No expected load is stated any more"),
            ("interface_version", "The version of the interface is not known"),
        ],
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text="Only what they said. An answer that is left empty above stays.",
    )

    def __init__(
        self, data: object = None, *, file: OrderFile, **kwargs: object
    ) -> None:
        super().__init__(data, file=file, **kwargs)
        offer_sessions(self, file)
        fields: dict[str, Any] = self.fields
        for name in set(self.asked) & set(fields):
            fields[name].required = False
        for name in {"used_by", "user_role", "service", "use", "across"} & set(fields):
            given = [row for row in fields[name].choices if row[0]]
            fields[name].choices = [AS_IT_IS, *given]
        fields["interface_version"].empty_label = AS_IT_IS[1]
        fields["name"].help_text = fields["pep_name"].help_text = STAYS
        fields["expected_mbps"].help_text = STAYS
        fields[
            "addresses"
        ].help_text = f"All that it is to have, one on each line. {STAYS}"

    def clean(self) -> dict[str, Any]:
        answers: dict[str, Any] = super().clean() or self.cleaned_data
        for name in answers.get("emptied", ()):
            if answers.get(name):
                self.add_error(name, "Leave it empty, or untick below that it is")
        return answers


def offer_sessions(form: WhoSaidForm, file: OrderFile) -> None:
    """Let them name a session of this connection that is not closed."""
    rows = connection_of(file).open_sessions
    offer(form, "session", rows)


class SaidOfOpenSession(SaidOfSession):
    """A page about a session whose primary connection is this one."""

    not_due = "No session across this connection is open."

    def is_listed(self, file: OrderFile) -> bool:
        return super().is_listed(file) and bool(connection_of(file).open_sessions)


class RecordSessionChange(SaidOfOpenSession):
    slug = "session-change-said"
    label = "Record that a contact changes a session"
    hint = BY_ANOTHER_WAY
    form_class = SessionChangeSaidForm
    tells = ("recorded_for_you", "session_requested")

    def follows(self, file: OrderFile) -> list[str]:
        return [
            "A session in use works as before until it is changed; it costs nothing.",
            "One that is not set up yet is at once what is said here.",
        ]

    def record(
        self, file: OrderFile, user: User, said: Said, answers: Answers
    ) -> object:
        session: Session = answers["session"]
        wish = as_wished(file, answers)
        changed = {name: value for name, value in wish.items() if value}
        if "connection" in wish:
            changed["secondary"] = wish["secondary"]
        changed |= dict.fromkeys(answers["emptied"])
        whole = {**commands.as_asked(session), **changed}
        return commands.record_session_change(session.pk, by=user, said=said, **whole)


class SessionCloseSaidForm(WhoSaidForm):
    """Which session is closed. R-6-4."""

    field_order = ("session",)
    nominated_to = FOR_SUBMITTERS
    session = one_of(Session, "Which session?", "Choose the session")

    def __init__(
        self, data: object = None, *, file: OrderFile, **kwargs: object
    ) -> None:
        super().__init__(data, file=file, **kwargs)
        offer_sessions(self, file)


class RecordSessionClose(SaidOfOpenSession):
    slug = "session-close-said"
    label = "Record that a contact closes a session"
    hint = BY_ANOTHER_WAY
    form_class = SessionCloseSaidForm
    tells_if = {"session_closed": "if the configurer had begun with it"}

    def follows(self, file: OrderFile) -> list[str]:
        return [
            "Nothing runs across it any more, and it cannot be opened again.",
            "Its name and its addresses are free again.",
        ]

    def record(
        self, file: OrderFile, user: User, said: Said, answers: Answers
    ) -> object:
        return commands.record_session_close(
            answers["session"].pk, by=user, said=said, reason=answers["reason"]
        )


class DccKiSaidForm(WhoSaidForm):
    """When the DCCKI documentation was followed for a session. R-3.7.1-4."""

    field_order = ("session", "day")
    nominated_to = FOR_SUBMITTERS
    session = one_of(Session, "Which session?", "Choose the session")
    day = Day(
        label="When had they followed the DCCKI documentation?",
        help_text="The day on which it came, or an earlier one.",
        error_messages={"required": "Enter the day"},
    )

    def __init__(
        self, data: object = None, *, file: OrderFile, **kwargs: object
    ) -> None:
        super().__init__(data, file=file, **kwargs)
        del self.fields["reason"]
        offer_sessions(self, file)


class RecordDccKi(SaidOfOpenSession):
    slug = "dccki-said"
    label = "Record that a contact has followed DCCKI for a session"
    hint = BY_ANOTHER_WAY
    form_class = DccKiSaidForm

    def follows(self, file: OrderFile) -> list[str]:
        done = [
            f"{row.name}: {day_words(row.dccki_done_on)}"
            for row in connection_of(file).open_sessions
            if row.dccki_done_on
        ]
        known = f" Recorded so far: {'; '.join(done)}." if done else ""
        return [f"The day stands with the session. Nothing else changes.{known}"]

    def record(
        self, file: OrderFile, user: User, said: Said, answers: Answers
    ) -> object:
        return commands.record_dccki_day(
            answers["session"].pk, by=user, said=said, day=answers["day"]
        )


PAGES: list[OrderPage[Any]] = [
    RecordSession(),
    RecordSessionChange(),
    RecordDccKi(),
    RecordSessionClose(),
]
