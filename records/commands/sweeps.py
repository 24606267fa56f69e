"""Sweeps: what is due is worked through in turn, each row by its own command.

A run begins after the row at which the last one stopped, so that rows which fail again
and again never stand in the way of those behind them: they are tried once more when
the sweep has come to the end and begins at the front.
"""

import time
from collections.abc import Callable, Iterator
from typing import Any

import structlog
from django.contrib.admin.options import IncorrectLookupParameters
from django.db.models import QuerySet

from common import keyset
from records.models import SweepPlace
from records.unit import command, unit

CHUNK = 100
# Rows that are done as one unit: few, since what they lock waits for the last of them.
TOGETHER = 20
# The worker that sweeps makes documents too: nobody waits for one much longer.
SECONDS = 60
log = structlog.get_logger(__name__)


def work_through(
    name: str,
    due: QuerySet[Any],
    work: Callable[[int], Any],
    *,
    of: str = "pk",
    seconds: int = SECONDS,
    locked_by: str = "",
) -> None:
    """Do `work` on what is due, row after row, until the end or until time is up.

    Two runs at once share the rows. Of a run that dies, at most a chunk waits until
    the sweep comes round again.

    Args:
        due: in the order in which they have a turn, the primary key last; without an
            order, by their keys.
        work: a command; safe to repeat, since it asks again whether the row is due.
        of: the column that holds the key which `work` takes.
        seconds: after so many, no other chunk is begun.
        locked_by: the column with the key of the order that `work` locks, and nothing
            else. Several rows are then one unit, so that what follows from them is read
            and written once; they are locked in the order that everybody keeps to.
    """
    ends = time.monotonic() + seconds
    while keys := next_in_turn(name, due, of):
        for some in together(due, keys, locked_by):
            work_on_all(name, work, some)
        if len(keys) < CHUNK or time.monotonic() >= ends:
            return


def together(
    due: QuerySet[Any], keys: list[int], locked_by: str
) -> Iterator[list[int]]:
    """Yield the rows of a chunk that are one unit: each alone, or some by locks."""
    if not locked_by:
        yield from ([key] for key in keys)
        return
    model: Any = due.model
    rows = model.objects.filter(pk__in=keys).order_by(locked_by, "pk")
    ordered = list(rows.values_list("pk", flat=True))
    for first in range(0, len(ordered), TOGETHER):
        yield ordered[first : first + TOGETHER]


def work_on_all(name: str, work: Callable[[int], Any], keys: list[int]) -> None:
    """Do rows as one unit; where one of them fails, each is done alone."""
    if len(keys) > 1 and all_done(work, keys):
        return
    for key in keys:
        work_on(name, work, key)


def all_done(work: Callable[[int], Any], keys: list[int]) -> bool:
    try:
        with unit():
            for key in keys:
                work(key)
    except Exception:  # noqa: BLE001  which row it was, and why, is found one by one
        return False
    return True


def work_on(name: str, work: Callable[[int], Any], key: int) -> None:
    """Do one row. Whatever is wrong with it, the rest goes on."""
    try:
        work(key)
    except Exception:
        log.exception("not done by a sweep", sweep=name, subject=key)


@command
def next_in_turn(name: str, due: QuerySet[Any], of: str) -> list[int]:
    """Take the next rows of a sweep, and put its place behind them.

    It is put there before they are worked on: of a row that brings its worker down, the
    next run begins behind it. Too few rows for a chunk are the end; the next run then
    begins at the front.
    """
    SweepPlace.objects.get_or_create(name=name)
    place = SweepPlace.objects.select_for_update().get(name=name)
    terms = keyset.terms_of(due.model, tuple(due.query.order_by) or ("pk",))
    rows = behind(keyset.marked(due, terms), terms, place.after)
    found = list(rows.values_list(of, *(term.name for term in terms))[:CHUNK])
    is_end = len(found) < CHUNK
    place.after = "" if is_end else keyset.written(list(found[-1][1:]))
    place.save(update_fields=["after"])
    return [row[0] for row in found]


def behind(
    rows: QuerySet[Any], terms: list[keyset.SortKey], place: str
) -> QuerySet[Any]:
    """Keep what stands behind a place; one of another release's order means nothing."""
    try:
        return keyset.after(rows, terms, place)
    except IncorrectLookupParameters:
        return rows
