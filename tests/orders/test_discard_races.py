"""A draft that one sends while a colleague throws it away: one of them is told."""

import pytest
from django_fsm import ConcurrentTransitionMixin

from orders import commands
from parties.states import Purpose
from records.errors import NotPossibleInState
from records.models import Event
from tests import journey
from tests.factories.parties import PersonFactory
from tests.races import at_once, meeting, refusals

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def second_submitter(party):
    return PersonFactory(party=party, nominated=[Purpose.SUBMIT])


def race(order, submitter, colleague, monkeypatch, *, locked):
    with meeting(monkeypatch, locked=locked):
        return at_once(
            lambda: commands.submit_request(order.pk, by=submitter),
            lambda: commands.discard_draft(order.pk, by=colleague),
        )


def moves():
    return set(Event.objects.exclude(to_state="").values_list("name", flat=True))


def test_of_sending_and_throwing_away_one_takes_effect(
    draft_order, submitter, second_submitter, monkeypatch
):
    answers = race(draft_order, submitter, second_submitter, monkeypatch, locked=True)

    assert [type(refusal) for refusal in refusals(answers)] == [NotPossibleInState]
    name = {"submitted": "submit", "discarded": "discard"}
    assert moves() & set(name.values()) == {name[journey.fresh(draft_order).state]}


def test_the_control_without_the_guards_what_was_sent_is_thrown_away(
    draft_order, submitter, second_submitter, monkeypatch
):
    """What the lock is for."""
    monkeypatch.delattr(ConcurrentTransitionMixin, "_do_update")
    answers = race(draft_order, submitter, second_submitter, monkeypatch, locked=False)

    assert not refusals(answers)
    assert moves() >= {"submit", "discard"}
