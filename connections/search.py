"""Orders are found by the references of their connections."""

from collections.abc import Collection

from connections.models import Connection
from orders.search import Rows, found_by, lines_of


@found_by
def connections_of(threads: Collection[str]) -> Rows:
    rows = Connection.objects.filter(order__reference__in=threads)
    return lines_of(rows, "order", "reference")
