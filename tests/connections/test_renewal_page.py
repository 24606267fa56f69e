"""Where a Party reads what each choice means, and answers the notice."""

from datetime import UTC, datetime

import pytest
from django.urls import reverse

from connections.commands import send_renewal_notice
from connections.models import Connection, ContractPeriod, RenewalAnswer
from tests import journey_on_site
from tests.reading import words_of

SENT = datetime(2028, 11, 3, 9, tzinfo=UTC)
AFTER = datetime(2028, 12, 4, 9, tzinfo=UTC)


@pytest.fixture
def address(connection):
    return reverse("renewal", args=[connection.reference])


@pytest.fixture
def noticed(clock, period, operator):
    clock.move_to(SENT)
    journey_on_site.set_renewal_charge(period, operator)
    assert send_renewal_notice(period.pk, now=SENT)
    return ContractPeriod.objects.get()


def read(client, person, address):
    client.force_login(person)
    return words_of(client.get(address))


@pytest.mark.guidance("R-2.5-6")
def test_it_says_what_each_choice_costs_before_anybody_decides(
    client, authoriser, noticed, address
):
    page = read(client, authoriser, address)

    for words in (
        "If you do nothing, it renews for 12 months",
        "£4,250.00</span><span>a year from 3 March 2029, excluding VAT",
        "£250.00 more",
        "+ £250.00, 6.2%",
        "£5,100.00",
        "It works until 2 March 2029",
        "nothing further is charged",
        "30 days left",
        "Keep it at another rate",
        "It is done in 30 calendar days",
    ):
        assert words in page


@pytest.mark.guidance("R-2.5-6", "R-2.5-7")
def test_an_authoriser_cancels_and_takes_it_back(client, authoriser, noticed, address):
    client.force_login(authoriser)

    done = client.post(
        address, {"choice": "cancel", "is_understood": "on"}, follow=True
    )

    assert "is cancelled and ends on Friday 2 March 2029" in words_of(done)
    assert Connection.objects.get().state == "ending"
    back = client.post(address, {"choice": "keep"}, follow=True)
    assert "is kept" in words_of(back)
    assert Connection.objects.get().ends_on is None


def test_cancelling_needs_a_tick_and_nothing_is_lost(
    client, authoriser, noticed, address
):
    client.force_login(authoriser)

    page = client.post(address, {"choice": "cancel"})

    assert "Tick that you understand when it ends" in words_of(page)
    assert 'value="cancel" checked' in page.content.decode()
    assert not RenewalAnswer.objects.exists()


@pytest.mark.guidance("R-2.3-3")
def test_who_may_not_decide_reads_who_may(client, submitter, noticed, address):
    page = read(client, submitter, address)

    assert "Only a person nominated to authorise for Northgate Energy" in page
    assert "Ada Law" in page
    assert client.post(address, {"choice": "keep"}).status_code == 403


def test_once_the_month_is_over_it_says_what_holds(
    client, clock, authoriser, noticed, address
):
    clock.move_to(AFTER)

    page = read(client, authoriser, address)

    assert "The time to leave free of charge ended on Sunday 3 December 2028" in page
    assert "Send your answer" not in page


def test_before_the_notice_it_says_when_it_comes(client, authoriser, period, address):
    page = read(client, authoriser, address)

    assert "DCC writes to you by Friday 3 November 2028" in page
    assert "Send your answer" not in page


def test_a_connection_without_a_period_has_no_such_page(
    client, rdp_submitter, rdp_connection
):
    client.force_login(rdp_submitter)
    address = reverse("renewal", args=[rdp_connection.reference])

    assert client.get(address).status_code == 404


def test_the_desk_records_what_an_authoriser_said_by_phone(
    client, clock, desk, authoriser, noticed
):
    clock.move_to(AFTER)
    client.force_login(desk)
    order_id = noticed.connection.order_id
    step = reverse("admin:orders_connectionrequest_renewal-answer", args=[order_id])

    client.post(
        step,
        {
            "choice": "cancel",
            "person": authoriser.pk,
            "how": "phone",
            "came_at": "2028-12-03T16:30",
            "reason": "We close the site.",
        },
    )

    answer = RenewalAnswer.objects.get()
    assert (answer.choice, answer.by) == ("cancel", authoriser)
    assert answer.at == datetime(2028, 12, 3, 16, 30, tzinfo=UTC)
    assert Connection.objects.get().state == "ending"
