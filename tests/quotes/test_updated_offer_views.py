"""The page of the offer that follows a survey, and refusing or cancelling then."""

from decimal import Decimal

import pytest
from django.urls import reverse

from orders.models import ConnectionRequest
from orders.states import OrderState
from quotes import commands
from records.transitions import SYSTEM, perform
from tests import journey
from tests.cast import NOW
from tests.reading import words_of

DEARER = (
    commands.LineEntry("connection", Decimal("5000.00"), reason="Priced by hand"),
    commands.LineEntry("annual", Decimal("4500.00"), reason="Priced by hand"),
)


@pytest.fixture
def updated_quote(indicative_order, operator):
    """An open offer after the survey: £18,500.00 over 3 years."""
    order = journey.fresh(indicative_order)
    perform(order.begin_survey, by=SYSTEM, at=NOW)
    order.surveyed_at = NOW
    order.save()
    return journey.issue(journey.draft(order, operator, lines=DEARER), operator)


@pytest.fixture
def offer_page(updated_quote):
    return reverse("quote", args=[updated_quote.reference])


@pytest.mark.guidance("R-3.6-4")
def test_it_stands_beside_the_indicative_one(client, authoriser, offer_page):
    client.force_login(authoriser)

    words = words_of(client.get(offer_page))

    assert "Replaces version 1, which was indicative" in words
    assert "The survey has been done, so the price will not change" in words
    assert "+ £3,500.00" in words
    assert "<strong>The full £18,500.00</strong>" in words


@pytest.mark.guidance("T9")
def test_its_time_is_counted_like_the_first_and_is_said_to_be_ours(
    client, authoriser, offer_page
):
    client.force_login(authoriser)

    words = words_of(client.get(offer_page))

    assert "30 days left" in words
    assert "Our rule: the time for accepting an updated quotation" in words
    assert "the order ends, with no cancellation cost" in words


@pytest.mark.guidance("R-3.6-6")
def test_refusing_it_ends_the_order_without_a_charge(client, authoriser, updated_quote):
    client.force_login(authoriser)
    url = reverse("quote-decline", args=[updated_quote.reference])

    assert "There is no cancellation charge" in words_of(client.get(url))
    client.post(url, {"reason": ""})

    assert ConnectionRequest.objects.get().state == OrderState.DECLINED


@pytest.mark.guidance("T7")
def test_cancelling_before_it_is_accepted_costs_nothing_and_afterwards_all(
    client, authoriser, operator, updated_quote
):
    client.force_login(authoriser)
    url = reverse("order-cancel", args=[updated_quote.order.reference])

    assert "Cancelling now costs nothing" in words_of(client.get(url))
    journey.authorise(updated_quote, operator, authoriser)

    assert "Cancelling now costs £18,500.00" in words_of(client.get(url))


def test_nothing_is_cancelled_while_its_authority_is_checked(
    client, authoriser, updated_quote
):
    journey.upload(updated_quote, authoriser)
    client.force_login(authoriser)
    url = reverse("order-cancel", args=[updated_quote.order.reference])

    response = client.post(url, {"amount": "0.00", "agreed": "on"})

    assert "A signed authority is being checked by DCC" in words_of(response)
    assert ConnectionRequest.objects.get().state == OrderState.SURVEY


def test_the_indicative_one_is_then_said_to_be_superseded(
    client, authoriser, operator, updated_quote
):
    journey.authorise(updated_quote, operator, authoriser)
    client.force_login(authoriser)
    old = reverse("quote", args=[updated_quote.previous.reference])

    assert "A later version has taken its place" in words_of(client.get(old))
