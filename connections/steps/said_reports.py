"""What a contact told the desk of a report of the use of a connection (T35)."""

from typing import Any

from common.errors import DomainError
from common.fields import Day
from common.pages import Answers, still_there
from common.staff_fields import words
from common.wording import day_words
from connections import commands
from connections.errors import ReportDaysWrong
from connections.file import connection_of
from connections.models import Connection
from connections.steps.reports import open_report
from connections.steps.said import BY_ANOTHER_WAY
from orders.commands import Said
from orders.file import OrderFile
from orders.states import INSTALLED
from orders.steps.base import OrderPage
from orders.steps.who_said import FOR_SUBMITTERS, SaidPage, WhoSaidForm
from parties.models import User


class ReportSaidForm(WhoSaidForm):
    """Of which days they want to know how much is used. R-2.8-9."""

    field_order = ("first_day", "last_day", "note")
    nominated_to = FOR_SUBMITTERS
    first_day = Day(
        label="From which day?",
        error_messages={"required": "Enter the first day of the report"},
    )
    last_day = Day(
        label="To which day?",
        help_text="The day before it came at the latest, and a year in all at most.",
        error_messages={"required": "Enter the last day of the report"},
    )
    note = words("What do they want it for?", "Optional.", rows=2)

    def __init__(
        self, data: object = None, *, file: OrderFile, **kwargs: object
    ) -> None:
        super().__init__(data, file=file, **kwargs)
        del self.fields["reason"]


def measured(file: OrderFile) -> Connection | None:
    """Return the connection, if it is in service and so can be reported on."""
    row = connection_of(file).row
    if row is None or row.router_configured_on is None:
        return None
    return None if row.is_over else row


class RecordReportRequest(SaidPage):
    slug = "report-said"
    label = "Record that a contact asks for a performance report"
    hint = BY_ANOTHER_WAY
    form_class = ReportSaidForm
    states = INSTALLED

    def why_not(self, file: OrderFile) -> str:
        if measured(file) is None:
            return "A report needs a connection that is in service."
        return "A report is being prepared already. One at a time can be asked for."

    def is_listed(self, file: OrderFile) -> bool:
        if not super().is_listed(file) or measured(file) is None:
            return False
        return open_report(file) is None

    def follows(self, file: OrderFile) -> list[str]:
        return [
            "DCC Operations owes the report, which is free of charge.",
            "The Gateway Party is told when it is there.",
        ]

    def record(
        self, file: OrderFile, user: User, said: Said, answers: Answers
    ) -> object:
        return commands.record_report_request(
            still_there(measured(file)).pk,
            by=user,
            said=said,
            first_day=answers["first_day"],
            last_day=answers["last_day"],
            note=answers["note"],
        )

    def blamed(self, refusal: DomainError, answers: Answers) -> str | None:
        return "last_day" if isinstance(refusal, ReportDaysWrong) else None


class ReportBackSaidForm(WhoSaidForm):
    """Who takes the report back, how and when. R-2.8-9."""

    nominated_to = FOR_SUBMITTERS

    def __init__(
        self, data: object = None, *, file: OrderFile, **kwargs: object
    ) -> None:
        super().__init__(data, file=file, **kwargs)
        del self.fields["reason"]


class RecordReportBack(SaidPage):
    slug = "report-back-said"
    label = "Record that a contact takes a performance report back"
    hint = BY_ANOTHER_WAY
    form_class = ReportBackSaidForm
    states = INSTALLED
    not_due = "No performance report is asked for."

    def is_listed(self, file: OrderFile) -> bool:
        return super().is_listed(file) and open_report(file) is not None

    def follows(self, file: OrderFile) -> list[str]:
        row = still_there(open_report(file))
        first, last = day_words(row.first_day), day_words(row.last_day)
        return [
            f"Report {row}, {first} to {last}, is owed no more.",
            "Another can be asked for.",
        ]

    def record(
        self, file: OrderFile, user: User, said: Said, answers: Answers
    ) -> object:
        row = still_there(open_report(file))
        return commands.record_report_withdrawal(row.pk, by=user, said=said)


PAGES: list[OrderPage[Any]] = [RecordReportRequest(), RecordReportBack()]
