"""What the apps above tell of a thread: what it is called, where it is read and found.

A thread is an order or an enquiry by its reference. The app that owns it declares, when
Django starts, what a row of work says of it.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Protocol

from django.db.models import Q, QuerySet

from common.search import Terms

if TYPE_CHECKING:
    from parties.models import Party, User
    from worklist.models import WorkItem


@dataclass(frozen=True)
class ThreadDescription:
    """What a row of work says of the thread that it is about.

    Args:
        title: "HV 20 Mbps, Thornby Park"; of an enquiry, its kind.
        party: the Gateway Party.
        url: its page at the desk.
        what: what is to be done, by kind of work, where its app says more of this very
            thread than the kind does of all.
    """

    title: str
    party: "Party"
    url: str
    what: Mapping[str, str] = field(default_factory=dict)


# Open work and the UK day of today; what is said by thread. The queries do not grow.
Describing = Callable[[list["WorkItem"], date], Mapping[str, ThreadDescription]]
# What is looked for, who looks, and the threads in which something is owed; rows of one
# column, the references that are found.
Finding = Callable[[Terms, "User", QuerySet[Any, Any]], QuerySet[Any, Any]]


class GivingAway(Protocol):
    """Gives what somebody owns to a colleague, or to nobody, by the app's commands."""

    def __call__(
        self, of_id: int, *, to_id: int | None, by: "User", at: datetime
    ) -> None: ...


@dataclass(frozen=True)
class ThreadKind:
    """The threads whose references begin alike, such as "ORD"."""

    prefix: str
    describe: Describing
    find: Finding
    give_away: GivingAway


THREADS: dict[str, ThreadKind] = {}


def declare_threads(kind: ThreadKind) -> None:
    """Make known what rows of work say of threads whose references begin so."""
    THREADS[kind.prefix] = kind


def prefix_of(thread: str) -> str:
    return thread.partition("-")[0]


def described(items: Iterable["WorkItem"], today: date) -> dict[str, ThreadDescription]:
    """Return what is said of each thread of some open work.

    Each kind of thread is read at once, so that the queries do not grow with the rows.
    """
    by_kind: dict[str, list[WorkItem]] = {}
    for item in items:
        by_kind.setdefault(prefix_of(item.thread), []).append(item)
    found: dict[str, ThreadDescription] = {}
    for prefix, rows in by_kind.items():
        found |= THREADS[prefix].describe(rows, today)
    return found


def work_matching(terms: Terms, user: "User", live: QuerySet[Any, Any]) -> Q:
    """Return which work is about what is looked for; no words keep all.

    Args:
        live: rows of one column, the threads in which something is owed: not all there
            ever were are looked through.
    """
    if not terms.words:
        return Q()
    found = Q(pk__in=())
    for threads in each_found(terms, user, live):
        found |= Q(thread__in=threads)
    return found


def each_found(
    terms: Terms, user: "User", live: QuerySet[Any, Any]
) -> Iterator[QuerySet[Any, Any]]:
    for kind in THREADS.values():
        yield kind.find(terms, user, live)
