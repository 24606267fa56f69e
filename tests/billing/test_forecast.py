"""What is to come is foreseen by the rule by which it is charged in the end."""

from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.db import transaction
from hypothesis import example, given, settings
from hypothesis import strategies as st

from billing.forecast import (
    ForecastSpan,
    all_lines,
    changes_of,
    totalled,
    years_of_connection,
)
from billing.models import Charge
from billing.tasks import charge_years
from common.charts import AmountsChart, MonthSum
from common.clock import add_months, uk_date
from connections.models import Connection, ContractPeriod, RateChange
from connections.tasks import settle_renewals
from quotes.models import Quote
from tests import journey_on_site

COMPLETED = date(2026, 3, 3)
TODAY = date(2026, 4, 20)
SPAN = ForecastSpan(TODAY)


def at(day):
    return datetime(day.year, day.month, day.day, 9, tzinfo=UTC)


def foreseen(connection, span=SPAN):
    """Return the years to come: number, day, pounds, and on what each rests."""
    row = Connection.objects.get(pk=connection.pk)
    found = years_of_connection(row, Decimal(4000), span)
    return [(one.what, one.on, one.net, one.condition_words) for one in found]


def change(connection, person, *, kind, net, on, state="done"):
    is_lower = kind == "down"
    said = {} if is_lower else {"answered_at": at(on), "answered_by": person}
    rates = {"up": (20, 50), "down": (20, 10), "superfast": (None, None)}
    from_mbps, to_mbps = rates[kind]
    return RateChange.objects.create(
        connection=connection,
        kind=kind,
        requested_at=at(on),
        requested_by=person,
        from_mbps=from_mbps,
        to_mbps=to_mbps,
        net=None if is_lower else 0,
        annual_net=net,
        acknowledged="" if is_lower else "I understand",
        planned_on=on,
        done_on=on if state == "done" else None,
        state=state,
        **said,
    )


def lines(quotes=None, connections=None, span=SPAN):
    quotes = Quote.objects.all() if quotes is None else quotes
    rows = Connection.objects.all() if connections is None else connections
    return list(all_lines(quotes, rows, span))


@contextmanager
def undone():
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def timers(clock, day):
    clock.move_to(at(day))
    for _ in range(3):
        settle_renewals()
    charge_years()


def told(connection, today, ago):
    """Let the notice of the newest period have gone some days before today."""
    notice_on = today - timedelta(days=ago)
    newest = connection.periods.order_by("number").last()
    ContractPeriod.objects.filter(pk=newest and newest.pk, outcome="").update(
        notice_at=at(notice_on),
        renewal_net=Decimal(4250),
        window_last_day=add_months(notice_on, 1),
    )


def lay_out(connection, person, drawn, today):
    """Give a connection the period, changes, notice and end that were drawn."""
    if drawn["months"]:
        last = add_months(COMPLETED, drawn["months"])
        connection.periods.update(
            months=drawn["months"],
            last_day=last - timedelta(days=1),
            renewal_due_on=add_months(last, -4),
        )
    else:
        connection.periods.all().delete()
    for kind, net, days in drawn["changes"]:
        on = min(COMPLETED + timedelta(days=days), today)
        change(connection, person, kind=kind, net=net, on=on)
    yield
    if drawn["ago"] is not None:
        told(connection, today, drawn["ago"])
    if drawn["ends_in"] is not None:
        newest = connection.periods.order_by("number").last()
        latest = newest.last_day if newest else date.max
        day = max(min(today + timedelta(days=drawn["ends_in"]), latest), today)
        rows = Connection.objects.filter(pk=connection.pk)
        rows.update(state="ending", ends_on=day)
    yield


def annual_after(known):
    rows = Charge.objects.exclude(pk__in=known).filter(kind="annual")
    return {f"Year {row.year}": (row.due_on, row.net) for row in rows}


DRAWN = st.fixed_dictionaries(
    {
        "months": st.sampled_from([0, 12, 36]),
        "changes": st.lists(
            st.tuples(
                st.sampled_from(["up", "down"]),
                st.sampled_from([Decimal(5200), Decimal(3100)]),
                st.integers(0, 1300),
            ),
            max_size=2,
        ),
        "ago": st.none() | st.integers(0, 60),
        "ends_in": st.none() | st.integers(0, 700),
        "lower": st.sampled_from(["renewal", "year"]),
    }
)


@example(
    drawn={"months": 12, "changes": [], "ago": 40, "ends_in": None, "lower": "year"},
    days=300,
)
@example(
    drawn={
        "months": 12,
        "changes": [("down", Decimal(3100), 10), ("up", Decimal(5200), 400)],
        "ago": 10,
        "ends_in": None,
        "lower": "renewal",
    },
    days=800,
)
@settings(max_examples=3)
@given(drawn=DRAWN, days=st.integers(0, 1300))
@pytest.mark.guidance("R-2.9.1-6", "R-2.5-7", "T5", "T13", "T30")
def test_what_is_foreseen_is_what_the_timer_charges_when_its_day_has_come(
    connection, clock, authoriser, settings, *, drawn, days
):
    """What is committed is charged, on its day; nothing is charged unforeseen."""
    settings.LOWER_RATE_FROM = drawn["lower"]
    today = COMPLETED + timedelta(days=days)
    with undone():
        laying = lay_out(connection, authoriser, drawn, today)
        next(laying)
        timers(clock, today)
        next(laying)
        span = ForecastSpan(today)
        ahead = foreseen(connection, span)
        known = list(Charge.objects.values_list("pk", flat=True))

        timers(clock, span.until - timedelta(days=1))

        raised = annual_after(known)
        for what, on, net, rests_on in ahead:
            assert rests_on or raised[what] == (on, net)
        assert raised.items() <= {what: (on, net) for what, on, net, _ in ahead}.items()


@pytest.mark.guidance("R-2.9.1-6", "R-2.5-2")
def test_years_of_the_minimum_period_are_committed_and_a_renewal_is_not(connection):
    assert foreseen(connection) == [
        ("Year 2", date(2027, 3, 3), 4000, ""),
        ("Year 3", date(2028, 3, 3), 4000, ""),
        ("Year 4", date(2029, 3, 3), 4000, "if renewed"),
    ]


@pytest.mark.guidance("R-2.5-5", "R-2.5-6", "T5")
def test_a_renewal_is_at_the_charge_of_its_notice_and_committed_once_its_month_is_over(
    connection,
):
    today = date(2028, 12, 1)
    told(connection, today, 10)
    Connection.objects.update(years_charged=3)

    assert foreseen(connection, ForecastSpan(today))[:2] == [
        ("Year 4", date(2029, 3, 3), 4250, "if kept"),
        ("Year 5", date(2030, 3, 3), 4250, "if renewed"),
    ]
    last = ForecastSpan(date(2028, 12, 21))
    assert foreseen(connection, last)[0][3] == "if kept"
    later = ForecastSpan(date(2028, 12, 22))
    assert foreseen(connection, later)[0] == ("Year 4", date(2029, 3, 3), 4250, "")


@pytest.mark.guidance("R-2.7.2-2", "T13")
def test_an_accepted_change_costs_on_its_planned_day_and_in_the_years_after_it(
    connection, authoriser
):
    on = date(2026, 6, 1)
    made = change(
        connection, authoriser, kind="up", net=Decimal(5200), on=on, state="scheduled"
    )
    RateChange.objects.filter(pk=made.pk).update(net=1200)

    assert [net for _, _, net, _ in foreseen(connection)] == [5200, 5200, 5200]
    row = Connection.objects.get()
    assert [(one.on, one.net) for one in changes_of(row, SPAN)] == [(on, 1200)]


@pytest.mark.guidance("R-2.9.2-1", "T30")
def test_a_free_connection_is_foreseen_to_cost_nothing(rdp_connection):
    assert lines() == []


@pytest.mark.guidance("T8")
@pytest.mark.parametrize(
    ("fixture", "rests_on"),
    [
        ("issued_quote", "if you accept"),
        ("pending_authority", "once DCC has checked it"),
        ("indicative_order", "if you accept"),
        ("authorised_order", ""),
    ],
)
def test_an_order_costs_on_the_day_of_completion_that_is_planned(
    request, fixture, rests_on
):
    """What authority was given for is committed; an indicative offer is not."""
    request.getfixturevalue(fixture)
    Quote.objects.update(delivery_on=date(2026, 5, 1))

    (line,) = lines()

    found = [(one.on, one.net, one.condition_words) for one in line.amounts]
    assert found == [
        (date(2026, 5, 1), 7000, rests_on),
        (date(2027, 5, 1), 4000, rests_on),
        (date(2028, 5, 1), 4000, rests_on),
    ]


def test_a_booked_visit_says_better_than_the_offer_when_it_is_complete(
    authorised_order, installer
):
    order = journey_on_site.agree_access(authorised_order, installer)
    journey_on_site.complete_stage(order, installer, "circuit")
    visit = journey_on_site.book(order, installer, "equipment")

    (line,) = lines(span=ForecastSpan(uk_date(visit.booked_at)))

    assert line.amounts[0].on == visit.on


def test_months_are_added_up_and_what_is_waited_for_stands_in_the_first(connection):
    totals = totalled(lines(), SPAN)

    months = {one.first: (one.committed, one.undecided) for one in totals.months}
    assert months[date(2027, 3, 1)] == (4000, 0)
    assert months[date(2029, 3, 1)] == (0, 4000)
    assert (totals.in_all.committed, totals.in_all.undecided) == (8000, 4000)
    assert [one.total for one in totals.years] == [4000, 4000, 4000]
    assert SPAN.month_of(date(2026, 3, 3)) == 0


def test_a_bar_stacks_what_is_certain_below_what_is_not():
    first = date(2026, 4, 1)
    months = [MonthSum(add_months(first, at)) for at in range(36)]
    months[1] = MonthSum(months[1].first, Decimal(3000), Decimal(1000))
    chart = AmountsChart(months)

    (bar,) = chart.bars
    certain, open_part = bar.parts
    assert (certain.is_committed, open_part.is_committed) == (True, False)
    assert certain.y == open_part.y + open_part.height
    assert certain.height == 3 * open_part.height
    assert (bar.words, chart.unit_words) == ("4", "£ thousand")
    assert [line.words for line in chart.lines] == ["0", "1", "2", "3", "4"]
    assert AmountsChart([MonthSum(first)] * 36).bars == []
