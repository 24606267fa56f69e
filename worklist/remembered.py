"""Counts of very many rows: taken now and then, and not for every page."""

from collections.abc import Callable
from typing import Any

from django.core.cache import cache

# Fewer rows are counted in no time, so everybody reads what is true this second.
MANY = 2000
Counts = list[dict[str, Any]]


def remembered(key: str, seconds: int, counting: Callable[[], Counts]) -> Counts:
    """Return what `counting` finds, or what it found up to so many seconds ago.

    Only counts of many rows are remembered; each row says its own as `count`.
    """
    kept: Counts | None = cache.get(key)
    if kept is not None:
        return kept
    counted = counting()
    if sum(row["count"] for row in counted) >= MANY:
        cache.set(key, counted, seconds)
    return counted
