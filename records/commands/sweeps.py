"""Sweeps: what is due is worked through in turn, each row by its own command.

A run begins after the row at which the last one stopped, so that rows which fail again
and again never stand in the way of those behind them: they are tried once more when
the sweep has come to the end and begins at the front.
"""

import time
from collections.abc import Callable
from typing import Any

import structlog
from django.contrib.admin.options import IncorrectLookupParameters
from django.db.models import QuerySet

from common import keyset
from records.models import SweepPlace
from records.unit import command

CHUNK = 100
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
    """
    ends = time.monotonic() + seconds
    while keys := next_in_turn(name, due, of):
        for key in keys:
            work_on(name, work, key)
        if len(keys) < CHUNK or time.monotonic() >= ends:
            return


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
