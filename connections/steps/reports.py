"""Performance reports at the desk: readings added, a report made or refused."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.http import QueryDict

from common.asking_back import AsksBack
from common.errors import DomainError
from common.files import CsvField, CsvUpload
from common.pages import Answers, still_there
from common.staff_fields import words
from connections import commands, policies
from connections.errors import ReadingsDiffer, ReadingsOutOfTime, RefusalMissing
from connections.file import connection_of
from connections.models import Connection, PerformanceReport
from connections.obligations import MAKE_REPORT
from connections.usage.charts import mbps
from connections.usage.readings import Readings, read_csv
from orders.file import OrderFile
from orders.states import INSTALLED
from orders.steps.base import OrderPage
from parties.models import User

# Rates above what the line carries, or far below it, are often another unit.
FAR = 2
COLUMNS = (
    "One row for each five minutes, with the columns timestamp, up (to DCC) and down "
    "(from DCC), both in bits per second. Times with their zone, or UK times."
)


class ReadingsForm(AsksBack):
    """Takes a file of readings, and asks back about rates that look like another unit.

    `ratings` are what the connection carries up and down, in bits per second.
    """

    ratings: tuple[int, int] | None = None
    file = CsvField(
        label="Readings", error_messages={"required": "Choose the file of readings"}
    )
    corrects = forms.BooleanField(
        required=False,
        label="This file corrects what an earlier one said",
        help_text="Only needed where the two differ. The earlier file is kept too.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        file = self.fields["file"]
        file.help_text = f"{file.help_text}. {COLUMNS}"
        self.readings: Readings | None = None

    def clean_file(self) -> CsvUpload | None:
        """Read the rows; each that is wrong is named by its line."""
        file: CsvUpload | None = self.cleaned_data["file"]
        if file is not None:
            try:
                self.readings = read_csv(file.text)
            except DomainError as refusal:
                raise forms.ValidationError(str(refusal)) from refusal
        return file

    def unusual(self, answers: Answers) -> Iterable[str]:
        if self.readings is None or self.ratings is None:
            return
        highest = max(*self.readings.up, *self.readings.down)
        carried = max(self.ratings)
        if highest > carried * FAR:
            yield (
                f"The highest reading is {mbps(highest)} Mbps, and the connection "
                f"carries {mbps(carried)}. The rates have to be in bits per second."
            )
        elif highest * 1000 < carried:
            yield (
                f"The highest reading is {highest:,} bits per second, next to nothing. "
                "The rates have to be in bits per second."
            )


class OfReadings(OrderPage[Connection]):
    """A page that takes a file of readings of the connection of an order."""

    form_class: type[forms.Form] = ReadingsForm
    states = INSTALLED

    def may(self, subject: OrderFile, user: User) -> bool:
        return policies.may_answer_report(subject, user)

    def form(
        self, subject: OrderFile, user: User, posted: QueryDict | None = None
    ) -> forms.Form:
        form = super().form(subject, user, posted)
        row = connection_of(subject).row
        if isinstance(form, ReadingsForm) and row is not None:
            form.ratings = commands.ratings_of(row)
        return form

    def blamed(self, refusal: DomainError, answers: Answers) -> str | None:
        if isinstance(refusal, ReadingsDiffer):
            return "corrects"
        return "file" if isinstance(refusal, ReadingsOutOfTime) else None


class AddReadings(OfReadings):
    slug = "readings"
    label = "Add readings of its use"
    hint = "Reports are made of them. The same file a second time changes nothing."
    button = "Add the readings"

    def follows(self, file: OrderFile) -> list[str]:
        return [
            "A report that is asked for can be made of them. The file is kept.",
        ]

    def run(self, subject: OrderFile, user: User, answers: Answers) -> Connection:
        return commands.add_readings(
            still_there(connection_of(subject).row).pk, by=user, **answers
        )

    def message(self, subject: OrderFile, result: Connection) -> str:
        return f"The readings of {result} are added."


def open_report(file: OrderFile) -> PerformanceReport | None:
    return next((row for row in connection_of(file).reports if row.is_open), None)


class AboutReport(OfReadings):
    """A page about the report that a Gateway Party waits for."""

    not_due = "No performance report is asked for."
    template = "desk/report.html"

    def is_listed(self, file: OrderFile) -> bool:
        return super().is_listed(file) and file.owes(MAKE_REPORT)

    def context(self, subject: OrderFile, user: User) -> dict[str, Any]:
        report = open_report(subject)
        return {
            "report": report,
            "coverage": commands.coverage_of(report) if report else None,
        }


class MakeReport(AboutReport):
    slug = "report"
    label = "Make the performance report"
    button = "Make the report and tell the Party"
    sees_to = (MAKE_REPORT,)
    tells = ("report_ready",)

    def form(
        self, subject: OrderFile, user: User, posted: QueryDict | None = None
    ) -> forms.Form:
        """Ask for a file only where readings of the report's days are missing."""
        form = super().form(subject, user, posted)
        report = open_report(subject)
        form.fields["file"].required = (
            report is not None and not commands.coverage_of(report).known
        )
        return form

    def follows(self, file: OrderFile) -> list[str]:
        return [
            "The Gateway Party reads it and can take it away; it is free of charge.",
        ]

    def run(self, subject: OrderFile, user: User, answers: Answers) -> Any:
        report = still_there(open_report(subject))
        return commands.answer_report(report.pk, by=user, **answers)

    def message(self, subject: OrderFile, result: Any) -> str:
        return f"Report {result} is made, and its Gateway Party is told."


class RefuseReportForm(forms.Form):
    reason = words(
        "Why can it not be made?",
        "The Gateway Party reads it by e-mail and on its page.",
        str(RefusalMissing()),
        rows=3,
    )


class RefuseReport(AboutReport):
    slug = "refuse-report"
    label = "Say that the report cannot be made"
    button = "Tell the Party"
    form_class = RefuseReportForm
    tells = ("report_refused",)

    def follows(self, file: OrderFile) -> list[str]:
        return [
            "Nothing is owed on it any more; another can be asked for.",
        ]

    def run(self, subject: OrderFile, user: User, answers: Answers) -> Any:
        report = still_there(open_report(subject))
        return commands.refuse_report(report.pk, by=user, **answers)

    def message(self, subject: OrderFile, result: Any) -> str:
        return f"The Gateway Party is told that there is no report {result}, and why."


PAGES: list[OrderPage[Any]] = [MakeReport(), RefuseReport(), AddReadings()]
