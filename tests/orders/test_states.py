"""These are all the moves of an order, and who may make each."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from orders.models import ConnectionRequest
from orders.states import CLOSED, OrderState
from records.errors import NotPossibleInState
from records.models import Event
from records.transitions import SYSTEM, perform
from tests.cast import NOW
from tests.moves import may_perform

MOVES = {
    ("draft", "submit", "submitted"),
    ("draft", "discard", "discarded"),
    ("discarded", "restore", "draft"),
    ("draft", "set_aside", "discarded"),
    ("submitted", "set_sent_aside", "withdrawn"),
    ("returned", "set_sent_aside", "withdrawn"),
    ("accepted", "set_sent_aside", "withdrawn"),
    ("quoted", "set_sent_aside", "withdrawn"),
    ("submitted", "accept", "accepted"),
    ("submitted", "return_for_correction", "returned"),
    ("submitted", "withdraw", "withdrawn"),
    ("returned", "submit", "submitted"),
    ("returned", "withdraw", "withdrawn"),
    ("returned", "close_unanswered", "withdrawn"),
    ("accepted", "quote", "quoted"),
    ("accepted", "close_unavailable", "unavailable"),
    ("accepted", "withdraw", "withdrawn"),
    ("quoted", "authorise", "authorised"),
    ("quoted", "lapse", "lapsed"),
    ("quoted", "decline", "declined"),
    ("lapsed", "decline_late", "declined"),
    ("quoted", "withdraw", "withdrawn"),
    ("quoted", "reopen", "accepted"),
    ("authorised", "begin_survey", "survey"),
    ("survey", "close_after_survey", "unavailable"),
    ("authorised", "begin_installation", "install"),
    ("authorised", "cancel", "cancelled"),
    ("survey", "begin_installation", "install"),
    ("survey", "refuse", "declined"),
    ("survey", "lapse", "lapsed"),
    ("survey", "cancel", "cancelled"),
    ("install", "complete_installation", "configuring"),
    ("install", "cancel", "cancelled"),
    ("configuring", "configure", "configured"),
    ("lapsed", "resume_offer", "quoted"),
    ("lapsed", "resume_survey_offer", "survey"),
}
# No revival: it had come in time, and was entered late; or was never sent to DCC.
ASIDE = {"resume_offer", "resume_survey_offer", "decline_late", "restore"}
NAMES = sorted({name for _, name, _ in MOVES})
ENDS = [str(state) for state in (*CLOSED, OrderState.CONFIGURED)]
PEOPLE = (
    "submitter",
    "authoriser",
    "colleague",
    "outsider",
    "operator",
    "desk",
    "billing_clerk",
    "installer",
    "configurer",
)
MAY = {
    "submit": {"submitter"},
    "discard": {"submitter"},
    "restore": {"submitter"},
    "set_aside": set(),
    "set_sent_aside": set(),
    "close_unanswered": set(),
    "accept": {"operator"},
    "return_for_correction": {"operator", "desk"},
    "withdraw": {"submitter", "authoriser"},
    "close_unavailable": {"operator"},
    "close_after_survey": {"operator", "installer"},
    "quote": set(),
    "reopen": {"operator"},
    "authorise": {"operator"},
    "lapse": set(),
    "decline": {"authoriser"},
    "decline_late": set(),
    "refuse": {"authoriser"},
    "begin_survey": {"operator", "installer"},
    "begin_installation": {"operator", "installer"},
    "cancel": {"authoriser"},
    "complete_installation": {"operator"},
    "configure": {"operator", "configurer"},
    "resume_offer": set(),
    "resume_survey_offer": set(),
}
DETAILS = {
    "submit": {"submitter": None, "guidance_version": "1.0"},
    "accept": {"quote_due_on": None},
    "reopen": {"quote_due_on": None},
    "return_for_correction": {"because": "?"},
}


def standing_in(order, state):
    """Return the row as if it stood in `state`, without saving it."""
    row = ConnectionRequest.objects.get(pk=order.pk)
    row.__dict__["state"] = str(state)
    return row


def test_these_are_all_the_moves_of_an_order():
    moves = ConnectionRequest().get_all_state_transitions()

    assert {(move.source, move.name, move.target) for move in moves} == MOVES


def test_every_state_can_be_reached_and_ends_are_ends():
    assert {target for _, _, target in MOVES} | {"draft"} == set(OrderState.values)
    assert {name for source, name, _ in MOVES if source in ENDS} == ASIDE


@pytest.mark.parametrize("state", OrderState.values)
def test_a_move_from_any_other_state_is_refused_in_words(draft_order, state):
    order = standing_in(draft_order, state)
    possible = {name for source, name, _ in MOVES if source == state}

    for name in set(NAMES) - possible:
        with pytest.raises(NotPossibleInState, match="so this cannot be done now"):
            perform(getattr(order, name), by=SYSTEM, at=NOW)
    assert ConnectionRequest.objects.get().state == "draft"


@pytest.mark.parametrize("name", sorted(set(NAMES) - ASIDE))
@pytest.mark.parametrize("end", ENDS)
def test_nothing_moves_an_order_that_has_ended(draft_order, end, name):
    order = standing_in(draft_order, end)

    with pytest.raises(NotPossibleInState, match=order.get_state_display().lower()):
        perform(getattr(order, name), by=SYSTEM, at=NOW)


@pytest.mark.guidance("R-2.2-5", "R-2.11-4", "R-1.3-1", "R-1.3-3")
@pytest.mark.parametrize("who", PEOPLE)
def test_who_may_make_each_move(request, draft_order, who):
    person = request.getfixturevalue(who)

    for source, name, _ in MOVES:
        move = getattr(standing_in(draft_order, source), name)
        assert may_perform(move, person) == (who in MAY[name]), (name, who)


@pytest.mark.parametrize("name", NAMES)
def test_a_move_by_anyone_else_is_refused_and_leaves_no_trace(
    draft_order, outsider, name
):
    source = next(source for source, move, _ in MOVES if move == name)
    move = getattr(standing_in(draft_order, source), name)
    before = Event.objects.count()

    with pytest.raises(PermissionDenied):
        perform(move, by=outsider, at=NOW, **DETAILS.get(name, {}))
    assert Event.objects.count() == before


@pytest.mark.parametrize("name", ["submitter", "operator"])
def test_someone_who_has_left_may_do_nothing(request, submitted_order, name):
    person = request.getfixturevalue(name)
    person.is_active = False
    person.save()

    for source, move, _ in MOVES:
        order = standing_in(submitted_order, source)
        assert not may_perform(getattr(order, move), person)


def test_a_state_is_not_set_by_hand(draft_order):
    with pytest.raises(AttributeError):
        draft_order.state = "configured"


@pytest.mark.parametrize(
    ("state", "why"),
    [
        ("submitted", "nobody submitted it"),
        ("accepted", "it has no day for its quotation"),
        ("quoted", "it was never accepted"),
        ("declined", "it has no time of its end"),
        ("discarded", "it has no day until which it can be put back"),
    ],
)
def test_the_database_refuses_a_state_without_its_dates(draft_order, state, why):
    with pytest.raises(IntegrityError), transaction.atomic():
        ConnectionRequest.objects.filter(pk=draft_order.pk).update(state=state)


def test_the_database_keeps_a_day_to_put_back_only_what_was_thrown_away(draft_order):
    with pytest.raises(IntegrityError), transaction.atomic():
        ConnectionRequest.objects.update(discard_final_at=NOW)
