"""An RDP's connection has no period, no renewal and no balance, wherever it is read."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.urls import reverse

from connections.models import ContractPeriod
from connections.tasks import send_due_renewal_notices
from quotes.commands import record_charging_decision
from records.models import Notice
from tests import journey, journey_on_site
from tests.quotes.paper import text_of
from tests.reading import words_of

BALANCE = ("not yet been invoiced", "Automatic renewal", "Leaving earlier costs")


@pytest.fixture
def rdp_quote(rdp, rdp_submitter, rdp_data_centre, operator):
    """An open firm offer for HV that DCC has decided is charged."""
    order = journey.start(rdp, rdp_submitter)
    answers = {"uses": ["registration_load"], "is_registration_only": True}
    order = journey.answer(order, rdp_submitter, rdp_data_centre, **answers)
    order = journey.accept(journey.submit(order, rdp_submitter), operator)
    order = journey.review(order, operator)
    record_charging_decision(
        order.pk, by=operator, is_chargeable=True, why="Built for one."
    )
    return journey.issue(journey.draft(order, operator), operator)


@pytest.fixture
def charged(rdp_quote, operator, rdp_submitter):
    """The connection that came of it, installed on 3 March 2026."""
    order = journey.authorise(rdp_quote, operator, rdp_submitter)
    return journey_on_site.install_and_complete(order, operator)


@pytest.mark.guidance("T30")
def test_page_and_paper_name_no_balance_and_say_what_is_charged(
    client, rdp_quote, rdp_submitter
):
    client.force_login(rdp_submitter)
    page = words_of(client.get(rdp_quote.get_absolute_url()))
    for words in (page, text_of(rdp_quote)):
        assert not any(balance in words for balance in BALANCE)
        assert "No minimum period and no renewal." in words
        assert "a year that has been invoiced is not refunded" in words
        assert "own reading" in words


@pytest.mark.guidance("T30")
def test_cancelling_before_completion_says_what_holds_afterwards(
    client, rdp_quote, operator, rdp_submitter
):
    order = journey.authorise(rdp_quote, operator, rdp_submitter)
    client.force_login(rdp_submitter)

    words = words_of(client.get(reverse("order-cancel", args=[order.reference])))

    assert "no balance to pay: that is our own reading" in words


@pytest.mark.guidance("T30")
def test_completion_tells_an_rdp_of_yearly_charges_and_of_no_period(
    client, charged, rdp_submitter
):
    text = Notice.objects.filter(kind="installation_complete").first().text
    client.force_login(rdp_submitter)
    page = words_of(client.get(reverse("connection", args=[charged.reference])))

    for words in (text, page):
        assert "a year that has been invoiced is not refunded" in words
        assert "our reading" in words.lower()
    assert "no balance is due when you end the connection" in text


@pytest.mark.guidance("T30", "R-2.5-10")
def test_no_renewal_notice_ever_goes_to_an_rdp(charged, clock):
    assert charged.periods.count() == ContractPeriod.objects.count() == 0
    for months in range(6, 49, 6):
        clock.move_to(datetime(2026, 3, 3, tzinfo=UTC) + timedelta(days=31 * months))
        send_due_renewal_notices()

    assert not ContractPeriod.objects.notice_due_by(date(2036, 1, 1)).exists()
    assert not Notice.objects.filter(kind="renewal_notice").exists()


@pytest.mark.guidance("T30")
@pytest.mark.django_db
def test_a_period_in_an_rdps_plan_counts_for_nothing(client):
    chosen = {"option": "low", "main": "hv-10", "years": "3", "is_rdp": "on"}
    page = words_of(client.get(reverse("plan"), chosen))
    assert "a period chosen above counts for nothing" in page
    assert not any(balance in page for balance in BALANCE)

    del chosen["is_rdp"]
    assert "Leaving earlier costs" in words_of(client.get(reverse("plan"), chosen))
