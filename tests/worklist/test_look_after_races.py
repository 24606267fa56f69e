"""Two who take one thing at once, and what else may meet a taking."""

import pytest

from orders import commands as orders
from tests.races import at_once, meeting, refusals
from worklist import commands
from worklist.commands import differences
from worklist.models import WorkItem

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def together(monkeypatch):
    with meeting(monkeypatch, locked=True):
        yield


@pytest.fixture
def together_unlocked(monkeypatch):
    with meeting(monkeypatch, locked=False):
        yield


def work(kind="check_form"):
    return WorkItem.objects.get(kind=kind)


def takes(person, kind="check_form"):
    pk = work(kind).pk
    return lambda: commands.take_work(pk, by=person)


def test_of_two_who_take_a_thing_one_has_it_and_the_other_reads_who(
    submitted_order, operator, desk, together
):
    answers = at_once(takes(operator), takes(desk))

    (refusal,) = refusals(answers)
    assert str(refusal).startswith(f"{work().owner} has it already")


def test_the_control_without_the_lock_both_believe_to_have_it(
    submitted_order, operator, desk, together_unlocked
):
    answers = at_once(takes(operator), takes(desk))

    assert refusals(answers) == []


def test_of_two_who_take_an_enquiry_one_has_it(enquiry, operator, desk, together):
    answers = at_once(takes(operator, "answer_enquiry"), takes(desk, "answer_enquiry"))

    assert len(refusals(answers)) == 1


def test_taking_as_the_order_is_given_away_ends_as_one_of_them_said(
    submitted_order, operator, desk, billing_clerk, together
):
    gives = orders.assign_order
    order = submitted_order.pk
    at_once(takes(operator), lambda: gives(order, by=desk, owner_id=billing_clerk.pk))

    # The one who came first has it: what was taken stays, what was given is theirs.
    assert work().owner in (operator, billing_clerk)
    assert work().is_owned_apart == (work().owner == operator)
    assert list(differences()) == []
