"""Each year after the first is charged in advance, on its anniversary, once."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from billing.commands import correct_completion_day
from billing.models import Charge
from billing.tasks import charge_years
from common.clock import MONTHS_A_YEAR, add_months
from connections.commands import (
    answer_renewal,
    cancel_connection,
    record_notice_delivery,
    send_renewal_notice,
)
from connections.deadlines import year_begins_on
from connections.models import Connection, RateChange
from connections.tasks import settle_renewals
from connections.years import change_that_counts
from tests import journey_on_site

SECOND, THIRD, FOURTH = date(2027, 3, 3), date(2028, 3, 3), date(2029, 3, 3)


def years():
    """Return which years after the first are charged: number, day, pounds."""
    rows = Charge.objects.standing().filter(kind="annual", year__gt=1)
    return [(row.year, row.due_on, row.net) for row in rows.order_by("year")]


def at(day):
    return datetime(day.year, day.month, day.day, 9, tzinfo=UTC)


@pytest.fixture
def run_on(clock):
    def run(day, times=1):
        clock.move_to(at(day))
        for _ in range(times):
            charge_years()

    return run


@pytest.mark.guidance("R-2.9.1-6")
def test_a_year_is_charged_on_its_anniversary_and_not_the_day_before(
    connection, run_on
):
    run_on(SECOND - timedelta(days=1))
    assert years() == []

    run_on(SECOND, times=2)

    assert years() == [(2, SECOND, Decimal(4000))]
    charge = Charge.objects.get(year=2)
    assert charge.party == connection.party
    assert "accepted by authority to proceed" in charge.why
    assert charge.quote_line.kind == "annual"


@pytest.mark.guidance("R-2.9.1-6")
def test_a_year_that_was_quoted_in_two_lines_is_one_charge(connection, run_on):
    line = connection.charges.get(kind="annual").quote_line
    line.pk, line.description, line.net = None, "Monitoring", Decimal(600)
    line.save(force_insert=True)

    run_on(SECOND)

    assert years() == [(2, SECOND, Decimal(4000))]


@pytest.mark.guidance("R-2.9.1-6")
def test_years_missed_while_no_timer_ran_are_charged_with_their_own_days(
    connection, run_on
):
    run_on(date(2028, 8, 1))

    assert years() == [(2, SECOND, Decimal(4000)), (3, THIRD, Decimal(4000))]


@pytest.mark.guidance("R-2.9.1-4", "R-2.9.1-6")
def test_the_database_refuses_a_year_twice(connection, run_on):
    run_on(SECOND)
    charge = Charge.objects.get(year=2)
    charge.pk, charge.quote_line, charge.period = None, None, connection.periods.get()

    with pytest.raises(IntegrityError), transaction.atomic():
        charge.save(force_insert=True)


def settled(period, operator, authoriser=None, *, choice="", notice_on):
    journey_on_site.set_renewal_charge(period, operator)
    assert send_renewal_notice(period.pk, now=at(notice_on))
    record_notice_delivery(period.pk, at=at(notice_on))
    if choice:
        answer_renewal(period.pk, by=authoriser, choice=choice, at=at(notice_on))


@pytest.mark.guidance("R-2.9.1-6", "R-2.9.1-4")
def test_a_renewed_year_is_charged_at_what_its_notice_stated(
    period, operator, run_on, clock
):
    settled(period, operator, notice_on=date(2028, 11, 3))
    clock.move_to(at(FOURTH))
    settle_renewals()
    run_on(FOURTH)

    assert years()[-1] == (4, FOURTH, Decimal(4250))
    charge = Charge.objects.get(year=4)
    assert (charge.quote_line, charge.period.number) == (None, 2)
    assert charge.why.startswith("Renewal notice of 3 November 2028")


@pytest.mark.guidance("R-2.7.2-2", "R-2.9.1-6", "T13")
@pytest.mark.parametrize(
    ("kind", "to", "net"), [("up", 50, "5200"), ("down", 10, "3100")]
)
def test_a_change_made_after_the_notice_says_what_the_renewed_year_costs(
    period, operator, authoriser, run_on, clock, *, kind, to, net
):
    settled(period, operator, notice_on=date(2028, 11, 3))
    how = {"kind": kind, "net": net, "from_mbps": 20, "to_mbps": to}
    make_change(period.connection, authoriser, on=date(2028, 12, 20), **how)
    clock.move_to(at(FOURTH))
    settle_renewals()

    run_on(FOURTH)

    assert years()[-1] == (4, FOURTH, Decimal(net))


@pytest.mark.guidance("R-2.5-7", "T6")
def test_cancelled_in_its_month_the_next_year_is_never_charged(
    period, operator, authoriser, run_on, clock
):
    how = {"choice": "cancel", "notice_on": date(2028, 11, 3)}
    settled(period, operator, authoriser, **how)
    clock.move_to(at(FOURTH))
    settle_renewals()

    run_on(date(2031, 1, 1))

    assert [number for number, _, _ in years()] == [2, 3]


@pytest.mark.guidance("T5", "R-2.9.1-6")
def test_while_a_late_notice_leaves_time_to_go_the_new_year_is_not_charged(
    period, operator, authoriser, run_on, clock
):
    """Its month runs on into the new year: nobody knows yet whether there is one."""
    clock.move_to(at(FOURTH))
    settle_renewals()
    settled(period, operator, notice_on=date(2029, 3, 10))
    run_on(date(2029, 4, 10))
    assert [number for number, _, _ in years()] == [2, 3]

    clock.move_to(at(date(2029, 4, 11)))
    settle_renewals()
    run_on(date(2029, 4, 11))

    assert years()[-1] == (4, FOURTH, Decimal(4250))


def test_a_run_asks_nothing_of_a_year_that_nobody_knows_yet(connection):
    """What it goes through is what `year_due` knows, whatever else has begun."""
    begun = Connection.objects.year_begun
    assert begun(SECOND).exists()
    rows = Connection.objects.filter(pk=connection.pk)
    rows.update(years_charged=3, next_year_on=FOURTH)
    assert not begun(FOURTH).exists()

    renewed = connection.periods.get()
    renewed.pk, renewed.number = None, 2
    renewed.starts_on, renewed.last_day = FOURTH, date(2030, 3, 2)
    renewed.renewal_due_on = date(2029, 11, 3)
    renewed.save(force_insert=True)
    assert not begun(FOURTH).exists()

    how = {"notice_at": at(SECOND), "settled_at": at(THIRD), "outcome": "renewed"}
    how |= {"renewal_net": 4250, "window_last_day": THIRD}
    connection.periods.filter(number=1).update(**how)
    assert begun(FOURTH).exists()


@pytest.mark.guidance("R-2.10-2", "R-2.9.1-6", "T6")
def test_ended_on_a_day_no_year_after_it_is_charged(connection, authoriser, run_on):
    last_day = date(2027, 5, 1)
    now = {"at": at(date(2027, 4, 1))}
    how = {"last_day": last_day, "acknowledged": Decimal(4000)}
    cancel_connection(connection.pk, by=authoriser, **how, **now)

    run_on(date(2030, 1, 1))

    assert years() == [(2, SECOND, Decimal(4000))]


@pytest.mark.guidance("R-2.9.2-1", "T30")
def test_a_free_connection_is_charged_no_year(rdp_connection, run_on):
    run_on(date(2029, 1, 1))

    assert years() == []
    assert Connection.objects.get().years_charged == 3


@pytest.mark.guidance("T30", "R-2.9.1-6")
def test_an_rdps_connection_that_is_chargeable_is_charged_yearly_in_advance(
    rdp_connection, rdp_submitter, run_on
):
    """It has no period: its years count from completion while it is there."""
    made = make_change(rdp_connection, rdp_submitter, kind="superfast", net="700")
    assert made.done_on == date(2026, 6, 1)

    run_on(date(2028, 3, 2))

    assert years() == [(2, SECOND, Decimal(700))]


def make_change(connection, person, *, kind, net, on=date(2026, 6, 1), **rates):
    return RateChange.objects.create(
        connection=connection,
        kind=kind,
        requested_at=at(on),
        requested_by=person,
        net=0 if kind != "down" else None,
        annual_net=Decimal(net),
        vat_percent=20,
        reason="Accepted",
        priced_at=at(on) if kind != "down" else None,
        answered_at=at(on) if kind != "down" else None,
        answered_by=person if kind != "down" else None,
        acknowledged="I understand" if kind != "down" else "",
        target_on=on,
        planned_on=on,
        done_on=on,
        state="done",
        **rates,
    )


@pytest.mark.guidance("R-2.7.2-2", "T13", "R-2.10-4")
@pytest.mark.parametrize(
    ("kind", "counts_from", "second"),
    [("up", "renewal", 5200), ("down", "renewal", 4000), ("down", "year", 3100)],
)
def test_a_higher_rate_costs_more_from_the_next_year_and_a_lower_one_as_is_set(
    connection, authoriser, run_on, settings, *, kind, counts_from, second
):
    settings.LOWER_RATE_FROM = counts_from
    to, net = (50, "5200") if kind == "up" else (10, "3100")
    how = {"kind": kind, "net": net, "from_mbps": 20, "to_mbps": to}
    make_change(connection, authoriser, **how)

    run_on(SECOND)

    assert years() == [(2, SECOND, Decimal(second))]


@pytest.mark.guidance("R-2.5-1", "R-2.9.1-6")
def test_a_corrected_day_of_completion_moves_each_year(
    connection, operator, run_on, clock
):
    run_on(SECOND)
    right = date(2026, 3, 4)

    correct_completion_day(
        connection.order_id, by=operator, completed_on=right, why="Misread the report"
    )

    assert years() == [(2, date(2027, 3, 4), Decimal(4000))]
    assert Connection.objects.get().next_year_on == date(2028, 3, 4)


@given(
    completed_on=st.dates(date(2015, 2, 1), date(2040, 12, 31)),
    number=st.integers(2, 15),
)
@pytest.mark.guidance("R-2.9.1-6")
def test_a_year_begins_on_the_corresponding_date_of_completion(completed_on, number):
    """29 February too, and never from another year's date."""
    begins = year_begins_on(completed_on, number)

    assert begins.year == completed_on.year + number - 1
    assert (begins.month, begins.day) == (completed_on.month, completed_on.day) or (
        (completed_on.month, completed_on.day) == (2, 29)
        and (begins.month, begins.day) == (2, 28)
    )
    assert begins == add_months(completed_on, MONTHS_A_YEAR * (number - 1))


def test_nothing_done_on_the_first_day_of_a_year_or_before_its_period_counts():
    def one(on):
        return RateChange(kind="up", annual_net=Decimal(1), done_on=on, state="done")

    how = {"since": SECOND, "begins_on": THIRD, "lower_counts": False}
    assert change_that_counts([one(THIRD)], **how) is None
    assert change_that_counts([one(SECOND - timedelta(days=1))], **how) is None
    kept = one(SECOND)
    assert change_that_counts([kept], **how) is kept
