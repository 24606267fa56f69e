"""Orders are found by the references of their connections."""

from collections.abc import Collection

from connections.models import Connection, SessionAddress
from orders.search import Rows, found_by, lines_of

ADDRESSES = ("router_address", "pep_address", "virtual_address")


@found_by
def connections_of(threads: Collection[str]) -> Rows:
    rows = Connection.objects.filter(order__reference__in=threads)
    return lines_of(rows, "order", "reference", *ADDRESSES)


@found_by
def sessions_of(threads: Collection[str]) -> Rows:
    path = "connection__order"
    rows = SessionAddress.objects.filter(**{f"{path}__reference__in": threads})
    return lines_of(rows, path, "address")
