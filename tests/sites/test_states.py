import pytest

from records.errors import NotPossibleInState
from records.transitions import SYSTEM, perform
from sites.models import SiteVisit
from sites.states import VisitState
from tests.cast import NOW
from tests.moves import may_perform

MOVES = {
    ("booked", "attend", "attended"),
    ("booked", "fail", "failed"),
    ("booked", "rearrange", "rearranged"),
    ("booked", "cancel", "cancelled"),
}
DETAILS = {"fail": {"because": "x"}, "rearrange": {"because": "x"}}
MAY = {
    "attend": {"operator", "installer"},
    "fail": {"operator", "installer"},
    "rearrange": {"operator", "installer", "desk", "submitter"},
    "cancel": set(),
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


def test_these_are_all_the_moves_of_a_visit():
    moves = SiteVisit().get_all_state_transitions()

    assert {(move.source, move.name, move.target) for move in moves} == MOVES


@pytest.mark.parametrize("move", ["attend", "fail", "rearrange", "cancel"])
@pytest.mark.parametrize("state", ["attended", "failed", "rearranged", "cancelled"])
def test_nothing_moves_a_visit_that_is_over(circuit_visit, state, move):
    over = {"state": state, "closed_at": NOW, "reason": "x"}
    SiteVisit.objects.filter(pk=circuit_visit.pk).update(**over)
    visit = SiteVisit.objects.get()

    words = f"is {VisitState(state).label.lower()}, so"
    with pytest.raises(NotPossibleInState, match=words):
        perform(getattr(visit, move), by=SYSTEM, at=NOW, **DETAILS.get(move, {}))


@pytest.mark.parametrize("who", PEOPLE)
def test_only_these_people_may_move_a_visit(request, circuit_visit, who):
    person = request.getfixturevalue(who)

    may = {move for move in MAY if may_perform(getattr(circuit_visit, move), person)}
    assert may == {move for move, people in MAY.items() if who in people}
