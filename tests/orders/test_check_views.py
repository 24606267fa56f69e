"""Checking, declaring and sending the request form."""

import pytest
from django.urls import reverse

from orders.forms import sections_of
from orders.models import ConnectionRequest
from orders.states import OrderState
from tests import journey
from tests.reading import words_of


def address(order, slug):
    return reverse("order-section", args=[order.reference, slug])


def fresh(order):
    return ConnectionRequest.objects.get(pk=order.pk)


def check(order):
    return reverse("order-check", args=[order.reference])


@pytest.mark.guidance("R-2.2-5")
def test_a_complete_form_is_declared_and_sent(client, draft_order, submitter):
    client.force_login(submitter)

    response = client.post(check(draft_order), {"agreed": "on"}, follow=True)

    assert fresh(draft_order).state == OrderState.SUBMITTED
    words = words_of(response)
    assert "Request submitted" in words
    assert draft_order.reference in words
    assert "Within 5 working days of acceptance" in words


def test_nothing_is_sent_without_the_declaration(client, draft_order, submitter):
    client.force_login(submitter)

    response = client.post(check(draft_order), {})

    assert "Tick the box to declare" in words_of(response)
    assert fresh(draft_order).state == OrderState.DRAFT


@pytest.mark.guidance("R-2.5-1")
def test_missing_sections_are_named_and_nothing_is_sent(client, draft_order, submitter):
    client.force_login(submitter)
    ConnectionRequest.objects.update(minimum_period_years=None, site_contact_name="")

    read = client.get(check(draft_order))
    sent = client.post(check(draft_order), {"agreed": "on"})

    for slug in ("period", "contacts"):
        assert address(draft_order, slug) in words_of(read)
    words = "Finish these sections first: minimum contract period, contacts."
    assert words in words_of(sent)
    assert fresh(draft_order).state == OrderState.DRAFT


def test_the_check_shows_each_answer_with_a_link_to_change_it(
    client, draft_order, submitter
):
    client.force_login(submitter)

    words = words_of(client.get(check(draft_order)))

    for answer in (
        "High Volume (HV)",
        "20 Mbps",
        "3 years",
        "Thornby Park",
        "Sam Gate",
    ):
        assert answer in words
    for section in sections_of(draft_order):
        change = f"{address(draft_order, section.slug)}?from=check"
        assert f'href="{change}">Change' in words


@pytest.mark.guidance("R-3.2-6")
def test_a_returned_form_shows_the_reason_and_can_be_sent_again(
    client, returned_order, submitter
):
    client.force_login(submitter)
    pages = [reverse("order-form", args=[returned_order.reference])]
    pages += [check(returned_order)]

    for url in pages:
        assert "Which floor?" in words_of(client.get(url))
    journey.answer_all(returned_order, submitter)
    client.post(check(returned_order), {"agreed": "on"})

    assert fresh(returned_order).state == OrderState.SUBMITTED


@pytest.mark.guidance("R-2.11-6")
@pytest.mark.parametrize("view", ["order-form", "order-check"])
def test_a_party_without_an_authoriser_is_warned_from_the_first_draft_on(
    request, client, draft_order, submitter, view
):
    client.force_login(submitter)
    url = reverse(view, args=[draft_order.reference])
    warning = "Nobody at your organisation is nominated to authorise orders today"

    assert warning in words_of(client.get(url))
    request.getfixturevalue("authoriser")
    assert warning not in words_of(client.get(url))
