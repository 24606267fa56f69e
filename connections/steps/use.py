"""What a contact told the desk of the use of a free connection (T35)."""

from typing import Any

from common.pages import Answers, still_there
from connections import commands
from connections.file import connection_of
from connections.models import UseDeclaration
from connections.obligations import CALL_ABOUT_USE, DECLARE_USE
from connections.steps.said import BY_ANOTHER_WAY
from orders.commands import Said
from orders.file import OrderFile
from orders.states import INSTALLED
from orders.steps.base import OrderPage
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


PAGES: list[OrderPage[Any]] = [RecordSoleUse()]
