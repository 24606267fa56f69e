"""The installer's first page: today's visits, those to come, and what to record."""

from datetime import date, time

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.html import strip_tags

from sites.commands import record_arrival
from tests import journey_on_site

TUESDAY = date(2026, 3, 17)
MORNING = (time(8), time(13))


@pytest.fixture
def visit(ready_order, installer):
    """On Tuesday 17 March 2026, from 8am to 1pm."""
    return journey_on_site.book(
        ready_order, installer, "circuit", on=TUESDAY, window=MORNING
    )


@pytest.fixture
def home(client, clock, installer):
    """Return what the installer's first page says at a moment."""

    def read(moment):
        clock.move_to(moment)
        client.force_login(installer)
        page = client.get(reverse("admin:index"))
        return page, " ".join(strip_tags(page.content.decode()).split())

    return read


def test_on_the_day_it_says_where_to_go_whom_to_call_and_what_to_bring(home, visit):
    page, told = home("2026-03-17T07:30Z")

    assert "One visit today" in told
    assert "8am to 1pm Access agreed" in told
    passport = visit.passport
    assert passport.first_phone in told
    assert all(words in told for words in (passport.identity, passport.rack) if words)
    assert f'href="{visit.gate_address}"' in page.content.decode()


def test_once_there_the_work_is_recorded(home, visit, installer, clock):
    clock.move_to("2026-03-17T08:20Z")
    record_arrival(visit.pk, by=installer)

    _, told = home("2026-03-17T09:00Z")

    assert "You are on site" in told
    assert "Record the work" in told
    assert "I have arrived" not in told


def test_the_days_before_it_say_when_it_comes(home, visit):
    _, told = home("2026-03-12T09:00Z")

    assert "No visits today" in told
    assert "The next visit is on Tuesday 17 March 2026." in told
    assert "The next two weeks" in told


def test_what_nobody_recorded_is_asked_for_the_day_after(home, visit):
    _, told = home("2026-03-18T09:00Z")

    assert "To record" in told
    assert "Tuesday 17 March 2026, 8am to 1pm" in told


def test_what_the_site_changed_since_the_booking_stands_out(home, visit, operator):
    identity = "Passport, no driving licence"
    journey_on_site.write_passport(visit.order, operator, identity=identity)

    _, told = home("2026-03-17T07:30Z")

    assert "Changed since it was booked: identity checks is now Passport" in told


def test_many_visits_ask_no_more_queries_than_one(home, visit, make_order, installer):
    home("2026-03-10T07:30Z")
    with CaptureQueriesContext(connection) as one:
        home("2026-03-10T07:30Z")
    for _ in range(3):
        order = journey_on_site.agree_access(make_order("authorised"), installer)
        journey_on_site.book(order, installer, "circuit", on=TUESDAY, window=MORNING)

    with CaptureQueriesContext(connection) as four:
        page, _ = home("2026-03-10T07:30Z")

    assert len(page.context["rounds"].later) == 4
    assert len(four) == len(one)


@pytest.mark.parametrize("who", ["configurer", "operator"])
def test_others_keep_the_page_of_their_queues(request, client, visit, who):
    client.force_login(request.getfixturevalue(who))

    page = client.get(reverse("admin:index"))

    assert "rounds" not in page.context
