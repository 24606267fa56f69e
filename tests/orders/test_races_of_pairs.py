"""Two people at once on one pair: it stays whole, and one of them is told."""

import pytest

from orders import commands
from orders.models import ResilienceGroup
from parties.states import Purpose
from tests import journey, journey_of_pairs
from tests.factories.parties import PersonFactory
from tests.races import at_once, meeting, refusals

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def second_submitter(party):
    return PersonFactory(party=party, nominated=[Purpose.SUBMIT])


@pytest.fixture
def three(party, submitter):
    return [journey.start(party, submitter) for _ in range(3)]


def paired(order, partner, person):
    return lambda: commands.pair_requests(
        order.pk, by=person, partner_id=partner.pk, option="medium"
    )


def members():
    return [group.members.count() for group in ResilienceGroup.objects.all()]


@pytest.mark.parametrize("number", range(3))
def test_of_two_who_pair_the_same_request_one_is_told(
    three, submitter, second_submitter, number
):
    first, second, third = three
    answers = at_once(
        paired(first, second, submitter), paired(third, first, second_submitter)
    )

    assert "already one of a pair" in str(refusals(answers)[0])
    assert members() == [2]


def test_without_the_lock_a_request_would_be_in_two_pairs(
    three, submitter, second_submitter, monkeypatch
):
    """The control: what the lock is for."""
    first, second, third = three
    with meeting(monkeypatch, locked=False):
        answers = at_once(
            paired(first, second, submitter), paired(third, first, second_submitter)
        )

    assert not refusals(answers)
    assert sorted(members()) == [1, 2]


@pytest.mark.parametrize("number", range(3))
def test_a_pair_is_taken_apart_once(party, submitter, second_submitter, number):
    first, second = journey_of_pairs.start(party, submitter)
    answers = at_once(
        lambda: commands.unpair(first.pk, by=submitter),
        lambda: commands.unpair(second.pk, by=second_submitter),
    )

    assert "not one of a pair" in str(refusals(answers)[0])
    assert journey.fresh(first).partner is journey.fresh(second).partner is None


def test_references_changed_at_once_on_both_forms_stay_mutual(
    party, submitter, second_submitter
):
    first, second = journey_of_pairs.start(party, submitter)
    at_once(
        lambda: rename(first, submitter, "PO 1"),
        lambda: rename(second, second_submitter, "PO 2"),
    )

    one, other = journey.fresh(first), journey.fresh(second)
    assert (one.customer_reference, one.related_reference) == ("PO 1", "PO 2")
    assert (other.customer_reference, other.related_reference) == ("PO 2", "PO 1")


def rename(order, person, words):
    answers = {"customer_reference": words}
    return commands.save_answers(order.pk, by=person, answers=answers)
