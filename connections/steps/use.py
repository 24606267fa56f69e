"""What a contact told the desk of other uses of a connection, and of HV (T35)."""

from typing import Any

from django import forms

from common.pages import Answers, still_there
from common.staff_fields import words
from connections import commands
from connections.errors import ChangeOpen, UseNotDescribed
from connections.file import connection_of
from connections.models import UseDeclaration
from connections.obligations import CALL_ABOUT_USE, DECLARE_USE
from connections.steps.said import BY_ANOTHER_WAY
from connections.steps.sharing import CHARGE_KNOWN, in_use
from orders.commands import Said
from orders.commands.reapply import started_as_hv
from orders.errors import OtherDataNeedsSecParty
from orders.file import OrderFile
from orders.states import INSTALLED, Route
from orders.steps.base import OrderPage
from orders.steps.said_pair import BEGINS_SO, THEY_SEND_IT, HvInsteadSaidForm
from orders.steps.said_sharers import CHARGE_NOT_TOLD
from orders.steps.who_said import FOR_SUBMITTERS, SaidPage, WhoSaidForm
from parties.models import User


class SoleUseSaidForm(WhoSaidForm):
    """Who said that it is for registration data alone, how and when. R-2.9.2-2."""

    nominated_to = FOR_SUBMITTERS


class RecordSoleUse(SaidPage):
    slug = "use-said"
    label = "Record that a contact declares it is for registration data alone"
    hint = BY_ANOTHER_WAY
    form_class = SoleUseSaidForm
    states = INSTALLED
    sees_to = (CALL_ABOUT_USE,)
    not_due = "Its Party is not asked today what this connection is used for."

    def is_listed(self, file: OrderFile) -> bool:
        return super().is_listed(file) and file.owes(DECLARE_USE)

    def follows(self, file: OrderFile) -> list[str]:
        return [
            "It stays free of charge, and DCC asks again in a year.",
        ]

    def record(
        self, file: OrderFile, user: User, said: Said, answers: Answers
    ) -> UseDeclaration:
        row = still_there(connection_of(file).row)
        return commands.record_sole_use(row.pk, by=user, said=said)


class OtherUseSaidForm(WhoSaidForm):
    """What it carries beside registration data, and that it is chargeable. T2."""

    field_order = ("use",)
    nominated_to = FOR_SUBMITTERS
    use = words(
        "What does it carry beside registration data, and since when?",
        "In their own words. DCC prices it by that.",
        str(UseNotDescribed()),
    )
    is_charge_confirmed = forms.BooleanField(
        label=CHARGE_KNOWN, error_messages={"required": CHARGE_NOT_TOLD}
    )

    def __init__(
        self, data: object = None, *, file: OrderFile, **kwargs: object
    ) -> None:
        super().__init__(data, file=file, **kwargs)
        del self.fields["reason"]


class RecordOtherUse(SaidPage):
    slug = "other-use-said"
    label = "Record that a contact says it carries other data too"
    hint = BY_ANOTHER_WAY
    form_class = OtherUseSaidForm
    states = INSTALLED
    tells = ("recorded_for_you", "use_recorded")
    not_due = "This connection is not free of charge for registration data alone."

    def is_listed(self, file: OrderFile) -> bool:
        if not super().is_listed(file) or file.order.route != Route.E3:
            return False
        return not self.why_not(file)

    def why_not(self, file: OrderFile) -> str:
        row = in_use(file)
        if row is None or not commands.is_free_for_registration(row):
            return self.not_due
        if not file.may_be_shared:
            return str(OtherDataNeedsSecParty(party=file.order.party))
        change = connection_of(file).open_change
        return str(ChangeOpen(connection=row, change=change)) if change else ""

    def follows(self, file: OrderFile) -> list[str]:
        return [
            "The connection is free no longer: DCC says next what it costs.",
            "An authoriser accepts or declines that; nothing is charged before.",
        ]

    def record(
        self, file: OrderFile, user: User, said: Said, answers: Answers
    ) -> object:
        return commands.record_use_told(
            still_there(in_use(file)).pk,
            by=user,
            said=said,
            use=answers["use"],
            is_charge_confirmed=answers["is_charge_confirmed"],
        )


class HvBesideSaidForm(HvInsteadSaidForm):
    """The rating of HV beside LV, and whether it takes over. R-2.7.1-3."""

    field_order: tuple[str, ...] = ("rating", "is_replacement")
    is_replacement = forms.BooleanField(
        label="They said that it is to take over from this LV connection",
        required=False,
    )


class RecordHvBeside(SaidPage):
    slug = "hv-beside-said"
    label = "Record that a contact asks for HV beside it"
    hint = BY_ANOTHER_WAY
    form_class = HvBesideSaidForm
    states = INSTALLED
    not_due = "It is no LV connection, or HV is asked for beside it already."

    def is_listed(self, file: OrderFile) -> bool:
        row = connection_of(file).row
        if not super().is_listed(file) or row is None or row.is_hv:
            return False
        return started_as_hv(file.order) is None

    def follows(self, file: OrderFile) -> list[str]:
        stays = "The LV connection stays as it is until its Party ends it."
        return [BEGINS_SO.format(source=file), THEY_SEND_IT, stays]

    def record(
        self, file: OrderFile, user: User, said: Said, answers: Answers
    ) -> object:
        return commands.record_hv_beside(
            still_there(connection_of(file).row).pk,
            by=user,
            said=said,
            rating=answers["rating"],
            is_replacement=answers["is_replacement"],
        )


PAGES: list[OrderPage[Any]] = [RecordSoleUse(), RecordOtherUse(), RecordHvBeside()]
