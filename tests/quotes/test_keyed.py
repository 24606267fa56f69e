"""Authority that came by e-mail: it counts from when the mail came."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from orders import commands as orders
from quotes import commands
from quotes.errors import (
    AccessAnswerMissing,
    AuthorityBeingChecked,
    QuoteLapsed,
    RackSpaceMissing,
    ReceivedBeforeIssue,
    ReceivedInFuture,
    SenderMissing,
)
from quotes.models import Authority, Quote
from records.errors import NotPossibleInState
from records.models import Event
from tests import journey

TICK = timedelta(microseconds=1)
A_DAY = timedelta(days=1)


def states(quote):
    return Quote.objects.get(pk=quote.pk).state, journey.fresh(quote.order).state


def lapse(quote):
    commands.lapse_quote(quote.pk, now=quote.lapses_at)


@pytest.mark.guidance("R-2.11-1")
@pytest.mark.parametrize("was_swept", [False, True])
def test_a_mail_of_the_last_microsecond_counts_though_entered_days_later(
    issued_quote, desk, operator, authoriser, was_swept
):
    end = issued_quote.lapses_at
    if was_swept:
        lapse(issued_quote)

    authority = journey.mail_in(issued_quote, desk, end - TICK, at=end + A_DAY)

    assert states(issued_quote) == ("authority_received", "quoted")
    assert journey.fresh(issued_quote.order).closed_at is None
    journey.verify(authority, operator, authoriser, at=end + 2 * A_DAY)
    assert Quote.objects.get().decided_at == end - TICK


@pytest.mark.guidance("R-2.11-1", "R-3.4-3")
@pytest.mark.parametrize("was_swept", [False, True])
@pytest.mark.parametrize("late", [timedelta(0), timedelta(seconds=1)])
def test_a_mail_that_came_too_late_is_refused_and_the_lapse_stands(
    issued_quote, desk, was_swept, late
):
    end = issued_quote.lapses_at
    if was_swept:
        lapse(issued_quote)

    with pytest.raises(QuoteLapsed):
        journey.mail_in(issued_quote, desk, end + late, at=end + A_DAY)

    assert not Authority.objects.exists()
    assert (states(issued_quote) == ("lapsed", "lapsed")) is was_swept


@pytest.mark.parametrize(
    ("facts", "refusal"),
    [
        ({"received_at": -TICK}, ReceivedBeforeIssue),
        ({"received_at": A_DAY + TICK}, ReceivedInFuture),
        ({"sender_email": " "}, SenderMissing),
        ({"has_access_rules": None}, AccessAnswerMissing),
        ({"has_access_rules": True}, AccessAnswerMissing),
        ({"has_rack_space": False}, RackSpaceMissing),
    ],
)
def test_what_cannot_be_or_is_not_complete_is_refused(
    issued_quote, desk, facts, refusal
):
    issued_at, facts = issued_quote.issued_at, dict(facts)
    came = issued_at + facts.pop("received_at", A_DAY)

    with pytest.raises(refusal):
        journey.mail_in(issued_quote, desk, came, at=issued_at + A_DAY, **facts)

    assert states(issued_quote) == ("issued", "quoted")


@pytest.fixture
def ends(issued_quote, operator, authoriser, submitter):
    pk, order = issued_quote.pk, issued_quote.order
    return {
        "declined": lambda: journey.decline(order, authoriser),
        "withdrawn": lambda: orders.withdraw_request(order.pk, by=submitter),
        "reissued": lambda: commands.withdraw_quote(pk, by=operator, reason="Anew."),
        "accepted": lambda: journey.authorise(issued_quote, operator, authoriser),
    }


@pytest.mark.guidance("R-3.4-6")
@pytest.mark.parametrize("end", ["declined", "withdrawn", "reissued", "accepted"])
def test_what_ended_otherwise_is_not_taken_up_again(issued_quote, desk, ends, end):
    ends[end]()

    with pytest.raises(NotPossibleInState):
        journey.mail_in(issued_quote, desk, issued_quote.issued_at)


@pytest.mark.parametrize("who", ["authoriser", "submitter", "billing_clerk"])
def test_only_the_desk_enters_one(request, issued_quote, who):
    person = request.getfixturevalue(who)

    with pytest.raises(PermissionDenied):
        journey.mail_in(issued_quote, person, issued_quote.issued_at)


def test_a_second_one_waits_for_the_check_of_the_first(pending_authority, desk):
    quote = pending_authority.quote

    with pytest.raises(AuthorityBeingChecked):
        journey.mail_in(quote, desk, quote.issued_at)


@pytest.mark.guidance("R-2.11-4", "R-3.4-3")
def test_a_lapse_set_aside_stands_again_if_the_signature_has_no_effect(
    issued_quote, desk, operator
):
    end = issued_quote.lapses_at
    lapse(issued_quote)
    authority = journey.mail_in(issued_quote, desk, end - TICK, at=end + A_DAY)

    commands.reject_authority(
        authority.pk, by=operator, reason="Not signed", at=end + 2 * A_DAY
    )

    assert states(issued_quote) == ("lapsed", "lapsed")
    assert Quote.objects.get().decided_at == end


def test_the_other_one_of_a_pair_hears_that_a_lapse_is_set_aside_and_when_it_stands(
    make_order, submitter, desk, operator
):
    order = make_order("quoted", connection_type="lv")
    other = orders.pair_with_new(order.pk, by=submitter, option="medium")
    quote = Quote.objects.get()
    end = quote.lapses_at
    lapse(quote)
    authority = journey.mail_in(quote, desk, end - TICK, at=end + A_DAY)
    commands.reject_authority(authority.pk, by=operator, reason="No.", at=end + A_DAY)

    told = Event.objects.of_thread(other.reference).order_by("pk")
    names = told.filter(name__startswith="partner_").values_list("name", flat=True)
    assert list(names) == ["partner_ended", "partner_resumed", "partner_ended"]


@pytest.mark.guidance("R-3.5-1", "R-3.7-2")
@pytest.mark.parametrize(
    ("left_out", "refusal"),
    [
        ({"has_access_rules": None}, AccessAnswerMissing),
        ({"has_access_rules": True, "access_rules": " "}, AccessAnswerMissing),
        ({"has_rack_space": False}, RackSpaceMissing),
    ],
)
def test_one_for_a_lapsed_offer_answers_every_question_too(
    issued_quote, desk, left_out, refusal
):
    end = issued_quote.lapses_at
    lapse(issued_quote)

    with pytest.raises(refusal):
        journey.mail_in(issued_quote, desk, end - TICK, at=end + A_DAY, **left_out)
    assert states(issued_quote) == ("lapsed", "lapsed")
