"""Performance reports at the desk: a file is read, and a report made of it."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from connections.models import PerformanceReport
from tests.journey_on_site import after, readings
from tests.reading import words_of


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "The file is empty"),
        (b"PK\x03\x04sheet", "own file. Save it as CSV UTF-8"),
        (b"\xff\xfe\x00", "The file is not text"),
        (b"timestamp,up,down\n2026-03-03T10:05Z,1\x00,2", "The file is not text"),
        (b"timestamp,up,down\nnoon,1,2", "Line 2: noon is no time such as"),
        (b"timestamp,up,down\n2026-03-03T10:05Z,99000000000,2", "Is that right?"),
        (b"timestamp,up,down\n2026-03-03T10:05Z,9,2", "next to nothing"),
    ],
)
def test_a_file_that_cannot_be_taken_says_why_and_the_report_waits(
    as_, report, operator, content, words
):
    file = SimpleUploadedFile("router.csv", content)
    answer = as_(operator).do(report.connection.order, "report", file=file)

    assert words in words_of(answer)
    assert PerformanceReport.objects.get().is_open


def test_the_desk_makes_it_with_the_file_at_hand(as_, report, operator, clock):
    connection = report.connection
    clock.move_to(after(connection))
    content = readings(connection).content
    desk = as_(operator)

    page = words_of(desk.page(connection.order, "report"))
    assert "0 of 288: choose a file that has them" in page
    desk.do(connection.order, "report", file=SimpleUploadedFile("router.csv", content))

    assert PerformanceReport.objects.get().is_ready
