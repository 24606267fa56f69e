"""Cancelling an order: its cost first."""

import pytest
from django.urls import reverse

from orders.models import ConnectionRequest
from orders.states import OrderState
from tests.reading import words_of


def cancel_url(order):
    return reverse("order-cancel", args=[order.reference])


@pytest.mark.parametrize(
    ("who", "status", "state"),
    [
        ("authoriser", 302, OrderState.CANCELLED),
        ("submitter", 403, OrderState.AUTHORISED),
        ("colleague", 403, OrderState.AUTHORISED),
        ("operator", 403, OrderState.AUTHORISED),
        ("outsider", 404, OrderState.AUTHORISED),
        ("installer", 404, OrderState.AUTHORISED),
    ],
)
def test_only_an_authoriser_cancels(
    request, client, authorised_order, *, who, status, state
):
    client.force_login(request.getfixturevalue(who))
    answers = {"amount": "15000.00", "agreed": "on", "reason": "Merged"}

    response = client.post(cancel_url(authorised_order), answers)

    assert response.status_code == status
    assert ConnectionRequest.objects.get().state == state


@pytest.mark.guidance("T7")
@pytest.mark.parametrize(
    ("which", "title"),
    [
        ("authorised_order", "Cancelling now costs £15,000.00, excluding VAT"),
        ("indicative_order", "Cancelling now costs nothing"),
    ],
)
def test_the_cost_of_cancelling_is_shown_first(
    request, client, authoriser, *, which, title
):
    order = request.getfixturevalue(which)
    client.force_login(authoriser)

    assert title in words_of(client.get(cancel_url(order)))


@pytest.mark.parametrize(
    ("answers", "refusal"),
    [
        ({"amount": "15000.00"}, "Tick the box to confirm what cancelling costs"),
        (
            {"amount": "0.00", "agreed": "on"},
            "Cancelling now costs £15,000.00 excluding VAT. Confirm that amount",
        ),
        ({"amount": "lots", "agreed": "on"}, "Enter a number for"),
        ({"agreed": "on"}, "There is a problem"),
    ],
)
def test_nothing_is_cancelled_before_the_named_amount_is_agreed_to(
    client, authorised_order, authoriser, *, answers, refusal
):
    client.force_login(authoriser)

    words = words_of(client.post(cancel_url(authorised_order), answers))

    assert refusal in words
    assert ConnectionRequest.objects.get().state == OrderState.AUTHORISED


def test_another_amount_needs_another_tick(client, authorised_order, authoriser):
    client.force_login(authoriser)
    answers = {"amount": "1.00", "agreed": "on", "reason": "Merged"}

    words = words_of(client.post(cancel_url(authorised_order), answers))

    assert 'name="amount" value="15000.00"' in words
    assert " checked" not in words
    assert "Merged</textarea>" in words


@pytest.mark.parametrize(
    ("state", "said"),
    [
        ("draft", "there is nothing to cancel"),
        ("submitted", "free of charge"),
        ("quoted", "free of charge"),
        ("withdrawn", "It has ended already: withdrawn"),
    ],
)
def test_the_page_says_why_an_order_cannot_be_cancelled(
    client, make_order, authoriser, *, state, said
):
    client.force_login(authoriser)

    assert said in words_of(client.get(cancel_url(make_order(state))))


def test_the_page_about_cancelling_asks_few_questions_of_the_database(
    client, authorised_order, authoriser, django_assert_max_num_queries
):
    client.force_login(authoriser)

    with django_assert_max_num_queries(12):
        client.get(cancel_url(authorised_order))
