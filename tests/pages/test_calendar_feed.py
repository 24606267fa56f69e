"""The private links that calendars follow, as another library reads them."""

from datetime import date, timedelta

import pytest
import vobject
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from parties.commands import (
    end_shared_calendar,
    make_calendar_feed,
    revoke_calendar_feed,
    share_calendar,
)
from parties.models import CalendarFeed, PartyCalendarFeed, User
from records.models import Event
from sites.commands import call_off_visit, rearrange_visit
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
    assert int(after.sequence.value) == 2


@pytest.mark.guidance("R-3.5-7")
def test_a_visit_that_is_called_off_stands_there_as_cancelled_and_leads_to_its_page(
    client, visit, link, submitter
):
    what = f"{visit.order}: circuit installation"
    before = events(client, link)[what].uid.value
    call_off_visit(visit.pk, by=submitter, reason="The hall is closed")

    off = events(client, link)[what]

    assert (off.uid.value, off.status.value) == (before, "CANCELLED")
    assert off.url.value.endswith(f"/visits/{visit}/")


def test_a_visit_that_was_yesterday_is_not_to_come(client, visit, link, clock):
    clock.shift(timedelta(days=15))

    assert f"{visit.order}: circuit installation" not in days(client, link)


def test_what_waits_for_something_else_has_no_day_to_show(client, issued_quote, link):
    WorkItem.objects.open().update(
        paused_since=issued_quote.issued_at, paused_because="It waits."
    )

    assert days(client, link) == {}


@pytest.mark.parametrize("make", [make_calendar_feed, share_calendar])
def test_another_party_sees_nothing_of_it(client, visit, outsider, make):
    assert days(client, place_of(make(by=outsider))) == {}


def test_the_calendar_that_a_party_shares_shows_what_each_of_its_people_reads(
    client, visit, link, authoriser
):
    shared = place_of(share_calendar(by=authoriser))

    assert events(client, shared).keys() == events(client, link).keys()
    assert "DCC Gateway Connections: Northgate" in client.get(shared).content.decode()


@pytest.mark.parametrize("change", ["replaced", "ended", "gone"])
def test_a_shared_link_ends_when_it_is_replaced_or_ended_or_nobody_acts_for_its_party(
    client, submitter, authoriser, change
):
    place = place_of(share_calendar(by=authoriser))
    assert client.get(place).status_code == 200
    if change == "replaced":
        assert client.get(place_of(share_calendar(by=submitter))).status_code == 200
    elif change == "ended":
        end_shared_calendar(by=submitter)
    else:
        User.objects.filter(party=submitter.party).update(is_active=False)

    assert client.get(place).status_code == 404


def test_a_shared_link_outlives_whoever_made_it(client, submitter, authoriser):
    place = place_of(share_calendar(by=authoriser))
    User.objects.filter(pk=authoriser.pk).update(is_active=False)

    assert client.get(place).status_code == 200


def test_only_who_is_nominated_makes_ends_or_reads_the_shared_link(
    client, authoriser, colleague, outsider
):
    client.force_login(authoriser)
    made = words_of(client.post(reverse("calendar-share"), follow=True))
    url = PartyCalendarFeed.objects.get().url
    assert url in made
    assert "3 March 2026" in made
    assert "by Ada Law" in made

    client.force_login(colleague)
    read = words_of(client.get(reverse("account")))
    assert url not in read
    assert "made on 3 March 2026 by Ada Law" in read
    for step in ("calendar-share", "calendar-unshare"):
        assert client.post(reverse(step)).status_code == 403
    end_shared_calendar(by=outsider)
    assert PartyCalendarFeed.objects.get().url == url

    client.force_login(authoriser)
    client.post(reverse("calendar-unshare"))
    names = Event.objects.filter(name__contains="calendar").values_list("name")
    assert [*names] == [("end_shared_calendar",), ("share_calendar",)]


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
