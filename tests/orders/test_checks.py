"""What DCC does with a request until it is quoted."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied

from orders import commands
from orders.commands import save_answers
from orders.deadlines import quote_due_on
from orders.errors import (
    LineKindMissing,
    NoQuestions,
    SiteReviewMissing,
    StillAvailable,
)
from orders.models import BankHoliday, SiteReview
from quotes.errors import AuthorityBeingChecked
from quotes.models import Quote
from records.errors import NotPossibleInState
from records.models import Event, Notice
from tests import journey

NOT_OPERATIONS = ("desk", "billing_clerk", "installer", "configurer", "submitter")


def instant(text):
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.guidance("R-3.3-1", "R-3.2-7", "T20")
@pytest.mark.parametrize(
    "case",
    [
        ("2015-04-02T12:00", "ENG", "2015-04-13"),
        ("2015-04-02T12:00", "SCT", "2015-04-10"),
        ("2015-01-26T12:00", "ENG", "2015-02-02"),
        ("2026-06-30T23:30", "ENG", "2026-07-08"),
    ],
    ids=["Easter", "Scotland", "plain", "1 July in the UK, June in UTC"],
)
def test_an_accepted_form_is_quoted_in_five_working_days(
    submitted_order, operator, settings, case
):
    accepted, settings.BANK_HOLIDAY_DIVISION, due = case

    order = journey.accept(submitted_order, operator, at=instant(accepted))

    assert order.quote_due_on == date.fromisoformat(due)
    assert order.accepted_at == instant(accepted)


def test_a_bank_holiday_that_staff_add_counts_from_then_on(submitted_order, operator):
    day = date(2026, 3, 5)
    commands.save_bank_holiday(division="ENG", day=day, name="A wedding", by=operator)

    order = journey.accept(submitted_order, operator)

    assert order.quote_due_on == date(2026, 3, 11)
    assert quote_due_on(date(2026, 3, 3), commands.working_calendar()) == date(
        2026, 3, 11
    )


@pytest.mark.parametrize("who", NOT_OPERATIONS)
def test_only_operations_keeps_bank_holidays(request, who):
    person = request.getfixturevalue(who)

    with pytest.raises(PermissionDenied):
        commands.save_bank_holiday(
            division="ENG", day=date(2026, 3, 5), name="x", by=person
        )
    assert not BankHoliday.objects.filter(day=date(2026, 3, 5)).exists()


@pytest.mark.guidance("R-3.2-6")
def test_corrections_after_questions_are_told_old_and_new(returned_order, submitter):
    answers = {"hv_rating_mbps": 30, "site_contact_phone": ""}
    save_answers(returned_order.pk, by=submitter, answers=answers)
    save_answers(returned_order.pk, by=submitter, answers=answers)

    told = Event.objects.get(name="save_answers")
    assert told.by == submitter
    rating, phone = told.why.split("; ")
    assert rating == "Rating: 20 Mbps → 30 Mbps"
    assert phone.endswith("→ no answer")


@pytest.mark.guidance("R-2.6-1", "R-2.6-2", "R-2.6-4", "R-3.2-8")
@pytest.mark.parametrize(
    ("asked", "told", "found"),
    [
        ("hv", "", "hv"),
        ("hv", "standard", "hv"),
        ("lv", "superfast", "superfast"),
        ("lv", "standard", "standard"),
    ],
)
def test_the_review_says_which_line_the_site_can_have(
    make_order, operator, asked, told, found
):
    order = make_order("accepted", connection_type=asked)

    review = commands.record_site_review(
        order.pk,
        by=operator,
        verdict="green",
        is_survey_needed=False,
        line_kind=told,
        expected_down_mbps=Decimal(14),
        expected_up_mbps=Decimal(2),
    )

    assert review.line_kind == found


@pytest.mark.guidance("R-2.6-4")
@pytest.mark.parametrize("told", ["", "hv"])
def test_lv_that_is_available_is_superfast_or_standard(make_order, operator, told):
    order = make_order("accepted", connection_type="lv")

    with pytest.raises(LineKindMissing, match="superfast broadband, or standard"):
        commands.record_site_review(
            order.pk,
            by=operator,
            verdict="green",
            is_survey_needed=False,
            line_kind=told,
        )


@pytest.mark.guidance("R-3.2-6")
def test_a_draft_is_filled_in_without_a_history(draft_order, submitter):
    save_answers(draft_order.pk, by=submitter, answers={"hv_rating_mbps": 30})

    assert not Event.objects.filter(name="save_answers").exists()


@pytest.mark.guidance("R-3.2-4", "R-3.2-6")
def test_questions_go_to_the_party_which_then_sends_the_form_again(
    submitted_order, desk, submitter, data_centre
):
    order = journey.return_with_questions(submitted_order, desk)
    told = Event.objects.get(name="return_for_correction")
    assert told.why == "1. Floor: Which floor?"
    assert Notice.objects.get(kind="request_returned").to == submitter.email

    journey.answer(order, submitter, data_centre, floor="3")
    journey.answer_all(order, submitter)
    assert journey.submit(order, submitter).state == "submitted"


def test_returning_needs_a_question(submitted_order, desk):
    with pytest.raises(NoQuestions):
        commands.return_request(submitted_order.pk, by=desk, note="See below.")
    assert journey.fresh(submitted_order).state == "submitted"


@pytest.mark.guidance("T7")
@pytest.mark.parametrize("state", ["submitted", "returned", "accepted", "quoted"])
@pytest.mark.parametrize("who", ["submitter", "authoriser"])
def test_a_party_withdraws_free_of_charge_until_authority(
    request, make_order, state, who
):
    order = make_order(state)

    order = commands.withdraw_request(order.pk, by=request.getfixturevalue(who))

    assert (order.state, order.closed_at is None) == ("withdrawn", False)
    assert not Quote.objects.undecided().exists()
    assert Notice.objects.filter(kind="request_withdrawn").exists()


@pytest.mark.parametrize("state", ["draft", "authorised", "lapsed", "cancelled"])
def test_what_is_authorised_or_closed_cannot_be_withdrawn(make_order, submitter, state):
    order = make_order(state)

    with pytest.raises(NotPossibleInState):
        commands.withdraw_request(order.pk, by=submitter)


@pytest.mark.parametrize("who", ["colleague", "outsider", "operator", "desk"])
def test_nobody_else_withdraws_and_its_offer_stays_open(request, issued_quote, who):
    with pytest.raises(PermissionDenied):
        commands.withdraw_request(
            issued_quote.order_id, by=request.getfixturevalue(who)
        )
    assert Quote.objects.get().state == "issued"


def test_a_request_is_not_withdrawn_while_its_authority_is_checked(
    pending_authority, submitter
):
    with pytest.raises(AuthorityBeingChecked, match="being checked"):
        commands.withdraw_request(pending_authority.quote.order_id, by=submitter)


def test_the_party_never_reads_of_a_draft_that_went_with_its_order(
    draft_quote, submitter
):
    commands.withdraw_request(draft_quote.order_id, by=submitter)

    assert Quote.objects.get().state == "withdrawn"
    public = Event.objects.of_thread(draft_quote.thread).for_party()
    assert "QUO" not in {event.subject_words[:3] for event in public}


@pytest.mark.guidance("R-3.2-8")
def test_a_later_review_replaces_the_earlier(accepted_order, operator):
    journey.review(accepted_order, operator, survey=True)
    journey.review(accepted_order, operator, survey=False)

    assert SiteReview.objects.get().is_survey_needed is False
    assert Event.objects.filter(name="record_site_review").count() == 2


@pytest.mark.parametrize("who", NOT_OPERATIONS)
def test_only_operations_reviews_a_site(request, accepted_order, who):
    with pytest.raises(PermissionDenied):
        journey.review(accepted_order, request.getfixturevalue(who))


@pytest.mark.parametrize("state", ["submitted", "quoted", "authorised", "withdrawn"])
def test_a_site_is_reviewed_in_desk_review_only(make_order, operator, state):
    with pytest.raises(NotPossibleInState):
        journey.review(make_order(state), operator)


@pytest.mark.guidance("T15")
def test_an_order_for_lv_that_cannot_be_had_is_closed_and_hv_is_a_new_request(
    make_order, submitter, data_centre
):
    order = make_order("unavailable")
    assert order.closed_at
    assert Notice.objects.filter(kind="request_unavailable").count() == 1

    again = commands.copy_request(order.pk, by=submitter)
    journey.answer(again, submitter, data_centre)
    assert journey.submit(again, submitter).connection_type == "hv"


def test_an_order_is_not_closed_before_anyone_looked(make_order, operator):
    order = make_order("accepted", connection_type="lv")

    with pytest.raises(SiteReviewMissing):
        commands.close_as_unavailable(order.pk, by=operator)


@pytest.mark.parametrize("kind", ["lv", "hv"])
def test_an_order_that_can_be_had_is_not_closed(make_order, operator, kind):
    order = make_order("accepted", connection_type=kind)
    journey.review(order, operator)

    with pytest.raises(StillAvailable):
        commands.close_as_unavailable(order.pk, by=operator)


@pytest.mark.guidance("R-3.2-8")
def test_hv_that_cannot_be_had_ends_its_order_in_words_of_its_own(
    make_order, operator, submitter
):
    order = make_order("accepted", connection_type="hv")

    order = journey.close_as_unavailable(order, operator)

    assert order.state == "unavailable"
    mail = Notice.objects.get(kind="request_unavailable")
    assert "A High Volume (HV) connection cannot be had there" in mail.text
    assert "Why: No copper pair at this exchange." in mail.text
    assert "HV request" not in mail.text


def test_a_draft_offer_goes_with_an_order_that_is_closed(make_order, operator):
    order = make_order("accepted", connection_type="lv")
    journey.review(order, operator)
    journey.draft(order, operator)

    journey.close_as_unavailable(order, operator)

    assert Quote.objects.get().state == "withdrawn"


def test_an_order_is_given_to_a_colleague_and_back_unseen_by_the_party(
    submitted_order, desk, operator
):
    commands.assign_order(submitted_order.pk, by=desk, owner_id=operator.pk)
    assert journey.fresh(submitted_order).owner == operator
    commands.assign_order(submitted_order.pk, by=desk, owner_id=None)
    assert journey.fresh(submitted_order).owner is None

    told = Event.objects.filter(name="assign_order")
    assert not told.for_party().exists()


@pytest.mark.parametrize("who", ["submitter", "installer", "billing_clerk"])
def test_only_the_desk_assigns_orders(request, submitted_order, operator, who):
    with pytest.raises(PermissionDenied):
        commands.assign_order(
            submitted_order.pk, by=request.getfixturevalue(who), owner_id=operator.pk
        )
