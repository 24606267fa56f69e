"""What a Party asks the Service Desk, followed until it is answered."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from orders import commands
from orders.errors import (
    CallInThePast,
    ForeignOrder,
    OutcomeMissing,
    PhoneMissing,
    WordsMissing,
)
from orders.models import ConnectionRequest, Enquiry
from orders.states import EnquiryKind
from quotes.models import Quote
from records.errors import NotPossibleInState
from records.models import Event, Notice
from records.transitions import SYSTEM, perform

CALL_AT = datetime(2026, 3, 5, 14, 30, tzinfo=UTC)


def ask(person, kind="question", words="How long does it take?", **facts):
    return commands.raise_enquiry(
        person.party_id, by=person, kind=kind, words=words, **facts
    )


@pytest.fixture
def call(colleague):
    words = "Two circuits into Derby and one into Leeds."
    return ask(colleague, "call", words, phone="0113 496 0000", best_time="mornings")


@pytest.mark.guidance("R-1-4", "R-1.3-9", "R-2.8-8", "R-4.3-8")
@pytest.mark.parametrize("kind", EnquiryKind.values)
def test_anybody_of_the_party_may_ask(colleague, kind):
    enquiry = ask(colleague, kind, phone="0113 496 0000")

    assert enquiry.state == "asked"
    assert enquiry.reference.startswith("ENQ-")
    assert Event.objects.of_subject(enquiry).get().by == colleague


@pytest.mark.parametrize("who", ["outsider", "operator", "installer"])
def test_nobody_asks_for_another_party(request, party, who):
    stranger = request.getfixturevalue(who)

    with pytest.raises(PermissionDenied):
        commands.raise_enquiry(party.pk, by=stranger, kind="question", words="Why?")


def test_somebody_whose_sign_in_is_closed_asks_nothing(colleague):
    colleague.is_active = False

    with pytest.raises(PermissionDenied):
        ask(colleague)


REFUSED = [
    ("question", {"words": "  "}, WordsMissing),
    ("call", {"phone": " "}, PhoneMissing),
    ("call", {}, PhoneMissing),
]


@pytest.mark.parametrize(("kind", "facts", "refusal"), REFUSED)
def test_an_enquiry_says_what_the_desk_needs(colleague, kind, facts, refusal):
    with pytest.raises(refusal):
        ask(colleague, kind, **facts)


@pytest.mark.guidance("R-1-4")
def test_an_enquiry_about_an_order_stands_in_the_history_of_the_order(
    colleague, submitted_order
):
    ask(colleague, order_id=submitted_order.pk)

    event = Event.objects.of_thread(submitted_order.reference).first()
    assert event.what == "Asked the Service Desk: a question"
    assert event.why == "How long does it take?"


def test_an_order_of_somebody_else_is_refused(outsider, submitted_order):
    with pytest.raises(ForeignOrder):
        ask(outsider, order_id=submitted_order.pk)


def test_whoever_asked_and_the_desk_are_told(colleague, settings):
    enquiry = ask(colleague, "upload_area", "Tess Hall, tess@example.com")

    mails = {mail.kind: mail for mail in Notice.objects.all()}
    assert mails["enquiry_received"].to == colleague.email
    assert enquiry.get_absolute_url() in mails["enquiry_received"].text
    assert mails["enquiry_raised"].to == settings.SERVICE_DESK_EMAIL
    assert "Tess Hall" in mails["enquiry_raised"].text


@pytest.mark.guidance("R-4.3-8")
def test_a_call_is_followed_to_its_outcome_and_orders_nothing(call, desk):
    commands.arrange_call(call.pk, by=desk, call_at=CALL_AT)
    commands.answer_enquiry(
        call.pk, by=desk, outcome="Two pairs.", agreed_design="Leeds stands by."
    )

    call.refresh_from_db()
    assert (call.state, call.answered_by) == ("answered", desk)
    assert (call.outcome, call.agreed_design) == ("Two pairs.", "Leeds stands by.")
    assert not ConnectionRequest.objects.exists()
    assert not Quote.objects.exists()


@pytest.mark.guidance("R-4.3-8")
def test_the_person_who_asked_hears_when_dcc_calls_and_what_was_agreed(call, desk):
    commands.arrange_call(call.pk, by=desk, call_at=CALL_AT)
    commands.answer_enquiry(
        call.pk, by=desk, outcome="Two pairs.", agreed_design="Leeds stands by."
    )

    arranged = Notice.objects.get(kind="enquiry_arranged")
    answered = Notice.objects.get(kind="enquiry_answered")
    assert "5 March 2026, 2:30pm" in arranged.subject
    assert "0113 496 0000" in arranged.text
    assert "Leeds stands by." in answered.text
    assert "Nothing is ordered by this" in answered.text


@pytest.mark.guidance("R-2.8-8")
def test_help_with_message_sizes_is_tracked_to_an_answer(submitter, desk):
    enquiry = ask(submitter, "message_sizes", "40,000 meters, DUIS only.")
    assert Enquiry.objects.waiting().get() == enquiry

    commands.answer_enquiry(enquiry.pk, by=desk, outcome="About 8 Mbps at the peak.")

    assert not Enquiry.objects.waiting().exists()
    text = Notice.objects.get(kind="enquiry_answered", to=submitter.email).text
    assert "About 8 Mbps at the peak." in text


def test_a_call_can_be_moved_and_is_told_anew(call, desk):
    commands.arrange_call(call.pk, by=desk, call_at=CALL_AT)
    later, moved = timezone.now() + timedelta(hours=1), CALL_AT + timedelta(days=1)
    commands.arrange_call(call.pk, by=desk, call_at=moved, at=later)

    call.refresh_from_db()
    assert call.call_at == moved
    assert Notice.objects.filter(kind="enquiry_arranged").count() == 2


def test_nobody_calls_yesterday(call, desk):
    with pytest.raises(CallInThePast):
        commands.arrange_call(call.pk, by=desk, call_at=CALL_AT - timedelta(days=9))


def test_an_answer_has_words(call, desk):
    with pytest.raises(OutcomeMissing):
        commands.answer_enquiry(call.pk, by=desk, outcome=" ")


@pytest.mark.parametrize("who", ["colleague", "submitter", "billing_clerk"])
def test_only_the_desk_arranges_answers_and_assigns(request, call, who):
    person = request.getfixturevalue(who)

    for step, facts in [
        (commands.arrange_call, {"call_at": CALL_AT}),
        (commands.answer_enquiry, {"outcome": "Yes."}),
        (commands.assign_enquiry, {"owner_id": None}),
    ]:
        with pytest.raises(PermissionDenied):
            step(call.pk, by=person, **facts)


def test_the_party_does_not_read_whose_desk_it_lies_on(call, desk, operator):
    commands.assign_enquiry(call.pk, by=desk, owner_id=operator.pk)

    call.refresh_from_db()
    assert call.owner == operator
    assert [event.name for event in call.history] == ["raise_enquiry"]
    assert call.everything.first().name == "assign_enquiry"


MOVES = {
    ("asked", "arrange", "arranged"),
    ("arranged", "arrange", "arranged"),
    ("asked", "answer", "answered"),
    ("arranged", "answer", "answered"),
}


def test_these_are_all_the_moves_of_an_enquiry():
    moves = Enquiry().get_all_state_transitions()

    assert {(move.source, move.name, move.target) for move in moves} == MOVES


def test_nothing_moves_an_answered_enquiry(call, desk):
    commands.answer_enquiry(call.pk, by=desk, outcome="Done.")
    call.refresh_from_db()
    answer = {"outcome": "Again", "agreed_design": "", "answered_by": desk}

    for move, facts in [(call.arrange, {"call_at": CALL_AT}), (call.answer, answer)]:
        with pytest.raises(NotPossibleInState, match="is answered, so"):
            perform(move, by=SYSTEM, at=timezone.now(), **facts)
