"""What the register of work reads of connections, however many at once."""

from dataclasses import dataclass

from django.db.models import QuerySet, prefetch_related_objects

from common.prepared import prepared
from connections.models import (
    Connection,
    ContractPeriod,
    FailoverTest,
    PerformanceReport,
    RateChange,
    Session,
    UseDeclaration,
)
from orders.facts import orders_in, orders_in_states
from orders.models import ConnectionRequest
from orders.states import INSTALLED
from worklist.parts import ThreadReading


@dataclass(frozen=True)
class ConnectionFacts:
    """An order, with the connection that came of it, if there is one yet."""

    order: ConnectionRequest
    connection: Connection | None = None


def connections_in(reading: ThreadReading) -> dict[int, Connection]:
    """Return the connections by order, each with its periods and sessions."""
    orders = orders_in_states(reading, INSTALLED)
    if not orders:
        return {}
    rows = Connection.objects.filter(order__in=orders).select_related("collection")
    loaded = rows.prefetch_related(
        "periods__answers",
        "periods__readings",
        "sessions",
        "reports",
        "rate_changes",
        "failover_tests",
        "use_declarations",
    )
    found = {row.order_id: row for row in loaded}
    # Only of those that have ended it is asked what still stands in the rack.
    ended = [row for row in found.values() if row.is_over]
    prefetch_related_objects(ended, "order__installed_items")
    return found


def connection_facts(reading: ThreadReading) -> dict[str, ConnectionFacts]:
    rows = reading.get(connections_in)
    return {
        reference: ConnectionFacts(order, rows.get(order.pk))
        for reference, order in reading.get(orders_in).items()
    }


@prepared
def connections_told(keys: tuple[int, ...]) -> QuerySet[Connection]:
    rows = Connection.objects.filter(pk__in=keys)
    return rows.select_related("collection", "data_centre")


@prepared
def sessions_told(keys: tuple[int, ...]) -> QuerySet[Session]:
    return Session.objects.filter(pk__in=keys).select_related("connection")


@prepared
def periods_told(keys: tuple[int, ...]) -> QuerySet[ContractPeriod]:
    rows = ContractPeriod.objects.filter(pk__in=keys)
    return rows.select_related("connection__data_centre")


@prepared
def reports_told(keys: tuple[int, ...]) -> QuerySet[PerformanceReport]:
    rows = PerformanceReport.objects.filter(pk__in=keys)
    return rows.select_related("connection__data_centre")


@prepared
def changes_told(keys: tuple[int, ...]) -> QuerySet[RateChange]:
    rows = RateChange.objects.filter(pk__in=keys)
    return rows.select_related("connection__data_centre", "connection__party")


@prepared
def tests_told(keys: tuple[int, ...]) -> QuerySet[FailoverTest]:
    rows = FailoverTest.objects.filter(pk__in=keys)
    return rows.select_related("connection__data_centre")


@prepared
def declarations_told(keys: tuple[int, ...]) -> QuerySet[UseDeclaration]:
    rows = UseDeclaration.objects.filter(pk__in=keys)
    return rows.select_related("connection__data_centre", "connection__party")
