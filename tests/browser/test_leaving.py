"""A Party keeps a connection, leaves it in its month, or leaves it for what is left."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from common.clock import uk_date
from common.wording import long_day_words
from connections.commands import record_notice_delivery, send_renewal_notice
from connections.models import Cancellation, Connection, ContractPeriod, RenewalAnswer
from tests import journey_on_site


@pytest.fixture
def in_its_month(period, operator):
    """Its notice went five days ago; the period ends in four months."""
    now = timezone.now()
    went, today = now - timedelta(days=5), uk_date(now)
    ContractPeriod.objects.filter(pk=period.pk).update(
        starts_on=today - timedelta(days=970),
        last_day=today + timedelta(days=114),
        renewal_due_on=uk_date(went),
    )
    journey_on_site.set_renewal_charge(period, operator, at=went)
    assert send_renewal_notice(period.pk, now=went)
    record_notice_delivery(period.pk, at=went)
    return ContractPeriod.objects.get(pk=period.pk)


@pytest.mark.guidance("R-2.5-6", "R-2.5-7", "R-2.5-9")
@pytest.mark.parametrize(
    ("choice", "said", "state"),
    [
        ("Keep it for 12 months", "is kept", "installed"),
        ("Cancel it: it ends on", "It costs nothing further", "ending"),
    ],
)
def test_a_renewal_is_answered_from_the_page_of_its_connection(
    page_of, in_its_month, authoriser, *, axe, choice, said, state
):
    connection = in_its_month.connection
    page = page_of(authoriser)
    page.goto(connection.get_absolute_url())
    page.get_by_role("button", name="Keep or cancel").click()
    last_day = long_day_words(in_its_month.window_last_day)
    expect(page.get_by_text(last_day).first).to_be_visible()
    axe(page)
    page.get_by_label(choice).check()
    understood = page.get_by_label("I understand that")
    if state == "ending":
        understood.check()
    page.get_by_role("button", name="Send your answer").click()

    expect(page.get_by_text(said).first).to_be_visible()
    assert RenewalAnswer.objects.get().by == authoriser
    assert Connection.objects.get().state == state


@pytest.mark.guidance("R-2.10-1", "R-2.10-2")
def test_a_connection_is_ended_for_exactly_the_amount_that_was_ticked(
    page_of, connection, authoriser, axe
):
    page = page_of(authoriser)
    page.goto(connection.get_absolute_url())
    page.get_by_role("link", name="What it costs to end it, on any day").click()
    expect(page.get_by_text("costs £8,000.00")).to_be_visible()
    axe(page)
    page.get_by_label("will be charged £8,000.00").check()
    page.get_by_label("this cannot be undone").check()
    page.get_by_role("button", name="End the connection").click()

    expect(page.get_by_text("You have it by e-mail too")).to_be_visible()
    assert Cancellation.objects.get().net == Decimal(8000)
    assert Connection.objects.get().state == "ending"
