"""What a contact told the desk of who shares a connection (T35)."""

from collections.abc import Mapping
from typing import Any

from django import forms

from common.fields import Day
from common.pages import Answers, still_there
from common.staff_fields import offer, one_of
from common.wording import day_words
from connections import commands
from connections.errors import ChangeOpen, ResponsibilityNotAccepted
from connections.file import connection_of
from connections.models import Connection
from connections.steps.said import BY_ANOTHER_WAY
from connections.words import responsible_words
from orders.commands import Said
from orders.errors import ReasonMissing, SharingNeedsSecParty
from orders.file import OrderFile
from orders.models import Sharer
from orders.states import INSTALLED, Route
from orders.steps.base import OrderPage
from orders.steps.said_sharers import CHARGE_NOT_TOLD, SharerSaidForm, named_by
from orders.steps.who_said import FOR_SUBMITTERS, SaidPage, WhoSaidForm
from parties.models import User

CHARGE_KNOWN = (
    "They know that it is free of charge no longer: DCC says what it costs, and "
    "nothing is charged before an authoriser accepts that (our rule)"
)
NOT_TOLD = {"sharer_not_told": "if nobody of theirs can be told"}


class ShareSaidForm(SharerSaidForm):
    """Who shares it, from when, and that its Party accepted what it means. R-2.3-6."""

    is_responsible = forms.BooleanField(
        error_messages={"required": str(ResponsibilityNotAccepted())}
    )
    is_charge_confirmed = forms.BooleanField(
        label=CHARGE_KNOWN, error_messages={"required": CHARGE_NOT_TOLD}
    )

    def __init__(
        self, data: object = None, *, file: OrderFile, **kwargs: object
    ) -> None:
        super().__init__(data, file=file, **kwargs)
        words = responsible_words("the organisation").removesuffix(".")
        self.fields["is_responsible"].label = f"They accepted this: “{words}”"
        row = connection_of(file).row
        if row is None or not commands.is_free_for_registration(row):
            del self.fields["is_charge_confirmed"]


def in_use(file: OrderFile) -> Connection | None:
    """Return the connection that goes on, and so can be shared."""
    row = connection_of(file).row
    return row if row is not None and not row.is_leaving else None


def why_not_shared(file: OrderFile) -> str:
    """Say in words why nobody can be named who shares it; empty if somebody can."""
    row = in_use(file)
    if row is None:
        return "This connection ends, so nobody is named any more who shares it."
    if not file.may_be_shared:
        return str(SharingNeedsSecParty(party=file.order.party))
    is_priced = file.order.route == Route.E3 and connection_of(file).open_change
    if is_priced and commands.is_free_for_registration(row):
        change = connection_of(file).open_change
        return str(ChangeOpen(connection=row, change=change))
    return ""


class RecordSharing(SaidPage):
    slug = "share-said"
    label = "Record that a contact names who shares the connection"
    hint = BY_ANOTHER_WAY
    form_class = ShareSaidForm
    states = INSTALLED
    tells = ("recorded_for_you", "sharer_added")

    def is_listed(self, file: OrderFile) -> bool:
        return super().is_listed(file) and not why_not_shared(file)

    def why_not(self, file: OrderFile) -> str:
        return why_not_shared(file)

    def is_free(self, file: OrderFile) -> bool:
        return commands.is_free_for_registration(still_there(in_use(file)))

    def follows(self, file: OrderFile) -> list[str]:
        seen = "The organisation reads how the connection stands, and no charges."
        priced = "The connection is no longer free: DCC says next what it costs."
        return [seen, priced] if self.is_free(file) else [seen]

    def letters(self, file: OrderFile) -> Mapping[str, str]:
        priced = {"use_recorded": ""} if self.is_free(file) else {}
        return {**super().letters(file), **priced, **NOT_TOLD}

    def record(
        self, file: OrderFile, user: User, said: Said, answers: Answers
    ) -> object:
        return commands.record_sharing(
            still_there(in_use(file)).pk,
            by=user,
            said=said,
            named=named_by(answers),
            is_responsible=answers["is_responsible"],
            is_charge_confirmed=answers.get("is_charge_confirmed", False),
        )


class ShareEndSaidForm(WhoSaidForm):
    """Who shares it no longer, after which day, and why. R-2.3-1."""

    field_order = ("sharer", "last_day", "reason")
    nominated_to = FOR_SUBMITTERS
    sharer = one_of(Sharer, "Who shares it no longer?", "Choose the organisation")
    last_day = Day(
        label="Last day on which it shares it",
        help_text="The day on which it came, or a later one.",
        error_messages={"required": "Enter the last day"},
    )

    def __init__(
        self, data: object = None, *, file: OrderFile, **kwargs: object
    ) -> None:
        super().__init__(data, file=file, **kwargs)
        reason = self.fields["reason"]
        reason.label, reason.required = "Why it ends", True
        reason.help_text = "The organisation reads it, and so does the Gateway Party."
        reason.error_messages["required"] = str(ReasonMissing())
        rows = sharing_now(file)
        offer(self, "sharer", rows)
        if len(rows) == 1:
            self.initial["sharer"] = rows[0].pk


def sharing_now(file: OrderFile) -> list[Sharer]:
    """Return who shares it today, or will."""
    return [
        row
        for row in file.sharers
        if row.until_on is None or row.until_on >= file.today
    ]


class RecordSharingEnd(SaidPage):
    slug = "share-end-said"
    label = "Record that a contact ends the sharing"
    hint = BY_ANOTHER_WAY
    form_class = ShareEndSaidForm
    states = INSTALLED
    tells = ("recorded_for_you", "sharing_ended")
    tells_if = NOT_TOLD
    not_due = "Nobody shares this connection."

    def is_listed(self, file: OrderFile) -> bool:
        if not super().is_listed(file) or connection_of(file).row is None:
            return False
        return bool(sharing_now(file))

    def follows(self, file: OrderFile) -> list[str]:
        who = ", ".join(
            f"{row} (until {day_words(row.until_on)})" if row.until_on else str(row)
            for row in sharing_now(file)
        )
        return [
            f"Shared today or later: {who}. After its last day it reads nothing of it."
        ]

    def record(
        self, file: OrderFile, user: User, said: Said, answers: Answers
    ) -> object:
        return commands.record_sharing_end(
            answers["sharer"].pk,
            by=user,
            said=said,
            last_day=answers["last_day"],
            reason=answers["reason"],
        )


PAGES: list[OrderPage[Any]] = [RecordSharing(), RecordSharingEnd()]
