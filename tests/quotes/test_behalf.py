"""What a nominated contact says by e-mail or phone is recorded, and counts."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied

from orders.commands import Said, record_answers, record_withdrawal
from orders.errors import (
    NothingSaid,
    SaidByNobodyNominated,
    SaidInFuture,
    SaidTooEarly,
)
from orders.policies import may_submit
from parties.commands import set_sign_in
from parties.models import Nomination
from quotes import commands
from quotes.commands import record_cancellation, record_decline
from quotes.errors import CancellationChargeChanged, QuoteLapsed
from quotes.models import Quote
from records.behalf import How, OnBehalf
from records.models import Event, Notice
from tests import journey
from tests.cast import NOW
from tests.reading import words_of

HOUR = timedelta(hours=1)
CAME = NOW + timedelta(days=1)
pytestmark = pytest.mark.guidance("T35")


@pytest.fixture
def later(clock):
    """It is two days later: what came the day before is keyed in now."""
    clock.move_to(NOW + timedelta(days=2))


def said(person, came_at=CAME, how="phone"):
    return Said(person.pk, how, came_at)


def last_event(name):
    return Event.objects.filter(name=name).first()


def test_a_withdrawal_by_phone_counts_from_when_it_came_and_names_both(
    submitted_order, submitter, desk, later
):
    record_withdrawal(
        submitted_order.pk, by=desk, said=said(submitter), reason="Sold the site"
    )

    order = journey.fresh(submitted_order)
    event = last_event("withdraw")
    assert (order.state, order.closed_at) == ("withdrawn", CAME)
    assert (event.by, event.at) == (desk, CAME)
    words = f"Recorded by {desk} for Sue Mitter, said by phone on 4 March 2026 at 10:00"
    assert event.why == f"{words}\nSold the site"


def test_the_contact_is_told_by_e_mail_and_how_to_object(
    submitted_order, submitter, desk, later
):
    record_withdrawal(submitted_order.pk, by=desk, said=said(submitter, how="email"))

    notice = Notice.objects.get(kind="recorded_for_you")
    assert notice.to == submitter.email
    for words in (
        f"{desk} of DCC recorded the withdrawal of order {submitted_order} for you",
        "You said it by e-mail, and it came on 4 March 2026",
        "If you did not say this",
        f"/enquiries/new/?kind=question&order={submitted_order}",
    ):
        assert words in notice.text
    assert Notice.objects.filter(kind="request_withdrawn").exists()


def test_an_offer_declined_on_its_last_day_counts_though_it_lapsed_before_it_was_keyed(
    issued_quote, authoriser, desk, clock
):
    came = issued_quote.lapses_at - HOUR
    clock.move_to(issued_quote.lapses_at + 2 * HOUR)
    assert commands.lapse_quote(issued_quote.pk, now=issued_quote.lapses_at)

    record_decline(issued_quote.pk, by=desk, said=said(authoriser, came))

    quote = Quote.objects.get()
    assert (quote.state, quote.decided_at) == ("declined", came)
    assert (quote.order.state, quote.order.closed_at) == ("declined", came)


def test_what_came_after_the_last_day_declines_nothing(
    issued_quote, authoriser, desk, clock
):
    clock.move_to(issued_quote.lapses_at + 2 * HOUR)
    commands.lapse_quote(issued_quote.pk, now=issued_quote.lapses_at)

    with pytest.raises(QuoteLapsed):
        record_decline(
            issued_quote.pk, by=desk, said=said(authoriser, issued_quote.lapses_at)
        )

    assert Quote.objects.get().state == "lapsed"


def test_an_order_is_cancelled_for_the_amount_that_its_authoriser_was_told(
    authorised_order, authoriser, desk, later
):
    told = {"by": desk, "said": said(authoriser)}
    with pytest.raises(CancellationChargeChanged):
        record_cancellation(authorised_order.pk, acknowledged=Decimal(1), **told)

    charge = record_cancellation(
        authorised_order.pk, acknowledged=Decimal("15000.00"), **told
    )

    assert charge == Decimal("15000.00")
    assert journey.fresh(authorised_order).closed_at == CAME


def test_answers_by_phone_are_the_contacts_and_can_send_the_form_back(
    returned_order, submitter, desk, later
):
    question = returned_order.questions.get()
    record_answers(
        returned_order.pk,
        by=desk,
        said=said(submitter),
        answers={question.pk: "The third"},
        is_sent_again=True,
    )

    question.refresh_from_db()
    order = journey.fresh(returned_order)
    assert (question.answer, question.answered_by) == ("The third", submitter)
    assert question.answered_at == CAME
    assert (order.state, order.submitted_by) == ("submitted", submitter)
    words = f"Recorded by {desk} for Sue Mitter, said by phone on 4 March 2026 at 10:00"
    assert [row.recorded for row in order.versions.all()] == ["", words]


def test_a_correction_by_phone_is_the_contacts_and_is_told(
    returned_order, submitter, desk, later
):
    record_answers(
        returned_order.pk,
        by=desk,
        said=said(submitter),
        answers={},
        corrections={"floor": "Third"},
    )

    order = journey.fresh(returned_order)
    event = last_event("save_answers")
    assert (order.state, order.floor) == ("returned", "Third")
    assert (event.by, event.at, event.what) == (desk, CAME, "Answers corrected")
    assert "for Sue Mitter, said by phone on 4 March 2026 at 10:00" in event.why
    notice = Notice.objects.get(kind="recorded_for_you")
    assert f"corrections of the form (floor) about order {order} for you" in notice.text


def test_answers_that_say_nothing_are_refused(returned_order, submitter, desk, later):
    question = returned_order.questions.get()

    with pytest.raises(NothingSaid):
        record_answers(
            returned_order.pk,
            by=desk,
            said=said(submitter),
            answers={question.pk: " "},
        )


@pytest.mark.parametrize(
    ("came_at", "refusal"),
    [
        (NOW - HOUR, SaidTooEarly),
        (NOW + timedelta(days=3), SaidInFuture),
    ],
)
def test_nothing_comes_before_there_was_something_to_say_it_about_nor_in_the_future(
    issued_quote, authoriser, desk, later, *, came_at, refusal
):
    with pytest.raises(refusal):
        record_decline(issued_quote.pk, by=desk, said=said(authoriser, came_at))

    assert Quote.objects.get().state == "issued"


@pytest.mark.parametrize("who", ["submitter", "colleague", "outsider"])
def test_only_who_was_nominated_for_it_on_that_day_is_heard(
    request, issued_quote, desk, later, who
):
    person = request.getfixturevalue(who)

    with pytest.raises(SaidByNobodyNominated):
        record_decline(issued_quote.pk, by=desk, said=said(person))


def test_a_nomination_that_has_ended_since_still_counts_and_a_later_one_does_not(
    issued_quote, authoriser, colleague, desk, later
):
    Nomination.objects.filter(user=authoriser).update(until_on=CAME.date())
    Nomination.objects.create(
        user=colleague, purpose="authorise", from_on=CAME.date() + timedelta(days=1)
    )

    with pytest.raises(SaidByNobodyNominated):
        record_decline(issued_quote.pk, by=desk, said=said(colleague))
    record_decline(issued_quote.pk, by=desk, said=said(authoriser))

    assert Quote.objects.get().state == "declined"


def test_a_sign_in_that_was_closed_since_undoes_nothing_that_was_said_before(
    issued_quote, authoriser, desk, later
):
    set_sign_in(authoriser.pk, is_active=False, by=desk, at=CAME + HOUR)

    record_decline(issued_quote.pk, by=desk, said=said(authoriser))

    assert Quote.objects.get().state == "declined"


@pytest.mark.parametrize(
    "who", ["submitter", "authoriser", "billing_clerk", "installer", "configurer"]
)
def test_nobody_but_the_desk_records_for_another(
    request, submitted_order, submitter, later, who
):
    by = request.getfixturevalue(who)

    with pytest.raises(PermissionDenied):
        record_withdrawal(submitted_order.pk, by=by, said=said(submitter))


@pytest.mark.guidance("R-2.11-4")
def test_nobody_accepts_for_another(issued_quote, authoriser, desk, settings):
    settings.SIGNED_UPLOAD_MANDATORY = False
    acting = OnBehalf(authoriser, desk, How.PHONE, NOW)

    with pytest.raises(PermissionDenied):
        commands.accept_in_portal(
            issued_quote.pk, by=acting, statement="I accept", has_access_rules=False
        )
    with pytest.raises(PermissionDenied):
        commands.upload_authority(
            issued_quote.pk,
            by=acting,
            files=[journey.one_file()],
            signatory_name="Ada Law",
            has_access_rules=False,
            has_rack_space=True,
        )


def post(client, order, **answers):
    typed = {"how": "phone", "came_at": "2026-03-04T10:00", "reason": "", **answers}
    return client.post(said_page(order), typed, follow=True)


def said_page(order):
    return f"/admin/orders/connectionrequest/{order.pk}/said/"


def test_the_desk_records_a_refusal_on_its_page_and_the_party_reads_who_said_it(
    client, issued_quote, authoriser, desk, later
):
    client.force_login(desk)
    order = issued_quote.order

    done = post(client, order, act="decline", person=authoriser.pk)
    client.force_login(authoriser)
    history = words_of(client.get(order.get_absolute_url()))

    assert "It is recorded for Ada Law, who is told by e-mail" in words_of(done)
    assert Quote.objects.get().state == "declined"
    assert "for Ada Law, said by phone on 4 March 2026 at 10:00" in history


def test_the_desk_reads_what_cancelling_costs_and_must_have_told_it(
    client, authorised_order, authoriser, desk, later
):
    client.force_login(desk)
    typed = {"act": "cancel", "person": authoriser.pk, "charge": "15000.00"}

    wrong = words_of(post(client, authorised_order, **typed))
    assert "They know that cancelling costs £15,000.00 excluding VAT" in wrong
    assert "Tell them what cancelling costs first" in wrong
    post(client, authorised_order, is_charge_told="on", **typed)

    assert journey.fresh(authorised_order).state == "cancelled"


def test_the_desk_corrects_the_answer_that_was_asked_about(
    client, returned_order, submitter, desk, later
):
    client.force_login(desk)
    before = returned_order.floor
    question = returned_order.questions.get()
    answer = {f"answer_{question.pk}": "The third", "initial-correct_floor": before}

    shown = words_of(client.get(said_page(returned_order)))
    post(
        client,
        returned_order,
        act="answer",
        person=submitter.pk,
        correct_floor="Third",
        **answer,
    )

    assert 'name="correct_floor"' in shown
    assert 'type="hidden" name="initial-correct_floor"' in shown
    assert journey.fresh(returned_order).floor == "Third"
    assert "corrections of the form (floor)" in Notice.objects.latest("pk").text


def test_an_answer_that_the_form_cannot_hold_is_refused_beside_it(
    client, returned_order, submitter, desk, later
):
    client.force_login(desk)
    asked = {"act": "answer", "person": submitter.pk, "correct_floor": "9" * 300}

    page = words_of(post(client, returned_order, **asked))

    assert "Shorten" in page
    assert journey.fresh(returned_order).floor == returned_order.floor


def test_the_desk_records_answers_on_its_page(
    client, returned_order, submitter, desk, later
):
    client.force_login(desk)
    question = returned_order.questions.get()
    answer = {f"answer_{question.pk}": "The third"}

    post(client, returned_order, act="answer", person=submitter.pk, **answer)

    question.refresh_from_db()
    assert question.answer == "The third"
    assert journey.fresh(returned_order).state == "returned"


def test_who_may_not_record_it_hears_that_before_anything_else(
    quoted_order, submitter, billing_clerk
):
    tomorrow = NOW + timedelta(days=1)

    with pytest.raises(PermissionDenied):
        record_withdrawal(
            quoted_order.pk, by=billing_clerk, said=said(submitter, tomorrow)
        )


def test_the_rule_itself_lets_the_desk_alone_record_for_another(
    quoted_order, submitter, billing_clerk, desk
):
    def recorded_by(recorder):
        return OnBehalf(submitter, recorder, How.PHONE, NOW)

    assert may_submit(quoted_order, recorded_by(desk))
    assert not may_submit(quoted_order, recorded_by(billing_clerk))
