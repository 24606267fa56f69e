"""What is sent twice takes effect once, and both are led to the same page."""

import threading
from datetime import timedelta

import pytest
from django.conf import settings
from django.db import close_old_connections, connection
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse
from django.utils import timezone

from orders.models import ConnectionRequest, DeskNote, Enquiry
from parties.models import User
from records import once
from records.models import Sent
from records.tasks import forget_sent_forms
from tests.desk.conftest import page_url

TOKEN = {"csrfmiddlewaretoken": "the-token-of-one-page"}
NEW = "/orders/new/"


def send(client, person, url, **typed):
    client.force_login(person)
    return client.post(url, typed)


def twice(client, person, url, **typed):
    answers = [send(client, person, url, **typed, **TOKEN) for _ in range(2)]
    assert answers[0].status_code == answers[1].status_code == 302
    assert answers[0].url == answers[1].url


@pytest.mark.guidance("R-1.3-6")
def test_a_request_is_started_once(client, submitter):
    twice(client, submitter, NEW, what="one")

    assert ConnectionRequest.objects.count() == 1


def test_a_request_posted_without_its_token_is_started_once(client, submitter):
    answers = [send(client, submitter, NEW, what="one") for _ in range(2)]

    assert answers[0].url == answers[1].url
    assert ConnectionRequest.objects.count() == 1


@pytest.mark.guidance("R-1.3-6")
def test_a_pair_is_started_once(client, submitter):
    twice(client, submitter, NEW, what="high")

    assert ConnectionRequest.objects.count() == 2


def test_an_order_is_copied_once(client, submitter, make_order):
    order = make_order("withdrawn")
    twice(client, submitter, reverse("order-copy", args=[order.reference]))

    assert ConnectionRequest.objects.count() == 2


def test_an_enquiry_is_sent_once(client, colleague):
    twice(client, colleague, "/enquiries/new/?kind=question", words="When?")

    assert Enquiry.objects.count() == 1


def test_a_note_of_the_desk_is_kept_once(client, desk, submitted_order):
    twice(client, desk, page_url(submitted_order, "note"), words="Rang them.")

    assert DeskNote.objects.count() == 1


def test_a_person_is_added_once_and_nobody_is_told_that_the_address_is_taken(
    client, desk, party
):
    url = reverse("admin:parties_party_person", args=[party.pk])
    twice(client, desk, url, name="Sue", email="sue@northgate.example")

    assert User.objects.filter(party=party).count() == 1


def test_the_same_words_on_a_page_drawn_anew_are_another_sending(client, colleague):
    for token in ("first", "second"):
        page = {"csrfmiddlewaretoken": token}
        url = "/enquiries/new/?kind=question"
        send(client, colleague, url, words="When?", **page)

    assert Enquiry.objects.count() == 2


def test_without_a_token_the_same_words_count_anew_after_a_moment(
    client, submitter, clock
):
    send(client, submitter, NEW, what="one")
    clock.shift(once.WITHOUT_TOKEN + timedelta(seconds=1))
    send(client, submitter, NEW, what="one")

    assert ConnectionRequest.objects.count() == 2


def test_what_was_refused_is_tried_again(client, colleague):
    url = "/enquiries/new/?kind=call"
    assert (
        send(client, colleague, url, words="Two circuits", **TOKEN).status_code == 200
    )
    assert not Sent.objects.exists()

    typed = {"words": "Two circuits", "phone": "0113 496 0000"}
    assert send(client, colleague, url, **typed, **TOKEN).status_code == 302


def test_two_people_may_send_the_same(client, submitter, outsider):
    for person in (submitter, outsider):
        send(client, person, NEW, what="one", **TOKEN)

    assert ConnectionRequest.objects.count() == 2


def test_rows_that_nobody_sends_again_are_forgotten(client, submitter, clock):
    send(client, submitter, NEW, what="one", **TOKEN)
    forget_sent_forms()
    assert Sent.objects.count() == 1

    clock.shift(once.REMEMBERED_FOR + timedelta(minutes=1))
    forget_sent_forms()

    assert not Sent.objects.exists()


def test_what_broke_half_way_left_nothing_behind(client, submitter, monkeypatch):
    def broken(*_args, **_kwargs):
        raise RuntimeError("broken after the change")

    monkeypatch.setattr("orders.views.begin.redirect", broken)
    with pytest.raises(RuntimeError):
        send(client, submitter, NEW, what="one", **TOKEN)

    assert not ConnectionRequest.objects.exists()
    assert not Sent.objects.exists()


# At the same moment


def both_at_once(person, url, typed):
    gate, answers = threading.Barrier(2), []

    def run():
        close_old_connections()
        client = Client()
        client.force_login(person)
        gate.wait(10)
        answers.append(client.post(url, typed))
        connection.close()

    threads = [threading.Thread(target=run) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return answers


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_of_two_at_the_same_moment_the_second_waits_and_is_led_to_the_same(submitter):
    one, other = both_at_once(submitter, NEW, {"what": "one", **TOKEN})

    assert one.status_code == other.status_code == 302
    assert one.url == other.url
    assert ConnectionRequest.objects.count() == 1


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_control_without_the_row_both_take_effect(submitter, monkeypatch):
    monkeypatch.setattr(once, "is_counted", lambda *_: False)
    both_at_once(submitter, NEW, {"what": "one", **TOKEN})

    assert ConnectionRequest.objects.count() == 2


# So much in a day


def test_one_person_starts_so_many_requests_a_day_and_is_told_what_to_do(
    client, submitter, settings, clock, make_order
):
    settings.REQUESTS_A_DAY = 2
    order = make_order("withdrawn")
    copy = reverse("order-copy", args=[order.reference])
    assert send(client, submitter, copy, **TOKEN).status_code == 302

    for url, typed in ((NEW, {"what": "one"}), (copy, {"again": "yes"})):
        answer = send(client, submitter, url, **typed)
        assert "You have started 2 requests today" in answer.content.decode()

    assert ConnectionRequest.objects.count() == 2
    clock.shift(timedelta(days=1))
    assert send(client, submitter, NEW, what="one").status_code == 302


def test_one_person_sends_so_many_enquiries_a_day_and_is_told_what_to_do(
    client, colleague, submitter, settings
):
    settings.ENQUIRIES_A_DAY = 1
    url = "/enquiries/new/?kind=question"
    send(client, colleague, url, words="When?")

    answer = send(client, colleague, url, words="And when then?")

    assert "You have sent 1 enquiries today" in answer.content.decode()
    assert send(client, submitter, url, words="When?").status_code == 302
    assert timezone.now().date() == Enquiry.objects.first().asked_at.date()


# Every page


def test_every_form_of_ours_is_counted_and_only_signing_in_is_not(rf, submitter):
    request = rf.post("/", TOKEN)
    request.user = submitter
    views = {
        pattern.callback
        for pattern in every_pattern()
        if not once.is_counted(request, pattern.callback)
    }

    assert settings.MIDDLEWARE[-1] == "records.once.SentOnce"
    assert views
    assert {view.__module__.split(".")[0] for view in views} == {"allauth"}


def every_pattern(resolver=None):
    for one in (resolver or get_resolver()).url_patterns:
        if isinstance(one, URLPattern):
            yield one
        else:
            yield from every_pattern(one)
