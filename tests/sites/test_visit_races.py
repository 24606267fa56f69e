"""Two people, or two workers, at one visit at once on a real server."""

from datetime import UTC, date, datetime, time
from decimal import Decimal

import pytest
from django.db import IntegrityError
from django_fsm import ConcurrentTransition

from billing.commands import raise_visit_charge
from billing.models import Charge
from records.errors import NotPossibleInState
from sites import commands
from sites.errors import SlotGone, VisitAlreadyBooked
from sites.models import SiteVisit, VisitClaim
from tests import journey_on_site
from tests.factories.quotes import PriceItemFactory
from tests.races import at_once, meeting, refusals

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]
TODAY, LATER = date(2026, 3, 3), date(2026, 3, 24)
MUCH_LATER = datetime(2026, 5, 1, tzinfo=UTC)


@pytest.fixture
def race(monkeypatch):
    """Run steps at once that meet when each has read; return their refusals."""

    def run(*steps, locked=True):
        with meeting(monkeypatch, locked=locked):
            return [type(each) for each in refusals(at_once(*steps))]

    return run


@pytest.fixture
def book(ready_order, installer):
    return lambda: journey_on_site.book(ready_order, installer, "circuit", on=LATER)


@pytest.fixture
def move(circuit_visit, operator):
    how = {"on": LATER, "reason": "Audit"}
    return lambda: commands.rearrange_visit(circuit_visit.pk, by=operator, **how)


@pytest.fixture
def fail(circuit_visit, installer):
    return lambda: journey_on_site.turn_away(circuit_visit, installer)


def test_two_book_the_same_visit_at_once_and_one_is_told_of_the_other(race, book):
    assert race(book, book) == [VisitAlreadyBooked]
    assert SiteVisit.objects.count() == 1


def test_without_the_lock_both_find_nothing_booked(race, book):
    """The control: only the database refuses the second then, in no words."""
    [refusal] = race(book, book, locked=False)
    assert refusal in {IntegrityError, ConcurrentTransition}


def test_a_visit_that_moves_while_it_fails_does_one_of_both(race, move, fail):
    assert race(move, fail) == [NotPossibleInState]

    assert SiteVisit.objects.get(replaces=None).state in {"moved", "failed"}
    assert VisitClaim.objects.count() + SiteVisit.objects.count() == 2


def test_without_the_lock_it_would_move_and_fail(race, move, fail):
    """The control: both believe that it is booked, and the mixin stops the second."""
    [refusal] = race(move, fail, locked=False)
    assert refusal in {ConcurrentTransition, IntegrityError}


def test_two_record_one_failure_at_once_and_one_claim_is_opened(race, fail):
    assert race(fail, fail) == [NotPossibleInState]
    assert VisitClaim.objects.count() == 1


def test_one_of_two_days_is_agreed_when_two_people_choose_at_once(
    race, ready_order, installer, submitter, both
):
    slots = [(LATER, time(8), time(13)), (LATER, time(13), time(18))]
    how = {"purpose": "circuit", "slots": slots, "visitor": "Openreach"}
    visit = commands.propose_visit(ready_order.pk, by=installer, **how)
    first, second = visit.slots.all()

    def choose(slot, by):
        return lambda: commands.agree_day(visit.pk, by=by, slot_id=slot.pk)

    assert race(choose(first, submitter), choose(second, both)) == [SlotGone]
    assert SiteVisit.objects.get().state == "confirmed"


@pytest.fixture
def charge(fail, operator, installer):
    """Charge the visit that was made after one that failed, as a worker does."""
    PriceItemFactory(kind="rescheduled_visit", net=Decimal(385))
    claim = fail().own_claim
    commands.confirm_claim(claim.pk, by=operator)
    journey_on_site.complete_stage(claim.visit.order, installer, "circuit")
    return lambda: raise_visit_charge(claim.pk, at=MUCH_LATER)


@pytest.mark.guidance("R-2.9.1-10", "T11")
def test_two_workers_charge_one_visit_once(race, charge):
    assert race(charge, charge) == []
    assert Charge.objects.count() == 1


def test_without_the_lock_both_workers_find_it_due(race, charge):
    """The control: the race is real, and the guards of the rows stop the second."""
    [refusal] = race(charge, charge, locked=False)
    assert refusal in {ConcurrentTransition, IntegrityError}
