"""Performance reports: asked for, answered out of readings, refused, taken back."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from common.clock import uk_date
from common.csv_file import csv_lines
from common.files import CsvUpload
from common.wording import day_words
from connections import emails, policies
from connections.commands.locks import locked_connection, require_goes_on
from connections.commands.report_pdf import make_report_pdf
from connections.commands.usage import days_between, keep_readings
from connections.errors import (
    NotMeasured,
    RefusalMissing,
    ReportAsked,
    ReportDaysWrong,
    ReportTooEarly,
)
from connections.links import lv_rates
from connections.models import Connection, PerformanceReport
from connections.usage.charts import MEGABIT
from connections.usage.figures import MOST_WEEKS, WEEK, UsageReport, report_of
from connections.usage.frozen import frozen
from connections.usage.readings import Readings, merged, readings_between
from orders.commands import working_calendar
from orders.models import ConnectionRequest
from parties.models import User
from records.behalf import person_of
from records.commands import next_reference, owe, store_document
from records.models import Document
from records.transitions import perform, record_event
from records.unit import command

MOST_DAYS = 366
HEAD = ("timestamp", "up", "down")


@command
def request_report(
    connection_id: int,
    *,
    by: User,
    first_day: date,
    last_day: date,
    note: str = "",
    at: datetime | None = None,
) -> PerformanceReport:
    """Ask DCC for a report of the use of a connection in service.

    Args:
        first_day, last_day: UK days, both inside, over by now.
        note: what it is wanted for, if somebody says so.

    Raises:
        ReportTooEarly: the connection was never in service.
        EndedAlready: it is in service no longer.
        ReportAsked: another one is being prepared.
        ReportDaysWrong: days to come, before it was installed, or more than a year.
        PermissionDenied: `by` may not submit for its Gateway Party.

    Source: R-2.8-9, R-2.8-10.
    """
    at = at or timezone.now()
    connection = locked_connection(connection_id)
    if not policies.may_request_report(connection, by):
        raise PermissionDenied
    require_measured(connection)
    check_report_days(connection, first_day, last_day, uk_date(at))
    asked = connection.reports.requested().first()
    if asked is not None:
        days = (day_words(asked.first_day), day_words(asked.last_day))
        raise ReportAsked(report=asked, first=days[0], last=days[1])
    report: PerformanceReport = PerformanceReport.objects.create(
        reference=next_reference("REP"),
        connection=connection,
        first_day=first_day,
        last_day=last_day,
        note=note.strip(),
        requested_by=person_of(by),
        requested_at=at,
    )
    what = f"Performance report {report} asked for, {span_words(report)}"
    record_event(report, "request_report", by=by, at=at, what=what, why=report.note)
    return report


def require_measured(connection: Connection) -> None:
    """Refuse a report of what is not in service. Source: R-2.8-9, R-2.8-10."""
    if connection.router_configured_on is None:
        raise ReportTooEarly(connection=connection)
    require_goes_on(connection, "no report of its use is made any more")


def span_words(report: PerformanceReport) -> str:
    return f"{day_words(report.first_day)} to {day_words(report.last_day)}"


def check_report_days(
    connection: Connection, first_day: date, last_day: date, today: date
) -> None:
    """Refuse days that no reading can be of. The last may be yesterday at most."""
    if last_day < first_day:
        raise ReportDaysWrong(reason="The last day is before the first.")
    if last_day >= today:
        raise ReportDaysWrong(
            reason=f"{day_words(last_day)} is not over. Choose yesterday or earlier."
        )
    if first_day < connection.completed_on:
        since = day_words(connection.completed_on)
        raise ReportDaysWrong(
            reason=f"{connection} was installed on {since}. Choose that day or later."
        )
    if (last_day - first_day).days >= MOST_DAYS:
        raise ReportDaysWrong(reason="Choose a year at most.")


def locked_report(report_id: int) -> PerformanceReport:
    """Lock the order, then read the report."""
    ConnectionRequest.objects.locked().get(connection__reports=report_id)
    report: PerformanceReport = PerformanceReport.objects.for_pages().get(pk=report_id)
    return report


@command
def answer_report(
    report_id: int,
    *,
    by: User,
    file: CsvUpload | None = None,
    corrects: bool = False,
    at: datetime | None = None,
) -> PerformanceReport:
    """Make a report out of the readings of its days, a file of them first if given.

    Args:
        file: readings to add; none where they were added before.
        corrects: that the file puts right what an earlier one said.

    Raises:
        NotMeasured: no reading of its days is known.
        As `keep_readings`.
        NotPossibleInState: it was answered, or taken back.
        PermissionDenied: `by` is not DCC Operations.

    Source: R-2.8-9, R-2.8-10.
    """
    at = at or timezone.now()
    report = locked_report(report_id)
    connection = report.connection
    if not policies.may_answer_report(report, by):
        raise PermissionDenied
    if file is not None:
        keep_readings(connection, file, corrects=corrects, by=by, at=at)
    days = days_that_count(report)
    worked_out = work_out(report, days)
    perform(
        report.answer,
        by=by,
        at=at,
        answered_by=by,
        facts={"report": frozen(worked_out), "lead_days": lead_days(connection)},
        readings=stored_readings(report, days, by=by, at=at),
    )
    owe(make_report_pdf, report.pk, about=report.reference, thread=report.thread)
    emails.report_ready(report, worked_out, at)
    return report


def days_that_count(report: PerformanceReport) -> dict[date, Readings]:
    """Return the readings of a report's days, and of the weeks that its trend needs."""
    earliest = report.last_day - WEEK * (MOST_WEEKS + 1)
    first_day = min(earliest, report.first_day)
    return days_between(report.connection, first_day, report.last_day)


def work_out(report: PerformanceReport, days: dict[date, Readings]) -> UsageReport:
    """Return what the readings say of the days of a report.

    Raises:
        NotMeasured: there is none.
    """
    found = report_of(
        days,
        report.first_day,
        report.last_day,
        ratings=ratings_of(report.connection),
        is_working_day=working_calendar().is_working_day,
    )
    if found is None:
        first, last = day_words(report.first_day), day_words(report.last_day)
        raise NotMeasured(first=first, last=last)
    return found


@dataclass(frozen=True)
class Coverage:
    """How many readings of a report's days are known, of how many there would be."""

    known: int
    expected: int

    @property
    def missing(self) -> int:
        return self.expected - self.known


def coverage_of(report: PerformanceReport) -> Coverage:
    days = days_between(report.connection, report.first_day, report.last_day)
    expected = readings_between(report.first_day, report.last_day)
    return Coverage(sum(map(len, days.values())), expected)


def lead_days(connection: Connection) -> int | None:
    """Return how many calendar days a higher rate takes; None where none is to be had.

    LV has none, and HV none above the highest rate.

    Source: R-2.6-11, R-2.6-12, R-2.7.1-1.
    """
    if not connection.is_hv:
        return None
    is_highest = (connection.hv_rating_mbps or 0) >= settings.HV_MAXIMUM_MBPS
    return None if is_highest else int(settings.RATE_CHANGE_DAYS)


def ratings_of(connection: Connection) -> tuple[int, int]:
    """Return what a connection carries to DCC and from it, in bits per second.

    HV has one rating both ways; an LV line what `lv_rates` knows of it.

    Source: R-2.6-2, R-2.6-7, R-2.8-10.
    """
    if connection.is_hv:
        rating = (connection.hv_rating_mbps or 0) * MEGABIT
        return rating, rating
    down, up = lv_rates(connection)
    return int(up * MEGABIT), int(down * MEGABIT)


def stored_readings(
    report: PerformanceReport,
    days: dict[date, Readings],
    *,
    by: User,
    at: datetime,
) -> Document:
    """Keep the readings of the days of a report as they are now."""
    inside = [found for day, found in days.items() if day >= report.first_day]
    rows = (
        (datetime.fromtimestamp(moment, UTC).isoformat(), up, down)
        for moment, up, down in merged(inside).rows()
    )
    content = "".join([*csv_lines([HEAD]), *csv_lines(rows)]).encode()
    return store_document(
        content,
        kind=Document.Kind.READINGS,
        name=f"{report} readings.csv",
        content_type="text/csv",
        thread=report.thread,
        by=by,
        at=at,
    )


@command
def refuse_report(
    report_id: int, *, by: User, reason: str, at: datetime | None = None
) -> PerformanceReport:
    """Say that a report cannot be made, and why; its Gateway Party is told.

    Raises:
        RefusalMissing: no reason is given.
        NotPossibleInState, PermissionDenied.

    Source: R-2.8-9.
    """
    at = at or timezone.now()
    report = locked_report(report_id)
    why = reason.strip()
    if not why:
        raise RefusalMissing
    perform(report.refuse, by=by, at=at, why=why, answered_by=by, refusal=why)
    emails.report_refused(report, at)
    return report


@command
def withdraw_report(
    report_id: int, *, by: User, at: datetime | None = None
) -> PerformanceReport:
    """Take back the wish for a report that is not made yet. Source: R-2.8-9."""
    report = locked_report(report_id)
    perform(report.withdraw, by=by, at=at or timezone.now())
    return report
