"""Whether the register says what the rows say, and how it is brought in line."""

from collections.abc import Iterator
from datetime import datetime

from django.utils import timezone

from records.unit import command
from worklist.commands.reconcile import ThreadWork, changed, reconcile
from worklist.models import WorkItem
from worklist.parts import register

# Threads that are read at once when everything is recomputed.
AT_ONCE = 200


def differences() -> Iterator[str]:
    """Recompute all that is owed, and say where the register says something else."""
    for threads in chunks(sorted(all_threads())):
        yield from differences_in(threads)


def differences_in(threads: list[str]) -> Iterator[str]:
    found = ThreadWork(threads)
    for key, wanted in found.wanted.items():
        row = found.rows.get(key)
        if row is None:
            yield f"{wanted.thread}: {wanted.owed.kind.what} is owed and not open."
        elif changes := changed(row, wanted, found.calendar):
            fields = ", ".join(sorted(changes))
            yield f"{wanted.thread}: {row.what} says something else in {fields}."
    for key in found.rows.keys() - found.wanted.keys():
        row = found.rows[key]
        yield f"{row.thread}: {row.what} is open and not owed."
    for companion in register.companions:
        yield from companion.differences(threads)


def all_threads() -> set[str]:
    """Return every thread in which something may be owed, or stands open."""
    stand = WorkItem.objects.open().order_by().values_list("thread", flat=True)
    return {*register.all_threads(), *stand.distinct()}


def chunks(threads: list[str]) -> Iterator[list[str]]:
    for first in range(0, len(threads), AT_ONCE):
        yield threads[first : first + AT_ONCE]


def mend(at: datetime | None = None) -> int:
    """Bring the whole register in line with the rows; return how many threads differed.

    In pieces, each its own transaction. For a database that is older than the register,
    and for what a check has found.
    """
    at = at or timezone.now()
    mended = 0
    for threads in chunks(sorted(all_threads())):
        mended += mend_threads(threads, at)
    return mended


@command
def mend_threads(threads: list[str], at: datetime) -> int:
    """Reconcile those of some threads that differ from the rows; return how many."""
    differ = {words.partition(":")[0] for words in differences_in(threads)}
    reconcile(dict.fromkeys(sorted(differ), at))
    return len(differ)
