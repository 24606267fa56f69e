"""Orders are found by the references of their quotes."""

from collections.abc import Collection

from orders.search import Rows, found_by, lines_of
from quotes.models import Quote


@found_by
def quotes_of(threads: Collection[str]) -> Rows:
    rows = Quote.objects.filter(order__reference__in=threads)
    return lines_of(rows, "order", "reference")
