"""A connection as commands hold it: its order is locked first."""

from connections.models import Connection
from orders.models import ConnectionRequest


def locked_connection(connection_id: int) -> Connection:
    """Lock the order, then read its connection."""
    ConnectionRequest.objects.locked().get(connection=connection_id)
    connection: Connection = Connection.objects.for_pages().get(pk=connection_id)
    return connection
