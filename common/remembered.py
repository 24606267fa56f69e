"""Counts of very many rows: taken now and then, and not for every page."""

from collections.abc import Callable
from operator import itemgetter
from typing import Any

from django.core.cache import cache

# Fewer rows are counted in no time, so everybody reads what is true this second.
MANY = 2000
Counts = list[dict[str, Any]]


def remembered(
    key: str,
    seconds: int,
    counting: Callable[[], Counts],
    rows_of: Callable[[dict[str, Any]], int] = itemgetter("count"),
) -> Counts:
    """Return what `counting` finds, or what it found up to so many seconds ago.

    Only counts of many rows are remembered.

    Args:
        rows_of: how many rows were counted for one row of the counts.
    """
    kept: Counts | None = cache.get(key)
    if kept is not None:
        return kept
    counted = counting()
    if sum(map(rows_of, counted)) >= MANY:
        cache.set(key, counted, seconds)
    return counted
