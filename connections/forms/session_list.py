"""The sessions of a pair as a table: how it is written, and how it is read again."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms

from common.csv_file import LineFault, cell_of
from common.csv_table import (
    LONGEST,
    TableKind,
    TableLine,
    TableWrong,
    bare,
    read_table,
)
from common.files import CsvField, CsvUpload
from common.forms import PortalForm
from common.lines import look
from connections.errors import SessionListWrong
from connections.forms.sessions import SessionForm
from connections.models import Connection, InterfaceVersion, Session
from connections.states import Service, SessionState, SessionUse, UserRole

# What a Party says of a session, by the head of its column.
TO_SAY = {
    "Session": "name",
    "Used by": "used_by",
    "User role": "user_role",
    "Service": "service",
    "Interface version": "interface_version",
    "Use": "use",
    "Primary": "connection",
    "Secondary": "secondary",
    "Expected Mbps": "expected_mbps",
    "Addresses": "addresses",
    "Your PEP": "pep_name",
}
STATE = "State"
HEAD = (
    *TO_SAY,
    "DCC PEP",
    STATE,
    "Asked for",
    "Established",
    "DCCKI followed",
)
CHOICES: Mapping[str, Any] = {
    "User role": UserRole,
    "Service": Service,
    "Use": SessionUse,
}
SESSIONS = TableKind("session", tuple(TO_SAY), may_have=(STATE,))


def cells_of(session: Session) -> list[object]:
    """Return what the table says of a session, in the order of `HEAD`."""
    return [
        session.name,
        session.used_by or session.connection.party.name,
        session.get_user_role_display(),
        session.get_service_display(),
        session.interface_version,
        session.get_use_display(),
        session.connection.reference,
        session.secondary and session.secondary.reference,
        session.expected_mbps,
        " ".join(session.party_addresses),
        session.pep_name,
        session.dcc_pep_name,
        session.get_state_display(),
        session.requested_at,
        session.established_at,
        session.dccki_done_on,
    ]


@dataclass(frozen=True)
class ListLine(TableLine):
    """One session of a file."""

    @property
    def key(self) -> tuple[str, str]:
        """Its primary connection and the look of its name, by which it is known."""
        return self.cells["Primary"].upper(), look(self.cells["Session"])

    @property
    def is_of_closed(self) -> bool:
        return self.cells.get(STATE, "").lower() == SessionState.CLOSED.label.lower()

    def says_same_as(self, session: Session) -> bool:
        """Whether it says of a session what the table that we give says of it."""
        written = dict(zip(HEAD, map(bare_cell, cells_of(session)), strict=True))
        return all(self.cells[head] == written[head] for head in TO_SAY)


def bare_cell(fact: object) -> str:
    return bare(str(cell_of(fact)))


def read_list(text: str) -> list[ListLine]:
    """Return the lines of a list of sessions; columns that we do not ask for are left.

    Raises:
        SessionListWrong: it is no such table, has no session, or too many.
    """
    try:
        lines = read_table(text, SESSIONS)
    except TableWrong as fault:
        raise SessionListWrong(reason=str(fault)) from fault
    return [ListLine(line.number, line.cells, line.spare) for line in lines]


class LineReader:
    """Reads lines by the rules of the form for one session.

    Args:
        links: the connections of the pair.
        users, versions: who may use a session, and the versions that can be named.
        ticks: what is confirmed for the whole list, by the names of the form.
    """

    def __init__(
        self,
        links: Sequence[Connection],
        users: Sequence[str],
        versions: Sequence[InterfaceVersion],
        ticks: Mapping[str, bool],
    ) -> None:
        self.links, self.users, self.versions = links, users, versions
        self.ticks = ticks
        self.names = {link.reference: link.pk for link in links}

    def read(self, line: ListLine) -> tuple[dict[str, Any], list[LineFault]]:
        """Return the answers that a line gives, or what is wrong with it."""
        typed, faults = self.typed(line)
        faults += line.shape_faults()
        form = SessionForm(
            typed, links=self.links, users=self.users, versions=self.versions
        )
        heads = {name: head for head, name in TO_SAY.items()}
        # What was named already is not named again in the words of a form.
        named = {fault.column for fault in faults}
        for name, reasons in form.errors.items():
            head = heads.get(name, "Session")
            if head not in named:
                words = " ".join(str(one) for one in reasons)
                faults.append(LineFault(line.number, head, words))
        return dict(form.cleaned_data), faults

    def typed(self, line: ListLine) -> tuple[dict[str, Any], list[LineFault]]:
        """Return a line as somebody would have filled in the form."""
        cells = line.cells
        typed: dict[str, Any] = {name: cells[head] for head, name in TO_SAY.items()}
        typed["used_by"] = cells["Used by"] or self.users[0]
        typed |= {name: "on" for name, is_ticked in self.ticks.items() if is_ticked}
        faults = []
        for head in ("User role", "Service", "Use", *("Primary", "Secondary")):
            offered = self.offered(head)
            value, text = offered.get(cells[head].lower()), cells[head]
            typed[TO_SAY[head]] = "" if value is None else value
            if text and value is None:
                names = ", ".join(self.named(head))
                why = f"“{text}” is not one of: {names}."
                faults.append(LineFault(line.number, head, why))
        version, is_known = self.version(cells)
        typed["interface_version"] = version
        if not is_known:
            why = f"“{cells['Interface version']}” is no version that is offered."
            faults.append(LineFault(line.number, "Interface version", why))
        return typed, faults

    def named(self, head: str) -> list[str]:
        choices = CHOICES.get(head)
        return list(self.names) if choices is None else [str(n) for n in choices.labels]

    def offered(self, head: str) -> dict[str, Any]:
        """Return what a cell of a column may say, in small letters, and its value."""
        choices = CHOICES.get(head)
        if choices is None:
            return {name.lower(): pk for name, pk in self.names.items()}
        return {str(label).lower(): value for value, label in choices.choices}

    def version(self, cells: Mapping[str, str]) -> tuple[Any, bool]:
        """Return the pk of the version that is named, and whether it is known."""
        name, service = cells["Interface version"], cells["Service"]
        same = [row for row in self.versions if row.name.lower() == name.lower()]
        own = [
            row for row in same if row.get_service_display().lower() == service.lower()
        ]
        found = next(iter([*own, *same]), None)
        return (found.pk if found else ""), bool(found or not name)


class SessionListForm(PortalForm):
    """Takes a list of sessions, and what is confirmed for all of them."""

    file = CsvField(
        label="List of sessions", error_messages={"required": "Choose the file"}
    )
    has_layer_2_link = forms.BooleanField(required=False)
    is_priority_accepted = forms.BooleanField(
        required=False,
        label=(
            "I understand that giving live traffic its priority over other traffic is "
            "our own responsibility"
        ),
    )

    def __init__(self, *args: Any, links: Sequence[Connection], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        sites = dict.fromkeys(str(link.data_centre) for link in links)
        if len(sites) == 1:
            del self.fields["has_layer_2_link"]
        else:
            label = f"Our own layer 2 link between {' and '.join(sites)} works"
            self.fields["has_layer_2_link"].label = label
        self.lines: list[ListLine] = []

    def clean_file(self) -> CsvUpload:
        file: CsvUpload = self.cleaned_data["file"]
        try:
            self.lines = read_list(file.text)
        except SessionListWrong as refusal:
            raise forms.ValidationError(str(refusal)) from refusal
        return file

    @property
    def ticks(self) -> dict[str, bool]:
        names = ("has_layer_2_link", "is_priority_accepted")
        return {name: bool(self.cleaned_data.get(name)) for name in names}


class ListConfirmedForm(PortalForm):
    """Carries a list from its preview to its confirmation, where it is read again."""

    text = forms.CharField(widget=forms.HiddenInput, max_length=LONGEST, strip=False)
    agreed = forms.CharField(widget=forms.HiddenInput, max_length=64)
    has_layer_2_link = forms.BooleanField(required=False, widget=forms.HiddenInput)
    is_priority_accepted = forms.BooleanField(required=False, widget=forms.HiddenInput)

    @property
    def ticks(self) -> dict[str, bool]:
        names = ("has_layer_2_link", "is_priority_accepted")
        return {name: bool(self.cleaned_data.get(name)) for name in names}
