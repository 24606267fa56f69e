"""These are all the moves of an offer, and who may make each."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from quotes.models import Quote
from quotes.states import QuoteState
from records.errors import NotPossibleInState
from records.transitions import SYSTEM, perform
from tests.cast import NOW
from tests.moves import may_perform

MOVES = {
    ("draft", "issue", "issued"),
    ("draft", "withdraw", "withdrawn"),
    ("issued", "hand_in_authority", "authority_received"),
    ("issued", "lapse", "lapsed"),
    ("issued", "decline", "declined"),
    ("lapsed", "decline_late", "declined"),
    ("issued", "withdraw", "withdrawn"),
    ("authority_received", "accept", "accepted"),
    ("authority_received", "reopen", "issued"),
    ("authority_received", "lapse", "lapsed"),
    ("accepted", "supersede", "superseded"),
    ("lapsed", "set_lapse_aside", "authority_received"),
}
# No revival: it had come in time, and was entered late.
ASIDE = {"set_lapse_aside", "decline_late"}
NAMES = sorted({name for _, name, _ in MOVES})
ENDS = ["lapsed", "declined", "withdrawn", "superseded"]
MAY = {
    "issue": {"operator"},
    "withdraw": {"operator"},
    "hand_in_authority": {"submitter", "authoriser", "operator", "desk"},
    "lapse": set(),
    "decline": {"authoriser"},
    "decline_late": set(),
    "accept": {"operator"},
    "reopen": {"operator"},
    "supersede": set(),
    "set_lapse_aside": {"operator", "desk"},
}
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


def standing_in(quote, state):
    row = Quote.objects.get(pk=quote.pk)
    row.__dict__["state"] = state
    return row


def test_these_are_all_the_moves_of_an_offer():
    moves = Quote().get_all_state_transitions()

    assert {(move.source, move.name, move.target) for move in moves} == MOVES


def test_every_state_can_be_reached_and_ends_are_ends():
    assert {target for _, _, target in MOVES} | {"draft"} == set(QuoteState.values)
    assert {name for source, name, _ in MOVES if source in ENDS} == ASIDE


@pytest.mark.guidance("R-3.4-6")
@pytest.mark.parametrize("name", [name for name in NAMES if name not in ASIDE])
@pytest.mark.parametrize("end", ENDS)
def test_nothing_moves_an_offer_that_has_ended(draft_quote, end, name):
    quote = standing_in(draft_quote, end)

    with pytest.raises(NotPossibleInState, match=f"is {end}, so"):
        perform(getattr(quote, name), by=SYSTEM, at=NOW)


@pytest.mark.parametrize("state", QuoteState.values)
def test_a_move_from_any_other_state_is_refused(draft_quote, state):
    quote = standing_in(draft_quote, state)
    possible = {name for source, name, _ in MOVES if source == state}

    for name in set(NAMES) - possible:
        with pytest.raises(NotPossibleInState):
            perform(getattr(quote, name), by=SYSTEM, at=NOW)


@pytest.mark.guidance("R-1.3-1", "R-2.11-4")
@pytest.mark.parametrize("who", PEOPLE)
def test_who_may_make_each_move(request, draft_quote, who):
    person = request.getfixturevalue(who)

    for source, name, _ in MOVES:
        move = getattr(standing_in(draft_quote, source), name)
        assert may_perform(move, person) == (who in MAY[name]), (name, who)


@pytest.mark.parametrize("who", ["colleague", "outsider", "installer", "billing_clerk"])
def test_a_move_by_anyone_else_is_refused(request, draft_quote, who):
    person = request.getfixturevalue(who)

    for source, name, _ in MOVES:
        move = getattr(standing_in(draft_quote, source), name)
        with pytest.raises(PermissionDenied):
            perform(move, by=person, at=NOW)
    assert Quote.objects.get().state == "draft"


@pytest.mark.parametrize("name", ["hand_in_authority", "decline"])
def test_an_offer_is_open_to_the_last_microsecond_and_not_beyond(issued_quote, name):
    details = {"at": issued_quote.lapses_at - timedelta(microseconds=1)}

    getattr(Quote.objects.get(), name)(**details)
    with pytest.raises(Exception, match="lapsed at the end of 2 April 2026"):
        getattr(Quote.objects.get(), name)(at=issued_quote.lapses_at)


@pytest.mark.parametrize(
    "change",
    [
        {"lapses_at": None},
        {"issued_at": None},
        {"document": None},
        {"lapses_at": NOW - timedelta(days=1)},
    ],
    ids=["no deadline", "no issue", "no document", "deadline before issue"],
)
def test_the_database_refuses_an_open_offer_without_its_facts(issued_quote, change):
    with pytest.raises(IntegrityError), transaction.atomic():
        Quote.objects.filter(pk=issued_quote.pk).update(**change)


@pytest.mark.parametrize("state", ["issued", "accepted", "draft"])
def test_the_database_holds_one_of_each_kind_an_order(issued_quote, state):
    fields = {
        field.attname: getattr(issued_quote, field.attname)
        for field in Quote._meta.concrete_fields
        if field.name not in ("id", "document", "state")
    }
    facts = {**fields, "reference": "QUO-X", "version": 9, "document": None}
    Quote.objects.filter(pk=issued_quote.pk).update(state=state)

    with pytest.raises(IntegrityError), transaction.atomic():
        Quote.objects.bulk_create([Quote(**facts, state=state)])
