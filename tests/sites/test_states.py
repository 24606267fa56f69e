import pytest

from records.errors import NotPossibleInState
from records.transitions import SYSTEM, perform
from sites.models import (
    AccessDocument,
    AccessItem,
    ItemCost,
    SiteVisit,
    VisitClaim,
)
from sites.states import ClaimState, VisitState
from tests.cast import NOW
from tests.moves import may_perform

MOVES = {
    ("proposed", "offer", "proposed"),
    ("proposed", "agree", "confirmed"),
    ("proposed", "call_off", "called_off"),
    ("confirmed", "arrive", "in_progress"),
    ("confirmed", "attend", "completed"),
    ("confirmed", "fail", "failed"),
    ("confirmed", "miss", "missed"),
    ("confirmed", "rearrange", "moved"),
    ("confirmed", "call_off", "called_off"),
    ("in_progress", "attend", "completed"),
    ("in_progress", "call_off", "called_off"),
    ("in_progress", "fail", "failed"),
    ("in_progress", "miss", "missed"),
    ("failed", "find_failed", "failed"),
    ("failed", "find_missed", "missed"),
    ("failed", "record_anew", "confirmed"),
    ("missed", "find_failed", "failed"),
    ("missed", "find_missed", "missed"),
    ("missed", "record_anew", "confirmed"),
    ("completed", "record_anew", "confirmed"),
}
WHY = {"because": "x"}
DETAILS = {
    "offer": {"by_party": True},
    "agree": {"slot": None, "last_free_day": None},
    "arrive": {"arrived_at": NOW},
    "fail": WHY,
    "miss": WHY,
    "rearrange": WHY,
    "call_off": WHY,
    "find_failed": WHY,
    "find_missed": WHY,
}
ON_SITE = {"operator", "installer"}
MAY = {
    "offer": ON_SITE | {"desk", "submitter"},
    "agree": ON_SITE | {"desk", "submitter"},
    "arrive": ON_SITE,
    "attend": ON_SITE,
    "fail": ON_SITE,
    "miss": ON_SITE,
    "rearrange": ON_SITE | {"desk", "submitter"},
    "call_off": ON_SITE | {"desk", "submitter"},
    "find_failed": {"operator"},
    "find_missed": {"operator"},
    "record_anew": {"operator"},
}
CORRECTING = {"find_failed", "find_missed", "record_anew"}
OVER = ["completed", "failed", "missed", "moved", "called_off"]
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


CLAIM_MOVES = {
    ("open", "confirm", "confirmed"),
    ("open", "drop", "dropped"),
    ("confirmed", "drop", "dropped"),
    ("confirmed", "object_to", "disputed"),
    ("confirmed", "charge", "charged"),
    ("disputed", "drop", "dropped"),
    ("disputed", "uphold", "upheld"),
    ("upheld", "charge", "charged"),
}
MAY_CLAIM = {
    "confirm": {"operator"},
    "drop": {"operator"},
    "object_to": {"submitter", "authoriser"},
    "uphold": {"operator"},
    "charge": set(),
}


ITEM_MOVES = {
    ("open", "settle", "done"),
    ("open", "drop", "dropped"),
    ("done", "reopen", "open"),
}
COST_MOVES = {
    ("asked", "accept", "accepted"),
    ("asked", "decline", "declined"),
    ("asked", "withdraw", "withdrawn"),
    ("accepted", "withdraw", "withdrawn"),
    ("declined", "withdraw", "withdrawn"),
    ("accepted", "fall_due", "due"),
    ("due", "charge", "charged"),
}
DOCUMENT_MOVES = {
    ("sent", "approve", "approved"),
    ("sent", "turn_down", "turned_down"),
}


@pytest.mark.parametrize(
    ("model", "expected"),
    [
        (AccessItem, ITEM_MOVES),
        (AccessDocument, DOCUMENT_MOVES),
        (ItemCost, COST_MOVES),
    ],
)
def test_these_are_all_the_moves_of_what_a_site_asks_for(model, expected):
    moves = model().get_all_state_transitions()

    assert {(move.source, move.name, move.target) for move in moves} == expected


@pytest.mark.parametrize("who", PEOPLE)
def test_the_portal_alone_opens_again_what_was_done(request, access_item, who):
    AccessItem.objects.update(state="done", closed_at=NOW)
    done = AccessItem.objects.get()

    assert not may_perform(done.reopen, request.getfixturevalue(who))


def test_these_are_all_the_moves_of_a_claim():
    moves = VisitClaim().get_all_state_transitions()

    assert {(move.source, move.name, move.target) for move in moves} == CLAIM_MOVES


@pytest.mark.parametrize("who", PEOPLE)
def test_only_these_people_may_move_a_claim(request, circuit_visit, who):
    person = request.getfixturevalue(who)
    claims = [VisitClaim(visit=circuit_visit, state=state) for state in ClaimState]

    may = {
        move
        for move in MAY_CLAIM
        if any(may_perform(getattr(claim, move), person) for claim in claims)
    }
    assert may == {move for move, people in MAY_CLAIM.items() if who in people}


def test_these_are_all_the_moves_of_a_visit():
    moves = SiteVisit().get_all_state_transitions()

    assert {(move.source, move.name, move.target) for move in moves} == MOVES


@pytest.mark.parametrize("move", sorted(MAY.keys() - CORRECTING))
@pytest.mark.parametrize("state", OVER)
def test_nothing_but_a_correction_moves_a_visit_that_is_over(
    circuit_visit, state, move
):
    over = {"state": state, "closed_at": NOW, "reason": "x"}
    SiteVisit.objects.filter(pk=circuit_visit.pk).update(**over)
    visit = SiteVisit.objects.get()

    words = f"is {VisitState(state).label.lower()}, so"
    with pytest.raises(NotPossibleInState, match=words):
        perform(getattr(visit, move), by=SYSTEM, at=NOW, **DETAILS.get(move, {}))


@pytest.mark.parametrize("who", PEOPLE)
def test_only_these_people_may_move_a_visit(request, circuit_visit, who):
    person = request.getfixturevalue(who)

    order = circuit_visit.order
    others = [SiteVisit(order=order, state=one) for one in ("proposed", "failed")]
    visits = [circuit_visit, *others]

    may = {
        move
        for move in MAY
        if any(may_perform(getattr(visit, move), person) for visit in visits)
    }
    assert may == {move for move, people in MAY.items() if who in people}
