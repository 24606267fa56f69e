from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from connections.commands import open_connection
from connections.models import Connection, ContractPeriod
from records.models import Event
from tests import journey_on_site
from tests.cast import NOW


@pytest.mark.guidance("R-1-1", "R-2.2-8", "R-2.3-4")
def test_a_connection_is_what_was_ordered(connection, party, data_centre):
    assert (connection.party, connection.data_centre) == (party, data_centre)
    assert (connection.connection_type, connection.hv_rating_mbps) == ("hv", 20)
    assert connection.completed_on == date(2026, 3, 3)
    assert connection.state == "installed"
    assert connection.title == "HV 20 Mbps to Thornby Park, Derby"


@pytest.mark.guidance("R-2.5-1", "R-2.5-4", "R-3.7-5")
def test_completion_starts_the_contract_period(connection, period):
    assert (period.number, period.from_month, period.months) == (1, 0, 36)
    assert period.starts_on == date(2026, 3, 3)
    assert period.last_day == date(2029, 3, 2)
    assert period.renewal_due_on == date(2028, 11, 3)
    assert period.annual_net == Decimal("4000.00")
    assert period.renewal_net is period.notice_at is period.window_last_day is None


@pytest.mark.guidance("R-2.5-1")
@pytest.mark.parametrize(("years", "last_day"), [(1, "2027-03-02"), (3, "2029-03-02")])
def test_a_period_lasts_the_years_that_were_asked_for(
    make_order, operator, years, last_day
):
    order = make_order("authorised", minimum_period_years=years)

    connection = journey_on_site.install_and_complete(order, operator)

    assert connection.periods.get().last_day == date.fromisoformat(last_day)


@pytest.mark.guidance("R-2.5-10")
def test_an_rdp_has_a_connection_without_a_period(rdp_connection):
    assert rdp_connection.pk
    assert not ContractPeriod.objects.exists()
    what = Event.objects.get(name="open_connection").what
    assert what.endswith("opened, no contract period")


@pytest.mark.guidance("R-1-1")
def test_an_order_opens_one_connection_and_no_more(
    connection, accepted_quote, operator
):
    with pytest.raises(IntegrityError), transaction.atomic():
        open_connection(
            connection.order,
            quote=accepted_quote,
            completed_on=connection.completed_on,
            by=operator,
            at=NOW,
        )
    assert Connection.objects.count() == ContractPeriod.objects.count() == 1


@pytest.mark.parametrize(
    "impossible",
    [
        {"last_day": date(2026, 3, 3)},
        {"renewal_due_on": date(2029, 3, 3)},
        {"annual_net": Decimal(-1)},
        {"notice_at": NOW},
        {"window_last_day": date(2028, 12, 3)},
        {"notice_at": NOW, "window_last_day": date(2028, 12, 3)},
    ],
)
def test_an_impossible_period_cannot_be_stored(period, impossible):
    with pytest.raises(IntegrityError), transaction.atomic():
        ContractPeriod.objects.filter(pk=period.pk).update(**impossible)


@pytest.mark.parametrize(
    "impossible",
    [
        {"state": "operational"},
        {"state": "operational", "router_configured_on": date(2026, 3, 2)},
        {"router_configured_on": date(2026, 3, 3)},
        {"hv_rating_mbps": None},
        {"connection_type": "lv"},
    ],
)
def test_an_impossible_connection_cannot_be_stored(connection, impossible):
    with pytest.raises(IntegrityError), transaction.atomic():
        Connection.objects.filter(pk=connection.pk).update(**impossible)
