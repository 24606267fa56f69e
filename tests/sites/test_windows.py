"""A visit has a day and a window, which go with what is known of getting in."""

from datetime import date, time

import pytest
from django.db import IntegrityError, transaction

from common.working_days import WorkingCalendar
from records.models import Notice
from sites.commands import rearrange_visit
from sites.errors import WindowOutOfOrder
from sites.findings import unusual_visit
from sites.models import SitePassport, SiteVisit
from tests import journey_on_site
from tests.desk.conftest import page_url
from tests.journey_on_site import write_passport
from tests.reading import words_of

MORNING = (time(8), time(13))
TUESDAY, LATER = date(2026, 3, 17), date(2026, 3, 24)
GOOD_FRIDAY = date(2026, 4, 3)
CALENDAR = WorkingCalendar({GOOD_FRIDAY, date(2026, 4, 6)})
STRICT = {
    "days": "working",
    "opens_at": time(7),
    "closes_at": time(17),
    "arrive_by": time(8, 30),
    "notice_working_days": 3,
}


def asked(on=TUESDAY, window=MORNING, today=date(2026, 3, 3), **facts):
    passport = SitePassport(**{**STRICT, **facts})
    found = unusual_visit(on, window, passport=passport, calendar=CALENDAR, today=today)
    return " ".join(filter(None, found))


@pytest.mark.guidance("R-2.13-2")
@pytest.mark.parametrize(
    ("case", "words"),
    [
        ({}, ""),
        ({"today": date(2026, 3, 12)}, ""),
        ({"today": date(2026, 3, 13)}, "notice, so it had to know by Thursday 12"),
        ({"notice_working_days": 0, "today": TUESDAY}, ""),
        ({"window": (time(6), time(9))}, "lets people in from 7am until 5pm"),
        ({"window": (time(8), time(18))}, "lets people in from 7am until 5pm"),
        ({"window": (time(9), time(12))}, "nobody is let in after 8:30am"),
        ({"window": (time(8, 30), time(12))}, ""),
        ({"window": None}, ""),
        ({"on": GOOD_FRIDAY}, "in Monday to Friday, not on bank holidays"),
        ({"on": date(2026, 3, 14), "days": "saturdays"}, "is no working day"),
        ({"on": date(2026, 3, 15), "days": "saturdays"}, "in Monday to Saturday"),
        ({"on": date(2027, 3, 3)}, ""),
        ({"on": date(2027, 3, 4)}, "is more than 12 months away"),
    ],
)
def test_what_does_not_go_with_the_site_is_asked_back(case, words):
    found = asked(**case)

    assert words in found
    assert bool(found) == bool(words)


def test_the_notice_of_a_site_leaves_out_easter():
    said = asked(on=date(2026, 4, 7), today=date(2026, 4, 1))

    assert "three working days’ notice" in said
    assert "by Tuesday 31 March 2026" in said


@pytest.fixture
def visit(ready_order, installer):
    return journey_on_site.book(
        ready_order, installer, "circuit", on=TUESDAY, window=MORNING
    )


def test_a_visit_tells_its_window_wherever_its_day_is_told(visit):
    assert visit.when == "Tuesday 17 March 2026, 8am to 1pm"
    assert (
        "When: Tuesday 17 March 2026, 8am to 1pm"
        in Notice.objects.get(kind="visit_booked").text
    )


def test_a_moved_visit_keeps_its_window_unless_another_is_given(visit, submitter):
    how = {"by": submitter, "reason": "Audit"}
    moved = rearrange_visit(visit.pk, on=LATER, **how)
    assert moved.window == MORNING

    afternoon = (time(13), time(17))
    again = rearrange_visit(moved.pk, on=TUESDAY, window=afternoon, **how)
    assert again.window == afternoon


@pytest.mark.parametrize(
    "window", [(time(8), None), (None, time(8)), (time(9), time(8)), (time(9),) * 2]
)
def test_half_a_window_or_one_that_ends_first_is_refused(
    ready_order, installer, window
):
    with pytest.raises(WindowOutOfOrder, match="the later one second"):
        journey_on_site.book(ready_order, installer, "circuit", window=window)


def test_the_database_holds_both_times_in_order_or_none(visit):
    for times in ({"until_time": None}, {"until_time": time(7)}):
        with pytest.raises(IntegrityError), transaction.atomic():
            SiteVisit.objects.filter(pk=visit.pk).update(**times)


def test_a_visit_remembers_what_was_known_of_the_site_when_it_was_booked(
    visit, submitter
):
    assert visit.passport.number == 1
    write_passport(visit.order, submitter, escort="Always")

    kept = SiteVisit.objects.get(pk=visit.pk)
    moved = rearrange_visit(visit.pk, by=submitter, on=LATER, reason="Audit")
    assert (kept.passport.number, moved.passport.number) == (1, 2)


def test_the_desk_is_asked_back_about_a_window_outside_the_sites_hours(
    client, ready_order, operator
):
    client.force_login(operator)
    times = {"from_time": "5pm", "until_time": "8pm"}
    typed = {"purpose": "circuit", "on": "2026-03-17", "visitor": "Gamma", **times}

    said = words_of(client.post(page_url(ready_order, "book"), typed))

    assert "lets people in from 7am until 6pm. Is that right?" in said
    assert not SiteVisit.objects.exists()


@pytest.mark.parametrize(
    ("times", "words"),
    [
        ({"from_time": "8am"}, "Enter both times, or neither"),
        ({"from_time": "1pm", "until_time": "8am"}, "Enter a time after 1pm"),
        ({"from_time": "8am", "until_time": "soon"}, "Enter a time of day"),
    ],
)
def test_a_window_that_cannot_be_is_said_beside_it(
    client, visit, operator, times, words
):
    client.force_login(operator)
    typed = {"visit": visit.pk, "on": "2026-03-24", "reason": "Snow", **times}

    page = client.post(page_url(visit.order, "move-visit"), typed)

    assert words in words_of(page)
