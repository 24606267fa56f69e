"""Reports by month: what the rows say, for any months, in a few queries."""

import csv
import io
from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone

from common.reports import CountsChart, CountSeries, MonthSpan, span_asked
from connections.reports import funnel_found, renewals_found
from dccportal.desk.reports import ALL, BY_SLUG
from orders.commands import withdraw_request
from orders.reports import endings_found, orders_found
from sites.reports import visits_found
from tests.reading import read_to_the_end
from worklist.reports import clocks_found

TODAY = date(2026, 3, 3)
YEAR = span_asked("", "", TODAY)
MARCH = MonthSpan(date(2026, 3, 1), date(2026, 3, 1))


def rows_of(found, table=0):
    return {row[0]: row[1:] for row in found.tables[table].rows}


@pytest.mark.parametrize(
    ("first", "last", "months"),
    [
        ("", "", (date(2025, 4, 1), date(2026, 3, 1))),
        ("2026-02", "2025-12", (date(2025, 12, 1), date(2026, 2, 1))),
        ("2019-01", "2026-03", (date(2023, 4, 1), date(2026, 3, 1))),
        ("soon", "2026-01", (date(2025, 2, 1), date(2026, 1, 1))),
    ],
)
def test_any_months_are_shown_36_at_most(first, last, months):
    span = span_asked(first, last, TODAY)

    assert (span.first, span.last) == months


@pytest.mark.django_db
@pytest.mark.parametrize("report", ALL, ids=lambda one: one.slug)
def test_each_report_makes_sense_where_there_is_nothing(report):
    found = report.find(YEAR, TODAY)

    assert found.chart.words == "Nothing in any of these months."
    assert [bar.parts for bar in found.chart.bars] == [[]] * 12


@pytest.mark.guidance("R-3.4-3")
def test_orders_are_counted_by_the_month_of_their_form_and_their_state(
    accepted_order,
):
    table = orders_found(MARCH, TODAY).tables[0]
    found = rows_of(orders_found(MARCH, TODAY))

    states = dict(zip(table.heads[1:], found["March 2026"], strict=True))
    assert states.pop("Desk review") == 1
    assert not any(states.values())
    assert found["In all"] == found["March 2026"]


@pytest.mark.parametrize(
    ("order", "stages"),
    [
        ("submitted_order", [1, 0, 0, 0, 0, 0]),
        ("issued_quote", [1, 1, 1, 0, 0, 0]),
        ("connection_in_service", [1, 1, 1, 1, 1, 1]),
    ],
)
def test_the_funnel_counts_an_order_at_every_stage_that_it_reached(
    request, order, stages
):
    request.getfixturevalue(order)
    found = funnel_found(YEAR, TODAY)

    assert rows_of(found)["In all"] == stages
    assert rows_of(found, 1)["In all"] == [100 * count for count in stages[1:]]


def test_an_order_that_ended_is_counted_with_what_was_said_why(
    submitted_order, submitter
):
    withdraw_request(submitted_order.pk, by=submitter, reason="Site is closing")
    found = endings_found(MARCH, TODAY)

    assert sum(rows_of(found)["In all"]) == 1
    assert found.tables[1].rows == [
        ["Site is closing", "Withdrawn by the Gateway Party", 1]
    ]


@pytest.mark.guidance("R-2.5-4")
def test_a_renewal_stands_in_the_month_of_its_notice(connection_in_service):
    period = connection_in_service.periods.get()
    first = period.renewal_due_on.replace(day=1)

    found = renewals_found(MonthSpan(first, first), TODAY)

    assert rows_of(found)["In all"] == [0, 0, 0, 0, 1]


def test_visits_and_clocks_are_counted_by_their_day(connection_in_service):
    visits = rows_of(visits_found(YEAR, TODAY))["In all"]
    clocks = clocks_found(YEAR, TODAY)

    assert visits[0] == connection_in_service.order.visits.count()
    (_, of, met, late, _) = next(row for row in clocks.tables[0].rows if row[1])
    assert of == met + late


def test_bars_stand_on_each_other_and_end_at_the_highest():
    series = [CountSeries("a", [2, 0]), CountSeries("b", [2, 1])]
    chart = CountsChart("Both", [date(2026, 1, 1), date(2026, 2, 1)], series)
    first, second = chart.bars

    lower, upper = first.parts
    assert (upper.y + upper.height, lower.y + lower.height) == (lower.y, 240.0)
    assert [part.series for part in second.parts] == [1]
    assert chart.words == "January 2026: 4. February 2026: 1."


@pytest.mark.parametrize("slug", BY_SLUG)
def test_a_report_costs_the_same_queries_for_any_months(
    slug, client, operator, connection_in_service, django_assert_max_num_queries
):
    client.force_login(operator)
    place = reverse("admin:report", args=[slug])

    with django_assert_max_num_queries(12):
        page = client.get(f"{place}?from=2023-04&to=2026-03")

    assert page.text.count('scope="col"') > 2


def test_a_table_is_taken_away_as_it_is_shown(client, desk, submitted_order):
    client.force_login(desk)
    place = reverse("admin:report_csv", args=["orders", 0])

    text = read_to_the_end(client.get(f"{place}?from=2026-03&to=2026-03"))
    head, row, _ = csv.reader(io.StringIO(text.decode("utf-8-sig")))

    assert head[:2] == ["Month", "Submitted, being checked"]
    assert row[1] == "1"
    assert timezone.now().date() == TODAY
