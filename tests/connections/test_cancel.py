"""Cancellation a connection on a day of the Party's choice."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.urls import reverse

from billing.models import Charge
from billing.tasks import charge_cancellations
from connections.commands import answer_renewal, cancel_connection, end_connection
from connections.errors import (
    EndingCostChanged,
    EndsTooEarly,
    EndsTooLate,
    NotTakenBack,
)
from connections.models import Cancellation, Connection
from orders.errors import NotNominated
from records.errors import NotPossibleInState
from records.models import Notice
from tests.cast import NOW
from tests.reading import words_of

# Completed on 3 March 2026 for three years: £3,000, then £4,000 a year.
TODAY = NOW.date()
IN_MONTH_5 = date(2026, 7, 20)
IN_MONTH_14 = date(2027, 4, 20)
PERIOD_ENDS = date(2029, 3, 2)


def cancel(connection, person, day, amount):
    return cancel_connection(
        connection.pk, by=person, last_day=day, acknowledged=Decimal(amount)
    )


@pytest.mark.guidance("R-2.10-1", "R-2.10-2", "R-2.10-3")
@pytest.mark.parametrize(
    ("day", "amount"), [(IN_MONTH_5, 8000), (IN_MONTH_14, 4000), (PERIOD_ENDS, 0)]
)
def test_it_ends_on_that_day_for_what_is_not_invoiced_by_then(
    connection, authoriser, day, amount
):
    cancel(connection, authoriser, day, amount)
    charge_cancellations()
    charge_cancellations()

    ended = Connection.objects.get()
    assert (ended.state, ended.ends_on) == ("ending", day)
    charges = Charge.objects.filter(kind="cancellation")
    assert [(row.net, row.due_on) for row in charges] == (
        [(Decimal(amount), day)] if amount else []
    )


@pytest.mark.guidance("R-2.10-3")
def test_it_is_confirmed_in_writing_with_its_day_and_how_it_was_worked_out(
    connection, authoriser
):
    cancel(connection, authoriser, IN_MONTH_5, 8000)

    text = Notice.objects.filter(kind="connection_cancelled").first().text
    for words in (
        "Its last day of service is Monday 20 July 2026",
        "£8,000.00 excluding VAT",
        "commits Northgate Energy to £15,000.00; £7,000.00 of it is invoiced by",
    ):
        assert words in text


@pytest.mark.guidance("R-2.10-2")
def test_an_amount_that_is_not_the_right_one_ends_nothing(connection, authoriser):
    with pytest.raises(EndingCostChanged, match="8,000"):
        cancel(connection, authoriser, IN_MONTH_5, 4000)

    assert not Cancellation.objects.exists()
    assert Connection.objects.get().ends_on is None


@pytest.mark.parametrize(
    ("day", "refusal"),
    [
        (TODAY - timedelta(days=1), EndsTooEarly),
        (PERIOD_ENDS + timedelta(days=1), EndsTooLate),
    ],
)
def test_a_day_that_cannot_be_its_last_is_refused(connection, authoriser, day, refusal):
    with pytest.raises(refusal):
        cancel(connection, authoriser, day, 0)


@pytest.mark.guidance("R-2.3-3", "R-2.10-1")
@pytest.mark.parametrize("who", ["submitter", "operator", "outsider"])
def test_only_who_may_authorise_for_the_party_ends_it(request, connection, who):
    with pytest.raises(NotNominated):
        cancel(connection, request.getfixturevalue(who), IN_MONTH_5, 8000)


@pytest.mark.guidance("R-2.10-3")
def test_it_is_charged_once_and_cannot_be_taken_back(period, authoriser):
    connection = period.connection
    cancel(connection, authoriser, IN_MONTH_14, 4000)
    charge_cancellations()

    with pytest.raises(NotPossibleInState):
        cancel(connection, authoriser, IN_MONTH_14, 4000)
    with pytest.raises(NotTakenBack):
        answer_renewal(period.pk, by=authoriser, choice="keep")
    assert Charge.objects.filter(kind="cancellation").count() == 1


def test_it_works_to_the_end_of_its_last_day(connection, authoriser):
    cancel(connection, authoriser, TODAY, 8000)

    assert not end_connection(connection.pk, now=NOW)
    assert end_connection(connection.pk, now=NOW + timedelta(days=1))


@pytest.mark.guidance("R-2.10-2")
def test_the_page_works_out_a_day_and_ends_it_for_what_was_agreed(
    client, authoriser, connection
):
    client.force_login(authoriser)
    address = reverse("connection-end", args=[connection.reference])

    page = words_of(
        client.get(f"{address}?last_day_day=20&last_day_month=7&last_day_year=2026")
    )

    for words in (
        "Monday 20 July 2026 costs £8,000.00</strong> excluding VAT",
        "will be charged £8,000.00 excluding VAT, £9,600.00 with VAT",
        "Choose the end of its period now",
    ):
        assert words in page
    ticks = {"is_cost_understood": "on", "is_loss_understood": "on", "reason": ""}
    asked = {"last_day": "2026-07-20", "amount": "8000.00"}
    refused = words_of(client.post(address, asked))
    assert "Tick that you understand what it costs" in refused
    done = client.post(address, asked | ticks, follow=True)
    assert "ends on Monday 20 July 2026" in words_of(done)


def test_a_day_that_is_over_is_refused_beside_its_field(client, authoriser, connection):
    client.force_login(authoriser)
    address = reverse("connection-end", args=[connection.reference])

    page = words_of(
        client.get(f"{address}?last_day_day=1&last_day_month=1&last_day_year=2020")
    )

    assert "1 January 2020 is over. Choose today or a later day" in page
