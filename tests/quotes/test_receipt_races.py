"""Receipts that meet each other, or the end of an offer, on a real server."""

from datetime import timedelta

import pytest
from django_fsm import ConcurrentTransitionMixin

from quotes import commands
from quotes.models import Quote
from records.models import Event
from tests.cast import NOW
from tests.races import at_once, meeting

pytestmark = [
    pytest.mark.race,
    pytest.mark.django_db(transaction=True),
    pytest.mark.guidance("T29"),
]
AN_HOUR = timedelta(hours=1)
A_DAY = timedelta(days=1)


@pytest.fixture
def saving_together(monkeypatch):
    """Let two who have each read the offer meet before they save it."""
    with meeting(monkeypatch, locked=True):
        yield


@pytest.fixture
def saving_together_unlocked(monkeypatch):
    monkeypatch.delattr(ConcurrentTransitionMixin, "_do_update")
    with meeting(monkeypatch, locked=False):
        yield


def mailed(quote, at=NOW + AN_HOUR):
    return lambda: commands.record_receipt(quote.pk, at=at, how="email")


def opened(quote, person, at=NOW + AN_HOUR):
    return lambda: commands.record_reading(quote.pk, by=person, at=at)


def earliest_receipt_told():
    return Event.objects.filter(name="record_receipt").earliest("at").at


def receipts():
    return Event.objects.filter(name="record_receipt").count()


def test_a_mail_accepted_as_the_page_is_opened_is_one_receipt(
    unreceived_quote, authoriser, saving_together
):
    quote = unreceived_quote
    at_once(mailed(quote), opened(quote, authoriser))

    assert receipts() == 1
    assert Quote.objects.get().received_at == NOW + AN_HOUR


def test_the_control_without_the_lock_both_are_the_first_receipt(
    unreceived_quote, authoriser, saving_together_unlocked
):
    quote = unreceived_quote
    at_once(mailed(quote), opened(quote, authoriser))

    assert receipts() == 2


@pytest.mark.parametrize("mail_first", [True, False])
def test_the_earlier_of_two_that_meet_counts(
    unreceived_quote, authoriser, saving_together, mail_first
):
    quote = unreceived_quote
    times = [NOW + AN_HOUR, NOW + A_DAY]
    mail_at, open_at = times if mail_first else times[::-1]
    at_once(mailed(quote, mail_at), opened(quote, authoriser, open_at))

    found = Quote.objects.get()
    assert found.received_at == NOW + AN_HOUR
    assert found.received_by == ("email" if mail_first else "portal")


@pytest.fixture
def ending_quote(unreceived_quote):
    """Received a day after it was sent, as far as is known; its last day is over."""
    mailed(unreceived_quote, NOW + A_DAY)()
    return Quote.objects.get()


def race_of_receipt_and_timer(quote):
    earlier = mailed(quote, NOW + AN_HOUR)
    return at_once(earlier, lambda: commands.lapse_quote(quote.pk, now=quote.lapses_at))


def test_a_receipt_that_is_told_as_the_offer_lapses_does_not_undo_the_lapse(
    ending_quote, saving_together
):
    race_of_receipt_and_timer(ending_quote)

    found = Quote.objects.get()
    assert found.state == "lapsed"
    assert found.received_at == earliest_receipt_told()
    ends = Event.objects.filter(name="lapse").values_list("at", flat=True)
    assert set(ends) == {found.lapses_at} == {found.decided_at}


def test_the_control_without_the_lock_one_writes_over_the_other(
    ending_quote, saving_together_unlocked
):
    race_of_receipt_and_timer(ending_quote)

    found = Quote.objects.get()
    assert Event.objects.filter(name="lapse").exists()
    receipt_saved_last = found.state == "issued"
    lapse_saved_last = found.received_at != earliest_receipt_told()
    assert receipt_saved_last or lapse_saved_last
