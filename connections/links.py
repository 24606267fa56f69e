"""Connections and sessions as the rule of failing over knows them."""

from collections.abc import Iterable
from decimal import Decimal

from connections.failover import Link, Tunnel
from connections.models import Connection, Session


def links_of(connections: Iterable[Connection]) -> list[Link]:
    """Return what sessions know of connections, in their order."""
    return [
        Link(row.pk, row.reference, str(row.data_centre), rating_of(row))
        for row in connections
    ]


def rating_of(connection: Connection) -> Decimal:
    """Return the Mbps that a connection carries to DCC.

    HV has one rating; an LV line carries at most what its kind does.

    Source: R-2.6-2, R-6-9.
    """
    return Decimal(connection.hv_rating_mbps or connection.lv_upload_mbps)


def tunnels_of(sessions: Iterable[Session]) -> list[Tunnel]:
    """Return the sessions that are in use, as they are now. Source: R-6.1-2."""
    return [
        Tunnel(row.name, row.connection_id, row.secondary_id, row.load)
        for row in sessions
        if row.is_in_use
    ]
