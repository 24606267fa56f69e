"""Two at once about one upload, on a real server: one wins whole, the other is told."""

from datetime import timedelta

import pytest
from django_fsm import ConcurrentTransitionMixin

from quotes import commands
from quotes.models import Authority, Quote
from records.models import Document, Event
from tests import journey
from tests.quotes.test_races import lapse, state_of
from tests.races import at_once, meeting, refusals

pytestmark = [
    pytest.mark.race,
    pytest.mark.django_db(transaction=True),
    pytest.mark.guidance("R-2.11-3"),
]
TICK = timedelta(microseconds=1)
OTHER = journey.one_file(b"%PDF-another")


@pytest.fixture
def uploaded(issued_quote, authoriser):
    """Uploaded in the last moment of the offer, and still to be handed in."""
    return journey.bring(issued_quote, authoriser, at=issued_quote.lapses_at - TICK)


def confirm(row, person, *, at=None):
    return lambda: commands.hand_in_authority(row.pk, by=person, at=at)


def timer(row):
    return lambda: commands.hand_in_due_authority(row.pk, now=row.hands_in_at)


def replace(row, person):
    at = row.received_at
    return lambda: journey.bring(row.quote, person, OTHER, replaces=row.pk, at=at)


def standings():
    return sorted(Authority.objects.values_list("state", "outcome"))


@pytest.mark.parametrize("number", range(3))
def test_a_confirmation_and_the_timer_hand_in_once(uploaded, authoriser, number):
    answers = at_once(confirm(uploaded, authoriser), timer(uploaded))

    assert not refusals(answers)
    assert standings() == [("handed_in", "pending")]
    assert Event.objects.filter(name="hand_in").count() == 1
    assert Event.objects.filter(name="hand_in_authority").count() == 1


def test_two_timers_hand_in_once(uploaded):
    assert sorted(at_once(timer(uploaded), timer(uploaded))) == [False, True]


def test_of_a_replacement_and_a_confirmation_neither_is_lost(
    uploaded, authoriser, submitter
):
    """The confirmation first: DCC has it until the new one is handed in."""
    answers = at_once(
        replace(uploaded, authoriser),
        confirm(uploaded, submitter, at=uploaded.received_at),
    )

    if refusals(answers):
        assert standings() == [("replaced", "none"), ("uploaded", "none")]
    else:
        assert standings() == [("handed_in", "pending"), ("uploaded", "none")]


def test_of_a_replacement_and_dccs_first_look_one_comes_first(
    issued_quote, authoriser, operator
):
    row = journey.upload(issued_quote, authoriser, at=issued_quote.lapses_at - TICK)
    answers = at_once(
        replace(row, authoriser), lambda: commands.begin_check(row.pk, by=operator)
    )

    began = Authority.objects.get(pk=row.pk).check_began_at is not None
    is_replaced = Authority.objects.waiting().exists()
    assert began != is_replaced
    assert len(refusals(answers)) == (1 if began else 0)


def test_of_an_upload_and_the_lapse_one_wins_whole(issued_quote, authoriser):
    at = issued_quote.lapses_at - TICK
    answers = at_once(
        lambda: journey.bring(issued_quote, authoriser, at=at), lapse(issued_quote)
    )

    if refusals(answers):
        assert state_of(issued_quote) == ("lapsed", "lapsed")
        assert not Authority.objects.exists()
    else:
        assert state_of(issued_quote) == ("issued", "quoted")
        assert Authority.objects.get().state == "uploaded"


def test_the_lapse_never_overtakes_an_upload_that_is_being_handed_in(
    uploaded, issued_quote
):
    answers = at_once(timer(uploaded), lapse(issued_quote))

    assert answers == [True, False]
    assert state_of(issued_quote) == ("authority_received", "quoted")


@pytest.mark.parametrize("number", range(3))
def test_of_two_uploads_at_once_one_is_kept(
    issued_quote, authoriser, submitter, number
):
    answers = at_once(
        lambda: journey.bring(issued_quote, authoriser),
        lambda: journey.bring(issued_quote, submitter),
    )

    (refusal,) = refusals(answers)
    assert "Signed pages of quotation" in str(refusal)
    assert Document.objects.filter(kind="authority").count() == 1


def test_one_form_sent_twice_at_once_is_one_upload(issued_quote, authoriser):
    answers = at_once(*[lambda: journey.bring(issued_quote, authoriser)] * 2)

    assert answers[0] == answers[1]
    assert Document.objects.filter(kind="authority").count() == 1


def test_two_who_replace_the_same_upload_replace_it_once(
    uploaded, authoriser, submitter
):
    answers = at_once(replace(uploaded, authoriser), replace(uploaded, submitter))

    (refusal,) = refusals(answers)
    assert "no longer the latest" in str(refusal)
    assert standings() == [("replaced", "none"), ("uploaded", "none")]


def race(uploaded, authoriser, monkeypatch, *, locked):
    with meeting(monkeypatch, locked=locked):
        return at_once(confirm(uploaded, authoriser), timer(uploaded))


def test_the_control_without_lock_and_guard_it_is_handed_in_twice(
    uploaded, authoriser, monkeypatch
):
    """What the lock is for: two acknowledgements and two moves of one upload."""
    monkeypatch.delattr(ConcurrentTransitionMixin, "_do_update")
    race(uploaded, authoriser, monkeypatch, locked=False)

    assert Event.objects.filter(name="hand_in").count() == 2


def test_with_the_lock_the_slower_sees_what_the_faster_did(
    uploaded, authoriser, monkeypatch
):
    race(uploaded, authoriser, monkeypatch, locked=True)

    assert Event.objects.filter(name="hand_in").count() == 1


def test_the_control_without_the_lock_an_upload_is_lapsed_over(
    issued_quote, authoriser, monkeypatch
):
    """What the lock is for: an offer that was taken in time lapses all the same."""
    at = issued_quote.lapses_at - TICK
    with meeting(monkeypatch, locked=False):
        at_once(
            lambda: journey.bring(issued_quote, authoriser, at=at), lapse(issued_quote)
        )

    assert Quote.objects.get().state == "lapsed"
    assert Authority.objects.get().state == "uploaded"


def test_the_control_without_the_lock_dcc_looks_at_what_is_replaced(
    issued_quote, authoriser, operator, monkeypatch
):
    row = journey.upload(issued_quote, authoriser, at=issued_quote.lapses_at - TICK)
    with meeting(monkeypatch, locked=False):
        at_once(
            replace(row, authoriser), lambda: commands.begin_check(row.pk, by=operator)
        )

    assert Authority.objects.get(pk=row.pk).check_began_at is not None
    assert Authority.objects.waiting().exists()
