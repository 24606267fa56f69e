import pytest

from connections.models import Connection, FailoverTest, Session
from connections.states import SessionState
from records.errors import NotPossibleInState
from records.transitions import SYSTEM, perform
from tests.cast import NOW
from tests.moves import may_perform

SESSION_MOVES = {
    ("requested", "begin", "configuring"),
    ("requested", "establish", "established"),
    ("configuring", "establish", "established"),
    ("requested", "close", "closed"),
    ("configuring", "close", "closed"),
    ("established", "close", "closed"),
    ("established", "ask_change", "changing"),
    ("changing", "ask_change", "changing"),
    ("changing", "establish", "established"),
    ("changing", "close", "closed"),
}
SESSION_MAY = {
    "begin": {"operator", "configurer"},
    "establish": {"operator", "configurer"},
    "close": {"operator", "configurer", "submitter"},
    "ask_change": {"submitter"},
}
PEOPLE = [
    "operator",
    "desk",
    "installer",
    "configurer",
    "billing_clerk",
    "submitter",
    "authoriser",
    "colleague",
    "outsider",
]


def moves_of(model):
    moves = model().get_all_state_transitions()
    return {(move.source, move.name, move.target) for move in moves}


def test_these_are_all_the_moves_of_a_connection():
    assert moves_of(Connection) == {
        ("installed", "configure", "operational"),
        ("installed", "cancel", "ending"),
        ("operational", "cancel", "ending"),
        ("ending", "keep", "operational"),
        ("ending", "keep_unconfigured", "installed"),
        ("ending", "end", "ended"),
    }


def test_these_are_all_the_moves_of_a_session():
    assert moves_of(Session) == SESSION_MOVES


def test_these_are_all_the_moves_of_a_failover_test():
    assert moves_of(FailoverTest) == {
        ("planned", "move", "planned"),
        ("planned", "record", "done"),
        ("planned", "call_off", "called_off"),
        ("planned", "drop", "called_off"),
    }


@pytest.mark.parametrize("move", ["begin", "establish", "close"])
def test_nothing_moves_a_closed_session(session, move):
    closed = {"state": SessionState.CLOSED, "closed_at": NOW}
    Session.objects.filter(pk=session.pk).update(**closed)

    with pytest.raises(NotPossibleInState, match="is closed, so"):
        perform(getattr(Session.objects.get(), move), by=SYSTEM, at=NOW)


def in_state(session, move):
    """Return a session from which the move goes: a change is of one in use."""
    is_change = move == "ask_change"
    state = SessionState.ESTABLISHED if is_change else SessionState.REQUESTED
    Session.objects.filter(pk=session.pk).update(state=state, established_at=NOW)
    return Session.objects.get(pk=session.pk)


@pytest.mark.guidance("R-1.3-3")
@pytest.mark.parametrize("who", PEOPLE)
def test_only_these_people_may_move_a_session(request, session, who):
    person = request.getfixturevalue(who)

    may = {
        move
        for move in SESSION_MAY
        if may_perform(getattr(in_state(session, move), move), person)
    }
    assert may == {move for move, people in SESSION_MAY.items() if who in people}


@pytest.mark.guidance("R-1.3-3", "R-3.7.1-1")
@pytest.mark.parametrize("who", PEOPLE)
def test_only_these_people_may_configure_a_connection(request, connection, who):
    person = request.getfixturevalue(who)

    assert may_perform(connection.configure, person) == (
        who in {"operator", "configurer"}
    )


@pytest.mark.guidance("R-2.3-3", "R-2.10-1")
@pytest.mark.parametrize("who", PEOPLE)
def test_only_an_authoriser_of_its_party_may_cancel_a_connection(
    request, connection, who
):
    person = request.getfixturevalue(who)

    assert may_perform(connection.cancel, person) == (who == "authoriser")
    ending = Connection(party=connection.party, state="ending")
    assert may_perform(ending.keep_unconfigured, person) == (who == "authoriser")
    assert not may_perform(ending.end, person)
