"""Two of the desk return one form at once: one round goes out, and one e-mail."""

import pytest
from django.db import IntegrityError
from django_fsm import ConcurrentTransition

from orders import commands
from orders.models import QuestionRound
from records.errors import NotPossibleInState
from records.models import Notice
from tests.races import at_once, meeting

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]


def return_twice(order, *staff):
    """Ask once, then let each of `staff` return the form at the same moment."""
    commands.ask_question(order.pk, by=staff[0], words="Which floor?", field="floor")
    steps = [lambda by=by: commands.return_request(order.pk, by=by) for by in staff]
    return at_once(*steps)


@pytest.mark.guidance("R-3.2-6")
def test_one_round_goes_out_and_the_second_is_told_so(
    submitted_order, desk, operator, monkeypatch
):
    with meeting(monkeypatch, locked=True):
        answers = return_twice(submitted_order, desk, operator)

    refused = [row for row in answers if isinstance(row, NotPossibleInState)]
    assert len(refused) == 1
    assert QuestionRound.objects.count() == 1
    assert Notice.objects.filter(kind="request_returned").count() == 1


def test_control_without_the_lock_both_go_for_it_and_the_database_stops_one(
    submitted_order, desk, operator, monkeypatch
):
    with meeting(monkeypatch, locked=False):
        answers = return_twice(submitted_order, desk, operator)

    stopped = (ConcurrentTransition, IntegrityError)
    assert not [row for row in answers if isinstance(row, NotPossibleInState)]
    assert [row for row in answers if isinstance(row, stopped)]
    assert QuestionRound.objects.count() == 1
