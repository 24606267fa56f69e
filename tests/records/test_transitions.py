"""`perform` is the one door: it checks, moves, saves and records."""

import pytest
from django.db import transaction
from django_fsm import ConcurrentTransition

from orders.models import ConnectionRequest
from parties.commands import add_data_centre
from records.models import Event
from records.transitions import SYSTEM, perform, record_event
from tests import journey
from tests.cast import NOW


def test_a_move_is_saved_and_recorded_with_who_when_from_to_and_why(
    submitted_order, operator
):
    perform(
        submitted_order.return_for_correction,
        by=operator,
        at=NOW,
        why="Which floor?",
        because="Which floor?",
    )

    event = Event.objects.get(name="return_for_correction")
    assert (event.from_state, event.to_state) == ("submitted", "returned")
    assert (event.by, event.at, event.why) == (operator, NOW, "Which floor?")
    assert event.thread == submitted_order.reference
    assert journey.fresh(submitted_order).returned_because == "Which floor?"


def test_the_portal_itself_is_nobody(quoted_order):
    perform(quoted_order.lapse, by=SYSTEM, at=NOW)

    assert Event.objects.get(name="lapse", by=None).to_state == "lapsed"


def test_a_forgotten_lock_is_refused_when_the_state_is_saved(submitted_order, operator):
    """The control: without the lock two copies race, and the mixin stops the second."""
    first, second = (ConnectionRequest.objects.get() for _ in "ab")
    perform(first.accept, by=operator, at=NOW, quote_due_on=NOW.date())

    with pytest.raises(ConcurrentTransition), transaction.atomic():
        perform(second.return_for_correction, by=operator, at=NOW, because="?")
    assert journey.fresh(submitted_order).state == "accepted"


def test_a_naive_time_is_refused(submitted_order, operator):
    naive = NOW.replace(tzinfo=None)

    with pytest.raises(ValueError, match="naive"):
        perform(submitted_order.accept, by=operator, at=naive, quote_due_on=naive)
    with pytest.raises(ValueError, match="naive"):
        record_event(submitted_order, "x", by=operator, at=naive, what="x")


def test_the_history_of_an_order_holds_all_that_hangs_from_it(authorised_order):
    events = Event.objects.of_thread(authorised_order.reference)

    assert {event.subject_words[:3] for event in events} == {"ORD", "QUO", "Aut"}
    assert [event.at for event in events] == sorted(
        (event.at for event in events), reverse=True
    )


@pytest.mark.parametrize(("length", "end"), [(200, "x"), (201, "…")])
def test_what_is_longer_than_a_line_of_the_history_is_cut(
    submitted_order, operator, length, end
):
    record_event(submitted_order, "x", by=operator, at=NOW, what="x" * length)

    event = Event.objects.get(name="x")
    assert (len(event.what), event.what[-1]) == (200, end)


def test_a_data_centre_with_the_longest_address_is_added(party, submitter):
    longest = {"name": "n" * 100, "street": "s" * 200, "town": "t" * 100}

    add_data_centre(party.pk, by=submitter, postcode="DE21 6XY", owner="", **longest)

    assert Event.objects.get(name="add_data_centre").what.endswith("…")
