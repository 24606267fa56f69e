"""The private link that a person's calendar follows, as another library reads it."""

from datetime import date, timedelta

import pytest
import vobject
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from parties.commands import make_calendar_feed, revoke_calendar_feed
from parties.models import CalendarFeed
from records.models import Event
from sites.commands import rearrange_visit
from tests import journey_on_site
from tests.reading import words_of
from worklist.models import WorkItem

VISIT_ON = date(2026, 3, 17)
QUERIES = 9


@pytest.fixture
def visit(ready_order, installer):
    return journey_on_site.book(ready_order, installer, "circuit", on=VISIT_ON)


@pytest.fixture
def link(submitter):
    return place_of(make_calendar_feed(by=submitter))


def place_of(feed):
    return feed.url.removeprefix("http://127.0.0.1:8000")


def events(client, place):
    answer = client.get(place)
    assert answer.status_code == 200
    read = vobject.readOne(answer.content.decode())
    return {event.summary.value: event for event in read.contents.get("vevent", [])}


def days(client, place):
    return {what: event.dtstart.value for what, event in events(client, place).items()}


def test_a_calendar_shows_visits_to_come_and_each_last_day_told(client, visit, link):
    assert days(client, link) == {
        f"{visit.order}: circuit installation": VISIT_ON,
        f"{visit.order}: last day to move the visit free of charge": date(2026, 3, 10),
    }


def test_the_last_day_to_decide_stands_there_without_its_price(
    client, issued_quote, link
):
    shown = client.get(link).content.decode()

    event = events(client, link)[f"{issued_quote.order}: last day to accept"]
    assert event.dtstart.value == date(2026, 4, 2)
    assert "Who can do it: Ada Law." in event.description.value
    assert event.url.value.endswith(issued_quote.get_absolute_url())
    assert "£" not in shown


def test_a_visit_that_moved_stands_once_and_in_its_own_place(
    client, visit, link, operator
):
    what = f"{visit.order}: circuit installation"
    before = events(client, link)[what].uid.value
    rearrange_visit(visit.pk, by=operator, on=date(2026, 3, 24), reason="No engineer")

    after = events(client, link)[what]

    assert (after.uid.value, after.dtstart.value) == (before, date(2026, 3, 24))


def test_a_visit_that_was_yesterday_is_not_to_come(client, visit, link, clock):
    clock.shift(timedelta(days=15))

    assert f"{visit.order}: circuit installation" not in days(client, link)


def test_what_waits_for_something_else_has_no_day_to_show(client, issued_quote, link):
    WorkItem.objects.open().update(
        paused_since=issued_quote.issued_at, paused_because="It waits."
    )

    assert days(client, link) == {}


def test_a_person_of_another_party_sees_nothing_of_it(client, visit, outsider):
    assert days(client, place_of(make_calendar_feed(by=outsider))) == {}


@pytest.mark.parametrize("change", ["replaced", "ended", "closed"])
def test_a_link_that_is_replaced_or_ended_or_whose_person_left_answers_404(
    client, submitter, link, change
):
    if change == "replaced":
        new = place_of(make_calendar_feed(by=submitter))
        assert (new == link, client.get(new).status_code) == (False, 200)
    elif change == "ended":
        revoke_calendar_feed(by=submitter)
    else:
        submitter.is_active = False
        submitter.save()

    assert client.get(link).status_code == 404


def test_the_row_alone_opens_nothing(client, link, submitter):
    key = submitter.calendar_feed.key

    for guess in (key, f"{key}.", f"{key}.{'a' * 43}", link[10:-5]):
        place = reverse("calendar-feed", args=[guess])
        assert client.get(place).status_code == 404


def test_nobody_keeps_or_finds_it_and_a_program_that_asks_too_often_waits(
    client, link, settings
):
    settings.ACCOUNT_RATE_LIMITS = {"private_link": "2/h/key"}

    answers = [client.get(link) for _ in range(3)]

    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert answers[0]["Cache-Control"] == "private, no-store"
    assert answers[0]["X-Robots-Tag"] == "noindex, nofollow"
    assert answers[0]["Content-Type"] == "text/calendar; charset=utf-8"
    assert not answers[0].cookies


def test_it_asks_each_thing_once_however_much_it_shows(
    client, visit, link, make_order, django_assert_num_queries
):
    for state in ("quoted", "quoted", "returned"):
        make_order(state)

    with django_assert_num_queries(QUERIES):
        shown = days(client, link)

    assert len(shown) == 4


def test_a_person_makes_replaces_and_ends_the_link_on_their_account(client, submitter):
    client.force_login(submitter)
    assert "Make a private calendar link" in words_of(client.get(reverse("account")))

    made = words_of(client.post(reverse("calendar-make"), follow=True))
    assert submitter.calendar_feed.url in made
    first = submitter.calendar_feed.key
    client.post(reverse("calendar-make"))
    assert CalendarFeed.objects.get().key != first
    ended = words_of(client.post(reverse("calendar-revoke"), follow=True))

    assert "Make a private calendar link" in ended
    assert [
        *Event.objects.filter(name__contains="calendar").values_list("name", flat=True)
    ] == ["revoke_calendar_feed", "make_calendar_feed", "make_calendar_feed"]


@pytest.mark.parametrize("who", ["operator", "installer"])
def test_who_is_of_no_party_has_no_such_link(request, client, who):
    person = request.getfixturevalue(who)
    client.force_login(person)

    assert client.post(reverse("calendar-make")).status_code in {403, 404}
    with pytest.raises(PermissionDenied):
        make_calendar_feed(by=person)
