"""What authority on an indicative offer commits to, and the updated offer."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied

from orders.models import ConnectionRequest
from quotes import commands
from quotes.commands.cancel import cancellation_charge
from quotes.errors import (
    AuthorityBeingChecked,
    CancellationChargeChanged,
    NoneToCancel,
    NoQuoteHere,
    SurveyMissing,
)
from quotes.models import Quote
from quotes.signals import order_cancelled
from records.errors import NotPossibleInState
from records.models import Event, Notice
from records.transitions import SYSTEM, perform
from tests import journey
from tests.cast import NOW

DEARER = (
    commands.LineEntry("connection", Decimal("5000.00"), reason="Priced by hand"),
    commands.LineEntry("annual", Decimal("4500.00"), reason="Priced by hand"),
)


@pytest.fixture
def surveyed_order(indicative_order):
    """Authorised on an indicative offer, and surveyed."""
    order = ConnectionRequest.objects.get(pk=indicative_order.pk)
    perform(order.begin_survey, by=SYSTEM, at=NOW)
    order.surveyed_at = NOW
    order.save()
    return order


@pytest.fixture
def updated_quote(surveyed_order, operator):
    """An open offer after the survey: £18,500.00 over 3 years."""
    draft = journey.draft(surveyed_order, operator, lines=DEARER)
    return journey.issue(draft, operator)


def states(order):
    quotes = Quote.objects.filter(order=order).order_by("version")
    return [journey.fresh(order).state, *quotes.values_list("state", flat=True)]


@pytest.mark.guidance("T7", "T8")
@pytest.mark.parametrize(("survey", "charge"), [(False, "15000.00"), (True, "0.00")])
def test_authority_commits_to_the_full_cost_only_on_a_firm_offer(
    make_order, authoriser, survey, charge
):
    order = make_order("authorised", survey=survey)
    assert cancellation_charge(order) == Decimal(charge)

    assert journey.cancel(order, authoriser).state == "cancelled"
    assert Notice.objects.filter(kind="order_cancelled").exists()


@pytest.mark.guidance("T9")
def test_an_updated_offer_is_firm_and_its_own_thirty_days_run(updated_quote, clock):
    assert (updated_quote.stage, updated_quote.basis) == ("updated", "firm")
    assert updated_quote.last_day == date(2026, 4, 2)
    assert states(updated_quote.order) == ["survey", "accepted", "issued"]


@pytest.mark.guidance("R-3.6-5", "T8")
def test_accepting_the_updated_offer_supersedes_the_first_and_commits(
    updated_quote, operator, authoriser
):
    order = journey.authorise(updated_quote, operator, authoriser)

    assert states(order)[1:] == ["superseded", "accepted"]
    assert cancellation_charge(order) == Decimal("18500.00")


def test_accepting_works_also_when_an_updated_offer_was_reissued(
    updated_quote, operator, authoriser
):
    commands.withdraw_quote(updated_quote.pk, by=operator, reason="Typing error")
    order = journey.fresh(updated_quote.order)
    assert order.state == "survey"
    again = journey.issue(journey.draft(order, operator), operator)

    journey.authorise(again, operator, authoriser)

    assert states(order)[1:] == ["superseded", "withdrawn", "accepted"]


@pytest.mark.guidance("R-3.6-6", "T8")
def test_refusing_the_updated_offer_ends_the_order_free_of_charge(
    updated_quote, authoriser, monkeypatch
):
    heard = []
    monkeypatch.setattr(
        order_cancelled, "send", lambda *_, **facts: heard.append(facts)
    )

    order = journey.decline(updated_quote.order, authoriser)

    assert order.state == "declined"
    assert heard == []


@pytest.mark.guidance("R-3.6-6")
def test_letting_the_updated_offer_lapse_ends_the_order(updated_quote):
    order = journey.lapse(updated_quote.order)

    assert states(order) == ["lapsed", "accepted", "lapsed"]
    assert order.closed_at == updated_quote.lapses_at


@pytest.mark.guidance("R-3.6-6")
def test_an_authority_on_it_found_not_effective_too_late_ends_the_order(
    updated_quote, authoriser, operator
):
    authority = journey.upload(updated_quote, authoriser)
    late = updated_quote.lapses_at + timedelta(days=1)

    commands.reject_authority(authority.pk, by=operator, reason="Not signed", at=late)

    assert states(updated_quote.order) == ["lapsed", "accepted", "lapsed"]


@pytest.mark.guidance("T8")
def test_cancelling_takes_the_updated_offer_along_free_of_charge(
    updated_quote, authoriser
):
    order = journey.cancel(updated_quote.order, authoriser)

    assert states(order) == ["cancelled", "accepted", "withdrawn"]
    assert "No charge" in Event.objects.get(name="cancel").why


def test_cancelling_waits_while_its_authority_is_checked(updated_quote, authoriser):
    journey.upload(updated_quote, authoriser)

    with pytest.raises(AuthorityBeingChecked):
        journey.cancel(updated_quote.order, authoriser)


def test_an_updated_offer_follows_the_survey(indicative_order, operator):
    perform(indicative_order.begin_survey, by=SYSTEM, at=NOW)

    with pytest.raises(SurveyMissing):
        journey.draft(indicative_order, operator)


def test_there_is_one_updated_offer_at_a_time(updated_quote, operator):
    with pytest.raises(NoQuoteHere, match="waiting for a decision"):
        journey.draft(updated_quote.order, operator)


@pytest.mark.guidance("T7")
@pytest.mark.parametrize("amount", ["0.00", "14999.99", "15000.01"])
def test_the_amount_that_was_agreed_to_must_be_the_amount(
    authorised_order, authoriser, amount
):
    with pytest.raises(CancellationChargeChanged, match="£15,000"):
        commands.cancel_order(
            authorised_order.pk, by=authoriser, acknowledged=Decimal(amount)
        )
    assert journey.fresh(authorised_order).state == "authorised"


@pytest.mark.parametrize("who", ["submitter", "colleague", "outsider", "operator"])
def test_nobody_else_cancels_or_learns_what_it_costs(request, authorised_order, who):
    with pytest.raises(PermissionDenied):
        commands.cancel_order(
            authorised_order.pk,
            by=request.getfixturevalue(who),
            acknowledged=Decimal("1.00"),
        )


def test_what_has_no_authority_is_not_cancelled(issued_quote, authoriser):
    with pytest.raises(NoneToCancel, match="withdraw it instead"):
        commands.cancel_order(
            issued_quote.order_id, by=authoriser, acknowledged=Decimal("0.00")
        )


def test_an_order_is_cancelled_once(authorised_order, authoriser):
    journey.cancel(authorised_order, authoriser)

    with pytest.raises(NotPossibleInState):
        journey.cancel(authorised_order, authoriser)


@pytest.mark.guidance("R-3.6-4")
def test_the_letter_about_an_updated_offer_gives_the_difference_and_its_reason(
    updated_quote,
):
    letter = Notice.objects.filter(kind="quote_issued", thread=updated_quote.thread)
    text = letter.latest("pk").text

    assert "£18,500.00" in text
    assert "That is £3,500.00 more than version 1, which came to £15,000.00." in text
    assert f"Why: {updated_quote.change_reason}" in text
    assert "the number of days is our rule" in text


def test_the_letter_about_a_first_offer_compares_it_with_nothing(issued_quote):
    text = Notice.objects.filter(kind="quote_issued").latest("pk").text

    assert "That is" not in text
    assert "is one of a pair" not in text
