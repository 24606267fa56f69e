"""Two at once on a real server: one succeeds, the other is told so in words."""

from datetime import timedelta
from decimal import Decimal
from itertools import combinations_with_replacement

import pytest
from django_fsm import ConcurrentTransition, ConcurrentTransitionMixin

from common.errors import DomainError
from orders import commands as orders
from orders.models import ConnectionRequest
from quotes import commands
from quotes.commands import seed_prices
from quotes.documents import quotation_facts
from quotes.models import Authority, PriceItem, Quote
from records.commands import deliver_notice, next_reference, run_job
from records.models import Document, Event, Notice
from tests import journey
from tests.cast import NOW
from tests.factories.parties import PersonFactory
from tests.owed import the_job
from tests.races import at_once, meeting, refusals

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]
TICK = timedelta(microseconds=1)


def lapse(quote):
    return lambda: commands.lapse_quote(quote.pk, now=quote.lapses_at)


@pytest.fixture(autouse=True)
def acceptance_in_the_portal(settings):
    """One step takes an offer here; an upload takes two, and has its own races."""
    settings.SIGNED_UPLOAD_MANDATORY = False


def accept(quote, person):
    return lambda: commands.accept_in_portal(
        quote.pk,
        by=person,
        statement="I accept it",
        has_access_rules=False,
        has_rack_space=True,
        at=quote.lapses_at - TICK,
    )


def state_of(quote):
    order = ConnectionRequest.objects.get(quotes=quote.pk)
    return Quote.objects.get(pk=quote.pk).state, order.state


@pytest.mark.parametrize("number", range(3))
def test_two_people_accept_the_same_offer_at_once(
    issued_quote, authoriser, party, number
):
    second = PersonFactory(party=party, nominated=["authorise"])
    answers = at_once(accept(issued_quote, authoriser), accept(issued_quote, second))

    (refusal,) = refusals(answers)
    assert "being checked" in str(refusal)
    assert Authority.objects.count() == 1


def test_of_an_acceptance_and_the_timer_one_wins_whole(issued_quote, authoriser):
    answers = at_once(accept(issued_quote, authoriser), lapse(issued_quote))

    if refusals(answers):
        assert state_of(issued_quote) == ("lapsed", "lapsed")
        assert not Authority.objects.exists()
    else:
        assert state_of(issued_quote) == ("authority_received", "quoted")


def test_of_an_acceptance_and_a_refusal_one_wins_whole(issued_quote, authoriser):
    answers = at_once(
        accept(issued_quote, authoriser),
        lambda: commands.decline_quote(issued_quote.pk, by=authoriser),
    )

    assert len(refusals(answers)) == 1
    assert state_of(issued_quote) in {
        ("authority_received", "quoted"),
        ("declined", "declined"),
    }


def test_two_checks_of_one_authority(pending_authority, authoriser, operator):
    nomination_id = journey.authorising(authoriser).pk
    pk = pending_authority.pk
    answers = at_once(
        lambda: commands.verify_authority(pk, by=operator, nomination_id=nomination_id),
        lambda: commands.reject_authority(pk, by=operator, reason="Not signed"),
    )

    (refusal,) = refusals(answers)
    assert "already been checked" in str(refusal)
    assert Notice.objects.filter(kind__startswith="authority_").exists()


def test_two_submits_of_one_request(draft_order, submitter):
    answers = at_once(
        *[lambda: orders.submit_request(draft_order.pk, by=submitter)] * 2
    )

    (refusal,) = refusals(answers)
    assert "is submitted" in str(refusal)
    assert Event.objects.filter(name="submit").count() == 1
    assert Notice.objects.filter(kind="request_received").count() == 1


def test_two_timers_lapse_once(issued_quote):
    answers = at_once(lapse(issued_quote), lapse(issued_quote))

    assert sorted(answers) == [False, True]
    assert Event.objects.filter(name="lapse").count() == 2


def test_two_workers_open_an_offer_once(draft_quote, operator):
    commands.request_issue(draft_quote.pk, by=operator)
    facts = quotation_facts(Quote.objects.get(), issued_on=NOW.date())
    answers = at_once(
        *[
            lambda: commands.issue_quote(
                draft_quote.pk, pdf=journey.tiny_pdf(), facts=facts, at=NOW
            )
        ]
        * 2
    )

    assert sorted(answers) == [False, True]
    assert Document.objects.count() == 1


def test_two_requests_cannot_take_one_reference(make_order, submitter):
    first, second = make_order("draft"), make_order("draft")
    answers = at_once(
        *[
            lambda order=order: orders.save_answers(
                order.pk, by=submitter, answers={"customer_reference": "PO 1"}
            )
            for order in (first, second)
        ]
    )

    (refusal,) = refusals(answers)
    assert "already your reference" in str(refusal)


def test_references_are_never_given_twice(db):
    answers = at_once(*[lambda: next_reference("ORD")] * 6)

    assert len(set(answers)) == 6


def test_an_email_is_claimed_once(quoted_order, mailoutbox):
    notice = Notice.objects.filter(kind="quote_issued").first()

    owed = the_job(deliver_notice, notice.pk)

    answers = at_once(*[lambda: run_job(owed.pk)] * 4)

    assert sorted(answers) == [False, False, False, True]
    assert len(mailoutbox) == 1


def test_a_cancellation_is_charged_once(authorised_order, authoriser):
    answers = at_once(
        *[
            lambda: commands.cancel_order(
                authorised_order.pk, by=authoriser, acknowledged=Decimal("15000.00")
            )
        ]
        * 2
    )

    assert len(refusals(answers)) == 1
    assert Notice.objects.filter(kind="order_cancelled", to=authoriser.email).count()
    assert Event.objects.filter(name="cancel").count() == 1


def race_of_acceptance_and_timer(quote, authoriser, monkeypatch, *, locked):
    with meeting(monkeypatch, locked=locked):
        return at_once(accept(quote, authoriser), lapse(quote))


def test_with_the_lock_the_slower_of_two_sees_what_the_faster_did(
    issued_quote, authoriser, monkeypatch
):
    answers = race_of_acceptance_and_timer(
        issued_quote, authoriser, monkeypatch, locked=True
    )

    assert not any(isinstance(answer, ConcurrentTransition) for answer in answers)


def test_the_control_without_the_lock_two_meet_and_the_second_guard_stops_one(
    issued_quote, authoriser, monkeypatch
):
    answers = race_of_acceptance_and_timer(
        issued_quote, authoriser, monkeypatch, locked=False
    )

    assert [type(refusal) for refusal in refusals(answers)] == [ConcurrentTransition]


def test_the_control_without_either_guard_both_win(
    issued_quote, authoriser, monkeypatch
):
    """What the guards are for: an offer taken in time is lapsed over its authority."""
    monkeypatch.delattr(ConcurrentTransitionMixin, "_do_update")
    answers = race_of_acceptance_and_timer(
        issued_quote, authoriser, monkeypatch, locked=False
    )

    assert not refusals(answers)
    assert Authority.objects.count() == 1
    assert Event.objects.filter(name="lapse").exists()


def test_two_who_enter_a_figure_for_one_day_keep_one(operator, monkeypatch):
    """Also the first price of its kind, beside which there is no row to lock."""
    seed_prices()
    facts = {"kind": "new_line", "net": Decimal(120), "from_on": NOW.date()}
    with meeting(monkeypatch, locked=True):
        answers = at_once(
            *[lambda: commands.save_figure(PriceItem(**facts), by=operator)] * 2
        )

    (refusal,) = refusals(answers)
    assert "holds on some of these days" in str(refusal)
    assert PriceItem.objects.count() == 1


# Every two of the six things that can end an offer


def decline(quote, people):
    return lambda: commands.decline_quote(
        quote.pk, by=people["authoriser"], at=quote.lapses_at - TICK
    )


def withdraw_order(quote, people):
    return lambda: orders.withdraw_request(
        quote.order_id, by=people["submitter"], at=quote.lapses_at - TICK
    )


def reissue(quote, people):
    return lambda: commands.withdraw_quote(
        quote.pk, by=people["operator"], reason="To issue anew.", at=quote.issued_at
    )


def mail_in(quote, people):
    """The mail came in time, and is entered after the last day."""
    came, end = quote.lapses_at - TICK, quote.lapses_at
    return lambda: journey.mail_in(quote, people["desk"], came, at=end)


ENDS = {
    "accept": lambda quote, people: accept(quote, people["authoriser"]),
    "decline": decline,
    "lapse": lambda quote, _: lapse(quote),
    "mail": mail_in,
    "withdraw": withdraw_order,
    "reissue": reissue,
}
AFTER = {
    "accept": ("authority_received", "quoted"),
    "decline": ("declined", "declined"),
    "lapse": ("lapsed", "lapsed"),
    "mail": ("authority_received", "quoted"),
    "withdraw": ("withdrawn", "withdrawn"),
    "reissue": ("withdrawn", "accepted"),
}
# An order that is back in desk review can still be withdrawn, by the slower of two;
# and a lapse is set aside by a mail that had come before it.
BOTH = {frozenset({"withdraw", "reissue"}), frozenset({"lapse", "mail"})}
PAIRS = list(combinations_with_replacement(ENDS, 2))


@pytest.fixture
def people(authoriser, submitter, operator, desk):
    return {
        "authoriser": authoriser,
        "submitter": submitter,
        "operator": operator,
        "desk": desk,
    }


def race(quote, people, pair, monkeypatch, *, locked):
    with meeting(monkeypatch, locked=locked):
        return at_once(*(ENDS[name](quote, people) for name in pair))


def lost(answer):
    """Say whether a step came too late: refused in words, or with nothing to lapse."""
    return isinstance(answer, Exception) or answer is False


@pytest.mark.guidance("R-3.4-3", "R-3.4-5", "R-3.4-6", "R-2.11-1")
@pytest.mark.parametrize("pair", PAIRS, ids="-".join)
def test_of_any_two_ends_one_wins_whole_and_the_other_is_told(
    issued_quote, people, monkeypatch, *, pair
):
    answers = race(issued_quote, people, pair, monkeypatch, locked=True)

    won = [name for name, answer in zip(pair, answers, strict=True) if not lost(answer)]
    assert state_of(issued_quote) in {AFTER[name] for name in won}
    assert len(won) == 1 or (frozenset(pair) in BOTH and len(won) == 2)
    for refusal in refusals(answers):
        assert isinstance(refusal, DomainError)
        assert str(refusal).endswith(".")


# A third guard, a constraint, holds two authorities off one offer.
HELD_OFF = [("accept", "accept"), ("accept", "mail"), ("mail", "mail")]


@pytest.mark.parametrize(
    "pair", [pair for pair in PAIRS if pair not in HELD_OFF], ids="-".join
)
def test_the_control_without_either_guard_both_of_any_two_win(
    issued_quote, people, monkeypatch, *, pair
):
    """What the guards are for: each pair really meets when they are off."""
    monkeypatch.delattr(ConcurrentTransitionMixin, "_do_update")

    answers = race(issued_quote, people, pair, monkeypatch, locked=False)

    assert not [answer for answer in answers if lost(answer)]


# Two who cancel one order


def cancel_twice(order, authoriser, monkeypatch, *, locked):
    def cancel():
        return commands.cancel_order(
            order.pk, by=authoriser, acknowledged=Decimal("15000.00")
        )

    with meeting(monkeypatch, locked=locked):
        return at_once(cancel, cancel)


def test_the_slower_of_two_who_cancel_is_told_in_words(
    authorised_order, authoriser, monkeypatch
):
    answers = cancel_twice(authorised_order, authoriser, monkeypatch, locked=True)

    (refusal,) = refusals(answers)
    assert isinstance(refusal, DomainError)
    assert Event.objects.filter(name="cancel").count() == 1


def test_the_control_without_the_lock_both_have_read_an_order_to_cancel(
    authorised_order, authoriser, monkeypatch
):
    answers = cancel_twice(authorised_order, authoriser, monkeypatch, locked=False)

    (refusal,) = refusals(answers)
    assert not isinstance(refusal, DomainError)
