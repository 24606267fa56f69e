"""The calendar file of each e-mail about a visit, as another library reads it."""

from datetime import UTC, date, datetime, time

import pytest
import vobject
from django.urls import reverse

from records.commands import notices
from records.models import Notice
from sites.commands import rearrange_visit
from tests import journey, journey_on_site
from tests.owed import do
from tests.reading import words_of

VISIT_ON = date(2026, 3, 17)
MOVED_TO = date(2026, 3, 24)


@pytest.fixture
def visit(ready_order, installer):
    return journey_on_site.book(ready_order, installer, "circuit", on=VISIT_ON)


def move(visit, operator, on=MOVED_TO):
    return rearrange_visit(visit.pk, by=operator, on=on, reason="No engineer")


def sent(mailoutbox, kind):
    """Send the e-mail of a kind; return its calendar file and the file's method."""
    do(notices.deliver_notice, Notice.objects.filter(kind=kind).latest("pk").pk)
    file = mailoutbox[-1].attachments[0]
    read = vobject.readOne(file.get_payload(decode=True).decode())
    assert file.get_filename() == "visit.ics"
    assert file.get_content_type() == "text/calendar"
    assert file.get_param("method") == read.method.value
    return read


def told(read):
    event = read.vevent
    return read.method.value, event.status.value, int(event.sequence.value)


@pytest.mark.guidance("R-3.6-2", "R-3.5-7")
def test_the_email_of_a_booking_puts_the_visit_into_calendars(visit, mailoutbox):
    read = sent(mailoutbox, "visit_booked")

    event = read.vevent
    assert told(read) == ("REQUEST", "CONFIRMED", 0)
    assert event.summary.value == f"{visit.order}: circuit installation"
    assert (event.dtstart.value, event.dtend.value) == (VISIT_ON, date(2026, 3, 18))
    assert "Who comes: Openreach." in event.description.value
    assert "until the end of Tuesday 10 March 2026" in event.description.value
    assert event.location.value == visit.order.data_centre.address
    assert event.url.value.endswith(reverse("visit", args=[visit.reference]))
    assert event.attendee.value == f"mailto:{mailoutbox[-1].to[0]}"


def test_a_visit_with_a_window_stands_at_its_uk_times(
    ready_order, installer, mailoutbox
):
    window = time(9), time(13)
    day = date(2026, 3, 31)
    journey_on_site.book(ready_order, installer, "circuit", on=day, window=window)

    event = sent(mailoutbox, "visit_booked").vevent
    # The clocks went forward on the 29th.
    assert event.dtstart.value == datetime(2026, 3, 31, 8, tzinfo=UTC)
    assert event.dtend.value == datetime(2026, 3, 31, 12, tzinfo=UTC)


@pytest.mark.guidance("R-3.5-7")
def test_a_visit_that_moves_takes_its_own_place_in_the_calendar(
    visit, operator, mailoutbox
):
    booked = sent(mailoutbox, "visit_booked").vevent
    moved = move(visit, operator)
    move(moved, operator, on=date(2026, 3, 31))

    read = sent(mailoutbox, "visit_rearranged")

    assert told(read) == ("REQUEST", "CONFIRMED", 4)
    assert read.vevent.uid.value == booked.uid.value
    assert read.vevent.dtstart.value == date(2026, 3, 31)


@pytest.mark.guidance("R-2.9.1-10")
def test_a_failed_visit_is_taken_out_and_the_next_comes_in_its_place(
    ready_order, installer, mailoutbox
):
    visit = journey_on_site.book(ready_order, installer, "circuit")
    booked = sent(mailoutbox, "visit_booked").vevent
    journey_on_site.turn_away(visit, installer)
    off = sent(mailoutbox, "visit_failed")
    journey_on_site.book(ready_order, installer, "circuit", on=VISIT_ON)
    again = sent(mailoutbox, "visit_booked")

    assert (told(off), told(again)) == (
        ("CANCEL", "CANCELLED", 1),
        ("REQUEST", "CONFIRMED", 2),
    )
    assert {off.vevent.uid.value, again.vevent.uid.value} == {booked.uid.value}


@pytest.mark.guidance("R-3.6-2")
def test_a_visit_of_an_order_that_ends_is_called_off_by_email_and_in_the_calendar(
    visit, authoriser, mailoutbox
):
    booked = sent(mailoutbox, "visit_booked").vevent
    journey.cancel(visit.order, authoriser)

    off = sent(mailoutbox, "visit_called_off")

    assert told(off) == ("CANCEL", "CANCELLED", 1)
    assert off.vevent.uid.value == booked.uid.value
    assert "nobody comes" in mailoutbox[-1].body


def test_no_other_email_carries_a_calendar_file(visit):
    kinds = Notice.objects.exclude(calendar="").values_list("kind", flat=True)

    assert set(kinds) == {"visit_booked"}


@pytest.mark.parametrize(
    ("kind", "named"), [("visit_booked", 1), ("request_accepted", 0)]
)
def test_staff_read_on_an_email_which_file_went_with_it(
    client, operator, visit, *, kind, named
):
    notice = Notice.objects.filter(kind=kind).latest("pk")
    client.force_login(operator)

    page = client.get(reverse("admin:records_notice_change", args=[notice.pk]))

    assert words_of(page).count("visit.ics") == named
    assert "BEGIN:VCALENDAR" not in words_of(page)
