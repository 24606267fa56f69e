"""Performance reports: asked for by a Party, made by DCC, kept as they were made."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from common.files import CsvUpload
from connections.commands import (
    add_readings,
    make_report_pdf,
    refuse_report,
    withdraw_report,
)
from connections.errors import (
    NotMeasured,
    ReadingsDiffer,
    ReadingsOutOfTime,
    RefusalMissing,
    ReportAsked,
    ReportDaysWrong,
    ReportTooEarly,
)
from connections.models import PerformanceReport, UsageDay
from orders.sections.papers import documents_visible_to
from records.errors import NotPossibleInState
from records.models import Document, Event, Notice
from tests import journey
from tests.journey_on_site import after, make_report, readings, request_report
from tests.owed import do
from tests.reading import words_of
from worklist.models import WorkItem

DAY = timedelta(days=1)


def work():
    return WorkItem.objects.filter(kind="make_report", closed_at=None)


def pages(client, person, *args, name="report", **asked):
    client.force_login(person)
    return client.get(reverse(name, args=args), asked)


@pytest.mark.guidance("R-2.8-9")
def test_a_report_that_is_asked_for_is_owed_by_operations(report, connection):
    assert work().get().turn == "operations"
    assert (report.state, report.thread) == ("requested", connection.thread)


@pytest.mark.guidance("R-2.8-9", "R-2.3-3")
@pytest.mark.parametrize("who", ["authoriser", "colleague", "outsider", "operator"])
def test_only_a_submitter_of_the_gateway_party_asks(
    request, connection_in_service, who
):
    with pytest.raises(PermissionDenied):
        request_report(connection_in_service, request.getfixturevalue(who))


@pytest.mark.guidance("R-2.8-10")
def test_none_is_made_before_the_connection_is_in_service(connection, submitter):
    with pytest.raises(ReportTooEarly, match="not in service yet"):
        request_report(connection, submitter)


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        (1, 0, "before the first"),
        (0, 2, "is not over"),
        (-1, 0, "was installed on"),
    ],
)
def test_days_that_no_reading_can_be_of_are_refused(
    connection_in_service, submitter, first, last, words
):
    day = connection_in_service.completed_on
    with pytest.raises(ReportDaysWrong, match=words):
        request_report(
            connection_in_service,
            submitter,
            first_day=day + DAY * first,
            last_day=day + DAY * last,
        )


def test_a_report_covers_a_year_at_most(connection_in_service, submitter):
    day = connection_in_service.completed_on
    long, later = day + DAY * 366, after(connection_in_service) + DAY * 400

    with pytest.raises(ReportDaysWrong, match="a year at most"):
        request_report(connection_in_service, submitter, last_day=long, at=later)
    kept = request_report(
        connection_in_service, submitter, last_day=long - DAY, at=later
    )
    assert kept.days == 366


def test_one_is_asked_for_at_a_time_and_can_be_taken_back(report, submitter):
    with pytest.raises(ReportAsked, match=report.reference):
        request_report(report.connection, submitter)

    withdraw_report(report.pk, by=submitter)

    assert not work().exists()
    assert request_report(report.connection, submitter).is_open


@pytest.mark.guidance("R-2.8-9", "R-2.8-10")
def test_a_report_is_made_of_readings_and_its_party_is_told(
    report, operator, submitter
):
    made = make_report(report, operator)

    assert (made.state, made.answered_by) == ("ready", operator)
    found = made.worked_out
    assert (found.readings, found.missing) == (288, 0)
    assert (found.up.level, found.up.rating) == (4_000_000, 20_000_000)
    assert (found.down.level, found.down.rating) == (2_000_000, 20_000_000)
    assert not work().exists()
    told = Notice.objects.get(kind="report_ready")
    assert told.to == submitter.email
    assert "4 Mbps, 20% of the 20 it carries" in told.text


@pytest.mark.guidance("R-2.8-9")
def test_its_pdf_is_made_once_and_says_the_same(report, operator):
    make_report(report, operator)
    do(make_report_pdf, report.pk)

    kept = PerformanceReport.objects.get()
    assert kept.document.kind == Document.Kind.REPORT
    assert journey.content_of(kept.document).startswith(b"%PDF-1.7")
    assert make_report_pdf(report.pk) is False


@pytest.mark.guidance("R-1.3-3", "R-2.3-3")
def test_its_papers_are_for_the_party_and_dcc(
    report, operator, submitter, outsider, configurer
):
    make_report(report, operator)
    papers = Document.objects.filter(kind=Document.Kind.READINGS)

    def sees(person):
        return set(documents_visible_to(person)) >= set(papers)

    assert papers.count() == 2
    assert [sees(person) for person in (operator, submitter)] == [True, True]
    assert [sees(person) for person in (outsider, configurer)] == [False, False]


def test_without_a_reading_of_its_days_none_is_made(report, operator):
    with pytest.raises(NotMeasured, match="No reading is known from"):
        make_report(report, operator, file=None)
    assert PerformanceReport.objects.get().is_open


@pytest.mark.parametrize("who", ["submitter", "desk", "configurer"])
def test_only_operations_make_one(request, report, who):
    with pytest.raises(PermissionDenied):
        make_report(report, request.getfixturevalue(who))


@pytest.mark.guidance("R-2.8-9")
def test_the_same_file_twice_changes_nothing(connection_in_service, operator):
    file, at = readings(connection_in_service), after(connection_in_service)
    for _ in range(2):
        add_readings(connection_in_service.pk, by=operator, file=file, at=at)

    assert Event.objects.filter(name="add_readings").count() == 1
    assert Document.objects.filter(kind=Document.Kind.READINGS).count() == 1


def test_a_file_that_says_something_else_has_to_say_that_it_corrects(report, operator):
    connection = report.connection
    make_report(report, operator)
    other, at = readings(connection, rate=9_000_000), after(connection)

    with pytest.raises(ReadingsDiffer, match="288 of these readings differ"):
        add_readings(connection.pk, by=operator, file=other, at=at)
    add_readings(connection.pk, by=operator, file=other, corrects=True, at=at)

    assert UsageDay.objects.get().file.kind == Document.Kind.READINGS
    said = Event.objects.filter(name="add_readings").values_list("why", flat=True)
    assert "288 of them put right what was said before" in said
    # What was made stays as it was made.
    assert PerformanceReport.objects.get().worked_out.up.level == 4_000_000


def test_readings_of_one_day_may_come_in_parts(connection_in_service, operator):
    at = after(connection_in_service)
    head, *rows = readings(connection_in_service).text.splitlines()
    for part in (rows[:100], rows[100:]):
        text = "\n".join([head, *part])
        file = CsvUpload(text.encode(), "part.csv", "not_scanned", text)
        add_readings(connection_in_service.pk, by=operator, file=file, at=at)

    assert len(bytes(UsageDay.objects.get().readings)) == 288 * 3 * 8


@pytest.mark.parametrize(("days", "before"), [(4, 0), (1, 1)])
def test_readings_of_another_time_are_refused(
    connection_in_service, operator, days, before
):
    """To come still, or from before the connection was installed."""
    connection = connection_in_service
    file = readings(connection, days=days, before=before)

    with pytest.raises(ReadingsOutOfTime):
        add_readings(connection.pk, by=operator, file=file, at=after(connection))
    assert not UsageDay.objects.exists()


def test_one_that_cannot_be_made_says_why(report, operator, submitter):
    with pytest.raises(RefusalMissing):
        refuse_report(report.pk, by=operator, reason=" ")
    refuse_report(report.pk, by=operator, reason="The router kept no readings.")

    assert (
        "The router kept no readings." in Notice.objects.get(kind="report_refused").text
    )
    with pytest.raises(NotPossibleInState):
        withdraw_report(report.pk, by=submitter)


@pytest.mark.guidance("R-2.8-9", "R-2.8-10")
def test_a_party_asks_reads_and_takes_back_on_its_pages(
    client, connection_in_service, submitter, operator, clock
):
    connection = connection_in_service
    clock.move_to(after(connection))
    day = connection.completed_on
    client.force_login(submitter)
    new = reverse("report-new", args=[connection.reference])
    asked = {
        f"{name}_{part}": getattr(day, part)
        for name in ("first_day", "last_day")
        for part in ("day", "month", "year")
    }

    assert client.post(new, asked).status_code == 302
    report = PerformanceReport.objects.get()
    again = words_of(client.post(new, asked))
    assert f"{report.reference} is being prepared already" in again
    names = [connection.reference, report.reference]
    assert "This report is being prepared" in words_of(pages(client, submitter, *names))
    make_report(report, operator)
    up = words_of(pages(client, submitter, *names))
    down = words_of(pages(client, submitter, *names, direction="down"))
    assert "in the direction to DCC" in up
    # From what is used to what could be asked for.
    assert reverse("connection-rate", args=[connection.reference]) in up
    assert "in the direction from DCC" in down
    assert "Ready" in words_of(pages(client, submitter, names[0], name="reports"))


def test_one_that_is_not_made_yet_is_taken_back_by_a_click(client, report, submitter):
    names = [report.connection.reference, report.reference]
    client.force_login(submitter)
    client.post(reverse("report-withdraw", args=names))

    assert PerformanceReport.objects.get().state == "withdrawn"
    assert "no longer wanted" in words_of(pages(client, submitter, *names))
