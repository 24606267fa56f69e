"""Calendar files: lines as the standard asks, times of the UK, and plain text."""

from datetime import UTC, date, datetime, time

import pytest
import vobject

from common.calendar_file import Entry, feed_file, letter_file

AT = datetime(2026, 3, 3, 10, tzinfo=UTC)
DAY = date(2026, 3, 17)


def entry(**facts):
    return Entry(**{"uid": "VIS-1@portal.example", "what": "Survey", "on": DAY} | facts)


def feed(*entries):
    return feed_file(entries, at=AT, name="Gateway Connections")


def read(text):
    return vobject.readOne(text)


def test_no_line_is_longer_than_75_octets_and_each_ends_as_it_must():
    text = feed(entry(what="Ŵ" * 200, words=("one, two; three\\ " * 20,)))

    lines = text.encode().split(b"\r\n")
    assert max(len(line) for line in lines) <= 75
    assert not any(b"\n" in line or b"\r" in line for line in lines)
    assert text.endswith("END:VCALENDAR\r\n")


@pytest.mark.parametrize(
    "typed", ["a\r\nEND:VEVENT", "a\nBEGIN:VALARM", "a\u2028URL:x", "a\x0bUID:2"]
)
def test_what_people_typed_is_text_and_nothing_else(typed):
    event = read(feed(entry(what=typed, where=typed, words=(typed,)))).vevent

    assert event.uid.value == "VIS-1@portal.example"
    assert event.summary.value == event.location.value
    assert set(event.contents) == {
        *("uid", "dtstamp", "dtstart", "dtend", "summary", "location"),
        *("description", "sequence", "status", "transp"),
    }


@pytest.mark.parametrize(
    ("on", "first", "last"),
    [
        (
            DAY,
            datetime(2026, 3, 17, 9, tzinfo=UTC),
            datetime(2026, 3, 17, 12, tzinfo=UTC),
        ),
        (
            date(2026, 7, 1),
            datetime(2026, 7, 1, 8, tzinfo=UTC),
            datetime(2026, 7, 1, 11, tzinfo=UTC),
        ),
    ],
)
def test_hours_are_those_of_the_uk_in_winter_and_in_summer(on, first, last):
    event = read(feed(entry(on=on, hours=(time(9), time(12))))).vevent

    assert (event.dtstart.value, event.dtend.value) == (first, last)
    assert event.transp.value == "OPAQUE"


def test_a_day_without_a_time_keeps_nobody_busy():
    assert read(feed(entry())).vevent.transp.value == "TRANSPARENT"


@pytest.mark.parametrize(
    ("is_off", "method", "status"),
    [(False, "REQUEST", "CONFIRMED"), (True, "CANCEL", "CANCELLED")],
)
def test_a_file_by_email_says_whom_it_is_for_and_what_to_do(is_off, method, status):
    text = letter_file(
        entry(is_off=is_off),
        at=AT,
        to="sue@north.example",
        organiser="desk@dcc.example",
    )

    calendar = read(text)
    assert calendar.method.value == method
    assert calendar.vevent.status.value == status
    assert calendar.vevent.attendee.value == "mailto:sue@north.example"
    assert calendar.vevent.organizer.value == "mailto:desk@dcc.example"


def test_a_feed_asks_nobody_for_anything():
    calendar = read(feed(entry(), entry(uid="VIS-2@portal.example")))

    assert calendar.method.value == "PUBLISH"
    assert [event.uid.value for event in calendar.vevent_list] == [
        "VIS-1@portal.example",
        "VIS-2@portal.example",
    ]
    assert "attendee" not in calendar.vevent.contents
