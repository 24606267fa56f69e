"""Connections and sessions as the rule of failing over knows them."""

from collections.abc import Iterable
from decimal import Decimal

from connections.failover import Link, Tunnel
from connections.models import Connection, Session
from orders.states import LineKind
from sites.states import StageKind


def links_of(connections: Iterable[Connection]) -> list[Link]:
    """Return what sessions know of connections, in their order."""
    return [
        Link(row.pk, row.reference, str(row.data_centre), rating_of(row))
        for row in connections
    ]


def rating_of(connection: Connection) -> Decimal:
    """Return the Mbps that a connection carries to DCC. Source: R-2.6-2, R-6-9."""
    return Decimal(connection.hv_rating_mbps or lv_rates(connection)[1])


def lv_rates(connection: Connection) -> tuple[Decimal, Decimal]:
    """Return the best known rates of an LV line in Mbps, from DCC and to it.

    What the test of its circuit measured; without a test what was expected of it; at
    the least known what its kind carries at most. Where it became superfast since, only
    its kind is known.

    Source: R-2.6-2, R-2.6-7, R-2.7.1-2.
    """
    order, kind = connection.order, connection.line_kind
    review = getattr(order, "site_review", None)
    known = LineKind.STANDARD if kind == LineKind.STANDARD else LineKind.SUPERFAST
    if review is not None and kind != review.line_kind:
        return known.carries_mbps
    circuit = order.stages.filter(stage=StageKind.CIRCUIT).first()
    if circuit is not None and circuit.measured_down_mbps is not None:
        return circuit.measured_down_mbps, circuit.measured_up_mbps
    if review is not None and review.expected_down_mbps is not None:
        return review.expected_down_mbps, review.expected_up_mbps
    return known.carries_mbps


def tunnels_of(sessions: Iterable[Session]) -> list[Tunnel]:
    """Return the sessions that are in use, as they are now. Source: R-6.1-2."""
    return [
        Tunnel(row.name, row.connection_id, standing_by(row), row.load)
        for row in sessions
        if row.is_in_use
    ]


def standing_by(session: Session) -> int | None:
    """Return the pk of the connection that can take over; one that has ended cannot."""
    other = session.secondary
    return None if other is None or other.is_over else other.pk
