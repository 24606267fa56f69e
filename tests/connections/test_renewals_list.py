"""The renewals that are ahead, as the desk works through them."""

from datetime import UTC, datetime

import pytest
from django.urls import reverse

from connections.commands import record_notice_delivery, send_renewal_notice
from connections.models import RenewalReading
from tests import journey_on_site
from tests.reading import words_of

SENT = datetime(2028, 11, 3, 9, tzinfo=UTC)
LIST = "admin:connections_contractperiod_changelist"


@pytest.mark.guidance("R-2.5-4", "R-2.5-5")
def test_a_notice_without_its_charge_leads_to_where_it_is_set(
    client, desk, operator, period
):
    """Those who may set it are led there, and nobody else."""
    client.force_login(desk)
    seen = words_of(client.get(reverse(LIST)))
    client.force_login(operator)
    page = words_of(client.get(reverse(LIST)))

    assert "cannot go without its charge. Late: 0." in page
    assert "No charge yet" in page
    name = "admin:orders_connectionrequest_renewal-charge"
    where = reverse(name, args=[period.connection.order_id])
    assert where in page
    assert where not in seen
    assert period.connection.reference not in words_of(
        client.get(f"{reverse(LIST)}?state=ready")
    )


@pytest.mark.guidance("R-2.5-5")
def test_a_charge_far_from_the_one_before_asks_whether_it_is_right(
    client, desk, operator, period
):
    client.force_login(desk)
    journey_on_site.set_renewal_charge(period, operator, net="40.00")

    page = words_of(client.get(f"{reverse(LIST)}?state=ready"))

    assert "Ready to go" in page
    assert "£40.00" in page
    assert "£4,000.00" in page


@pytest.mark.guidance("R-2.5-9")
def test_it_says_whether_a_notice_was_read_and_by_whom_first(
    client, clock, desk, period, authoriser, *, operator, colleague
):
    clock.move_to(SENT)
    journey_on_site.set_renewal_charge(period, operator)
    assert send_renewal_notice(period.pk, now=SENT)
    record_notice_delivery(period.pk, at=SENT)
    renewal = reverse("renewal", args=[period.connection.reference])
    client.force_login(desk)
    client.get(renewal)
    assert "Sent, not read" in words_of(client.get(reverse(LIST)))

    for person in (authoriser, colleague, authoriser):
        client.force_login(person)
        page = words_of(client.get(renewal))

    assert "Read here" in page
    client.force_login(desk)
    assert "Read by Ada Law on 3 November 2028" in words_of(client.get(reverse(LIST)))
    assert RenewalReading.objects.count() == 2
