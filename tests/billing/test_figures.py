"""What DCC Billing and Operations read of a month, of what is owed and to come."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from billing.commands import issue_invoice
from billing.commands.ledger import correct_charge
from billing.figures import (
    ahead_figures,
    column_of,
    free_figures,
    month_figures,
    owed_figures,
    visit_figures,
)
from billing.models import Charge
from sites.models import VisitClaim
from tests import journey_on_site
from tests.reading import words_of

MARCH = date(2026, 3, 1)
PAGES = ("month", "owed", "ahead", "visits", "free")


def table(figures, number=0):
    return figures.tables[number].rows


def opened(client, person, page, **query):
    client.force_login(person)
    return words_of(
        client.get(reverse("admin:billing_charge_figures", args=[page]), query)
    )


@pytest.mark.guidance("R-2.9.1-9")
def test_a_month_says_what_was_raised_taken_back_invoiced_and_is_owed(
    connection, billing_clerk
):
    charge = Charge.objects.get(kind="connection")
    correct_charge(charge.pk, by=billing_clerk, net=Decimal(2500), why="Misread")
    issue_invoice(connection.party_id)

    figures = month_figures(MARCH)

    assert table(figures) == [
        ["Connection charge", 2, 5500, 1, -3000, 2500],
        ["Annual charge", 1, 4000, 0, 0, 4000],
        ["In all", 3, 9500, 1, -3000, 6500],
    ]
    assert table(figures, 1)[0] == ["Invoice", 1, 6500, 1300, 7800]
    assert table(figures, 2)[0] == ["Due", 1, 7800, 7800]
    assert [row.amount for row in figures.bars.rows] == [4000, 5500]
    assert all(not one.rows for one in month_figures(date(2026, 2, 1)).tables)


def test_what_is_owed_stands_by_how_late_it_is(connection):
    invoice = issue_invoice(connection.party_id)
    due = invoice.due_on

    assert [column_of(days) for days in (-5, 0, 1, 30, 31, 90, 91)] == [
        0,
        0,
        1,
        1,
        2,
        3,
        4,
    ]
    assert table(owed_figures(due))[0][1] == 8400
    late = table(owed_figures(due.replace(month=due.month + 2)))[0]
    assert late == [invoice.party.name, 0, 0, 0, 8400, 0, 8400]

    assert owed_figures(due).tables[0].rows[-1][0] == "In all"


@pytest.mark.guidance("T2")
def test_free_connections_with_other_use_are_listed_until_and_after_they_are_priced(
    priced_use,
):
    (row,) = table(free_figures())

    assert row[0] == priced_use.connection.reference
    assert row[2] == "Network data of Tamar since March."
    assert row[4:] == ["Priced, to be accepted", 600]


@pytest.mark.guidance("R-2.9.1-10")
def test_visits_not_made_are_added_up_by_cause_and_by_site(
    circuit_visit, installer, operator
):
    journey_on_site.turn_away(circuit_visit, installer)
    claim = VisitClaim.objects.get()
    VisitClaim.objects.update(
        state="confirmed", net=385, confirmed_at=claim.opened_at, dispute_until=MARCH
    )

    by_cause, by_site = visit_figures().tables

    assert [row[-4:] for row in by_cause.rows] == [[1, 0, 385, 0]]
    assert by_site.rows[0][0] == circuit_visit.order.party.name
    assert by_site.rows[0][1] == circuit_visit.order.data_centre.name


@pytest.mark.guidance("R-2.9.1-6")
def test_the_forecast_of_all_parties_adds_up_what_each_reads_of_its_own(
    connection, rdp_connection, django_assert_num_queries
):
    with django_assert_num_queries(5):
        figures = ahead_figures(date(2026, 4, 20))

    assert figures.totals.in_all.committed == 8000
    assert table(figures)[11] == ["March 2027", 4000, 0, 4000]
    assert table(figures)[-1][1:] == [8000, 4000, 12000]


@pytest.mark.parametrize("page", PAGES)
def test_each_page_says_something_when_there_is_nothing(
    client, billing_clerk, operator, desk, page
):
    shown = opened(client, billing_clerk, page, month="not-a-month")

    assert "Export as CSV" in shown
    assert "A month in numbers" in shown
    client.force_login(desk)
    address = reverse("admin:billing_charge_figures", args=[page])
    assert client.get(address).status_code == 403


def test_charts_are_read_out_and_the_home_leads_to_them(client, operator, connection):

    client.force_login(operator)
    home = words_of(client.get(reverse("admin:index")))
    assert reverse("admin:billing_charge_figures", args=["ahead"]) in home

    page = opened(client, operator, "month", month="2026-03")

    assert "Annual charge: £4,000.00. Connection charge: £3,000.00." in page
    assert 'role="img"' in page
    assert "March 2027" in opened(client, operator, "ahead")
