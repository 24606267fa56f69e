"""A step that is refused gives the true reason, and an error names its line."""

import pytest

from connections.commands import send_renewal_notice
from dccportal.desk.steps import PAGES
from orders.steps.base import OrderPage
from tests import journey_on_site
from tests.connections.test_renew import DUE
from tests.desk.conftest import order_of
from tests.desk.test_journey import QUOTATION


def has_a_condition_of_its_own(page):
    """Say whether more than the order's state decides that the step is due."""
    asks_more = type(page).is_listed is not OrderPage.is_listed
    return asks_more and type(page).obstacle is OrderPage.obstacle


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.slug)
def test_a_step_that_can_be_over_within_a_state_says_so_in_words(page):
    own_words = page.not_due or type(page).why_not is not OrderPage.why_not

    assert own_words or not has_a_condition_of_its_own(page)


@pytest.mark.parametrize(
    ("fixture", "slug", "reason"),
    [
        ("ready_order", "access", "nothing left to record"),
        ("ready_order", "fail-visit", "No such visit is booked"),
        ("issued_quote", "read-again", "no reading has failed"),
        ("reviewed_order", "retry", "No document of this order has failed"),
        ("connection_in_service", "session", "No session of this connection waits"),
    ],
)
def test_the_reason_is_the_true_one_and_not_the_state(
    at, order_called, fixture, slug, reason
):
    order = order_called(fixture)

    page = at.page(order, slug)

    assert reason in page.context["obstacle"]
    assert "in the state" not in page.content.decode()


def test_a_charge_that_the_notice_has_stated_cannot_be_set_again(at, period, operator):
    journey_on_site.set_renewal_charge(period, operator)
    send_renewal_notice(period.pk, now=DUE)

    page = at.page(order_of(period), "renewal-charge")

    assert page.context["obstacle"] == (
        "The renewal notice went on Friday 3 November 2028 and stated the charge, so "
        "it stands."
    )


@pytest.mark.parametrize(
    ("typed", "field", "label"),
    [
        ({"line_1_reason": ""}, "line_1_reason", "Further line 1: why this amount"),
        ({"annual_reason": ""}, "annual_reason", "Annual charge: why this amount"),
        ({"line_1_net": "-1"}, "line_1_net", "Further line 1: excluding VAT"),
        ({"line_1_kind": ""}, "line_1_kind", "Further line 1: kind of charge"),
    ],
)
def test_an_error_names_its_line_and_leads_to_it(
    at, reviewed_order, typed, field, label
):
    page = at.do(reviewed_order, "quotation", **{**QUOTATION, **typed})

    assert list(page.context["form"].errors) == [field]
    assert f'<a href="#id_{field}">{label}' in page.content.decode()
    assert not reviewed_order.quotes.exists()
