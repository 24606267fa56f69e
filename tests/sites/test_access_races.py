"""Two people, or two workers, at one cost or one document for access at once."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError
from django_fsm import ConcurrentTransition

from billing.commands import raise_item_charge
from billing.models import Charge
from common.files import Upload
from records.errors import NotPossibleInState
from sites import commands
from sites.errors.costs import CostAccepted, CostChanged
from sites.models import AccessDocument, AccessItem, ItemCost
from tests import journey_on_site
from tests.races import at_once, meeting, refusals

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]
UNLOCKED = {ConcurrentTransition, IntegrityError}


@pytest.fixture
def race(monkeypatch):
    """Run steps at once that meet when each has read; return their refusals."""

    def run(*steps, locked=True):
        with meeting(monkeypatch, locked=locked):
            return [type(each) for each in refusals(at_once(*steps))]

    return run


@pytest.fixture
def accept(item_cost, authoriser):
    how = {"by": authoriser, "is_understood": True}
    return lambda: commands.accept_item_cost(item_cost.pk, **how)


@pytest.fixture
def ask_more(item_cost, special_rams, desk):
    return lambda: journey_on_site.ask_cost(special_rams, desk, net=500)


@pytest.mark.guidance("R-2.13-5")
def test_two_accept_one_amount_at_once_and_it_is_accepted_once(race, accept):
    assert race(accept, accept) == [CostChanged]
    assert ItemCost.objects.get().is_accepted


def test_without_the_lock_both_find_it_asked(race, accept):
    """The control: the guard of the row stops the second, in no words."""
    [refusal] = race(accept, accept, locked=False)
    assert refusal in UNLOCKED


@pytest.mark.guidance("R-2.13-5")
def test_an_amount_that_changes_while_it_is_accepted_does_one_of_both(
    race, accept, ask_more
):
    [refusal] = race(accept, ask_more)

    live = ItemCost.objects.live().get()
    expected = CostAccepted if live.is_accepted else CostChanged
    assert (refusal, live.net) == (expected, Decimal(420 if live.is_accepted else 500))


def test_without_the_lock_the_amount_would_change_under_the_answer(
    race, accept, ask_more
):
    """The control: both believe that it is still asked."""
    [refusal] = race(accept, ask_more, locked=False)
    assert refusal in UNLOCKED


def test_two_workers_charge_what_was_accepted_once(race, accept, special_rams, desk):
    cost = accept()
    commands.settle_access_item(special_rams.pk, by=desk)

    def charge():
        return raise_item_charge(cost.pk)

    assert race(charge, charge) == []
    assert Charge.objects.count() == 1


@pytest.fixture
def review(access_item, submitter, desk, operator):
    """Two reviewers of one document: one approves it, the other turns it down."""
    file = Upload(b"%PDF-1.7 permit", "p.pdf", "application/pdf", "clean", pages=1)
    paper = commands.hand_in_access_document(access_item.pk, by=submitter, file=file)
    until = date(2027, 3, 3)
    return (
        lambda: commands.approve_access_document(paper.pk, by=desk, valid_until=until),
        lambda: commands.turn_down_access_document(
            paper.pk, by=operator, reason="Page 2 is missing"
        ),
    )


@pytest.mark.guidance("R-2.13-4")
def test_a_document_that_two_look_at_is_approved_or_turned_down_and_not_both(
    race, review
):
    assert race(*review) == [NotPossibleInState]

    paper, item = AccessDocument.objects.get(), AccessItem.objects.get()
    assert paper.is_approved is not item.is_open


def test_without_the_lock_both_find_the_document_unseen(race, review):
    """The control: the guard of the row stops the second, in no words."""
    [refusal] = race(*review, locked=False)
    assert refusal in UNLOCKED
