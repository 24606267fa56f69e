"""A connection as commands hold it: its order is locked first."""

from common.wording import day_words
from connections.errors.late import EndedAlready
from connections.models import Connection
from orders.commands.mirror import lock_with_partner
from orders.models import ConnectionRequest


def locked_connection(connection_id: int) -> Connection:
    """Lock the order, then read its connection."""
    ConnectionRequest.objects.locked().get(connection=connection_id)
    connection: Connection = Connection.objects.for_pages().get(pk=connection_id)
    return connection


def locked_with_pair(connection_id: int) -> Connection:
    """Lock the order of a connection and the other one of its pair, then read it."""
    orders = ConnectionRequest.objects.values_list("pk", flat=True)
    lock_with_partner(orders.get(connection=connection_id))
    rows = Connection.objects.select_related("order", "party")
    connection: Connection = rows.get(pk=connection_id)
    return connection


def require_goes_on(connection: Connection, what: str) -> None:
    """Refuse what nobody can ask for of a connection that is there no longer.

    Args:
        what: follows from its end, in words.

    Raises:
        EndedAlready: its last day is over.
    """
    if connection.is_over:
        day = day_words(connection.ends_on)
        raise EndedAlready(connection=connection, day=day, what=what)
