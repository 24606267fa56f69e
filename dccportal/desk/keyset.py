"""The order of the list of work, and where a row stands in it.

By its last day and its key: a page that begins after a row costs no more than the
first, and nobody counts the rows before it.
"""

from datetime import date
from typing import Any

from django.contrib.admin.options import IncorrectLookupParameters
from django.db.models import F, Q

from worklist.models import WorkItem

BY_TIME_LEFT = (F("due_on").asc(nulls_last=True), "pk")
BACKWARDS = (F("due_on").desc(nulls_first=True), "-pk")


def key_of(item: WorkItem) -> str:
    return f"{item.due_on or ''}_{item.pk}"


def after_key(key: str) -> Q:
    """Return what stands after the row of `key`."""
    day, _, pk = key.partition("_")
    try:
        return later(date.fromisoformat(day) if day else None, int(pk))
    except ValueError as error:
        raise IncorrectLookupParameters from error


def later(due_on: date | None, pk: int) -> Q:
    """Return what stands after a row; what has no last day comes last."""
    if due_on is None:
        return Q(due_on=None, pk__gt=pk)
    return Q(due_on__gt=due_on) | Q(due_on=due_on, pk__gt=pk) | Q(due_on=None)


def earlier(due_on: date | None, pk: int) -> Q:
    """Return what stands before a row."""
    if due_on is None:
        return Q(due_on__isnull=False) | Q(due_on=None, pk__lt=pk)
    return Q(due_on__lt=due_on) | Q(due_on=due_on, pk__lt=pk)


def after_item(item: Any) -> Q:
    return later(item.due_on, item.pk)


def before_item(item: Any) -> Q:
    return earlier(item.due_on, item.pk)
