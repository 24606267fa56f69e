"""Two workers, or two people, at once on a real server: each thing happens once."""

from datetime import UTC, datetime

import pytest
from django.db import IntegrityError
from django_fsm import ConcurrentTransition

from billing.models import Charge
from connections.commands import (
    answer_renewal,
    request_rate_change,
    send_renewal_notice,
    settle_renewal,
)
from connections.errors import ChangeOpen
from connections.models import (
    Connection,
    ContractPeriod,
    RateChange,
    SessionAddress,
)
from records.models import Event, Job, Notice
from sites.models import Completion
from tests import journey_on_site
from tests.races import at_once, meeting, refusals

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]
DUE = datetime(2028, 11, 3, tzinfo=UTC)


@pytest.fixture
def send_twice(period, operator, monkeypatch):
    """Have two workers send one notice, each having read that it is owed."""
    journey_on_site.set_renewal_charge(period, operator)

    def send():
        return send_renewal_notice(period.pk, now=DUE)

    def both(*, locked):
        with meeting(monkeypatch, locked=locked):
            return at_once(send, send)

    return both


def times_sent():
    return Event.objects.filter(name="send_renewal_notice").count()


@pytest.mark.guidance("R-2.5-4")
def test_two_workers_send_one_renewal_notice_once(send_twice):
    assert sorted(send_twice(locked=True)) == [False, True]

    assert times_sent() == 1
    assert Notice.objects.filter(kind="renewal_notice").count() == 2


def test_without_the_lock_both_workers_believe_they_sent_it(send_twice):
    """The control: the race is real, and only the lock keeps it from happening."""
    assert send_twice(locked=False) == [True, True]
    assert times_sent() == 2


@pytest.fixture
def complete_twice(installed_order, operator, monkeypatch):
    """Have two people flag one installation complete, each having read that it is not.

    Returns:
        The one refusal: a second click is none of the two that count.
    """

    def complete():
        return journey_on_site.complete(installed_order, operator)

    def both(*, locked):
        with meeting(monkeypatch, locked=locked):
            (refusal,) = refusals(at_once(complete, complete))
        return refusal

    return both


@pytest.mark.guidance("R-3.7-5", "R-2.9.1-5")
def test_two_people_flag_one_installation_complete_at_once(complete_twice):
    assert "so this cannot be done now" in str(complete_twice(locked=True))

    assert Connection.objects.count() == 1
    assert ContractPeriod.objects.count() == 1
    assert Completion.objects.count() == 1
    assert Charge.objects.count() == 2
    assert Job.objects.filter(kind="make_certificate").count() == 1


def test_without_the_lock_both_believe_that_it_is_still_to_be_flagged(complete_twice):
    """The control: the race is real. What stops it then is the state's own guard."""
    assert isinstance(complete_twice(locked=False), ConcurrentTransition)
    assert Charge.objects.count() == 2


@pytest.fixture
def ask_twice(connection_in_service, submitter, monkeypatch):
    """Have two people ask for a rate, each having read that no change is open.

    Returns:
        The one refusal.
    """

    def ask(rate):
        return request_rate_change(connection_in_service.pk, by=submitter, to_mbps=rate)

    def both(*, locked):
        with meeting(monkeypatch, locked=locked):
            (refusal,) = refusals(at_once(lambda: ask(50), lambda: ask(60)))
        return refusal

    return both


@pytest.mark.guidance("R-2.6-10")
def test_two_rates_that_are_asked_for_at_once_are_one_change(ask_twice):
    assert isinstance(ask_twice(locked=True), ChangeOpen)

    assert RateChange.objects.count() == 1


def test_without_the_lock_both_believe_that_no_change_is_open(ask_twice):
    """The control: the race is real, and the constraint stops what the lock did not."""
    assert isinstance(ask_twice(locked=False), IntegrityError)
    assert RateChange.objects.count() == 1


@pytest.fixture
def cancel_as_it_renews(period, authoriser, operator, monkeypatch):
    """Have somebody cancel in the last minute while a worker settles the renewal."""
    journey_on_site.set_renewal_charge(period, operator)
    assert send_renewal_notice(period.pk, now=DUE)
    last_minute = datetime(2028, 12, 3, 23, 59, tzinfo=UTC)
    after = datetime(2028, 12, 4, 0, 1, tzinfo=UTC)

    def cancel():
        return answer_renewal(period.pk, by=authoriser, choice="cancel", at=last_minute)

    def both(*, locked):
        with meeting(monkeypatch, locked=locked):
            at_once(cancel, lambda: settle_renewal(period.pk, now=after))
        settle_renewal(period.pk, now=after)
        return ContractPeriod.objects.get().outcome, Connection.objects.get().state

    return both


@pytest.mark.guidance("R-2.5-7")
def test_cancelled_in_the_last_minute_it_ends_whoever_is_quicker(cancel_as_it_renews):
    assert cancel_as_it_renews(locked=True) == ("ends", "ending")


def test_without_the_lock_it_would_renew_although_it_is_cancelled(cancel_as_it_renews):
    """The control: the worker has read that nobody answered."""
    assert cancel_as_it_renews(locked=False) != ("ends", "ending")


@pytest.fixture
def share_an_address(connection, submitter, monkeypatch):
    """Have two people ask for sessions on one address, each having read it is free."""

    def ask(name):
        return lambda: journey_on_site.request_session(connection, submitter, name=name)

    def both(*, locked):
        with meeting(monkeypatch, locked=locked):
            return at_once(ask("First"), ask("Second"))

    return both


@pytest.mark.guidance("R-3.7.1-3")
def test_two_sessions_on_one_address_at_once(share_an_address):
    (refusal,) = refusals(share_an_address(locked=True))

    assert "is an address of session" in str(refusal)
    assert SessionAddress.objects.count() == 1


def test_without_the_lock_the_database_itself_refuses_the_second(share_an_address):
    """The control: both have read that it is free, and only its constraint helps."""
    (refusal,) = refusals(share_an_address(locked=False))

    assert isinstance(refusal, IntegrityError)
    assert SessionAddress.objects.count() == 1
