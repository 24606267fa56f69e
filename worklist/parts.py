"""What the apps above declare: which rows of a thread say what is owed in it."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from django.utils.functional import cached_property

from common.working_days import WorkingCalendar
from worklist.kinds import KINDS, Owed, WorkKind, WorkQueue
from worklist.states import Ending

Facts = TypeVar("Facts")
T = TypeVar("T")


@dataclass
class ThreadReading:
    """What is read of some threads at once, however many: each thing once."""

    threads: tuple[str, ...]
    # Whether the roots are locked: what is written from them must be the latest.
    is_locking: bool = False
    _read: dict[Callable[["ThreadReading"], Any], Any] = field(default_factory=dict)

    def get(self, read: Callable[["ThreadReading"], T]) -> T:
        """Return what `read` finds for these threads; a second asking costs nothing."""
        if read not in self._read:
            self._read[read] = read(self)
        found: T = self._read[read]
        return found


def done(facts: object, kind: str) -> Ending:
    return Ending.DONE


def party_of_order(facts: Any) -> int:
    return int(facts.order.party_id)


@dataclass(frozen=True)
class Part(Generic[Facts]):
    """What one app knows of the work in a thread.

    Args:
        app: whose rows they are.
        load: the facts by thread, from a number of queries that does not grow.
        owed: what is owed by those facts. Pure.
        ending: how a kind of its own ended, by the same facts. Pure; it was done,
            where the app knows no other way.
        threads: the references of all threads in which something may be owed; none
            where an app below names them.
        party: the primary key of the Gateway Party that the thread is about: that of
            the order in the facts.
        queues: those in which its kinds of work stand, as the desk lists them.
    """

    app: str
    load: Callable[[ThreadReading], Mapping[str, Facts]]
    owed: Callable[[Facts], Iterable[Owed]]
    ending: Callable[[Facts, str], Ending] = done
    threads: Callable[[], Iterable[str]] = tuple
    party: Callable[[Facts], int] = party_of_order
    queues: tuple[WorkQueue, ...] = ()


@dataclass(frozen=True)
class Companion:
    """What is kept beside the register in the same manner, thread by thread.

    Args:
        threads: the references of all threads that it is kept for.
        write: brings it in line with the rows of some threads.
        differences: says where it is not, each beginning with its thread and a colon.
    """

    threads: Callable[[], Iterable[str]]
    write: Callable[[Collection[str]], None]
    differences: Callable[[Collection[str]], Iterator[str]]


@dataclass
class WorkRegister:
    """The parts of all apps, in the order of their layers."""

    parts: dict[str, Part[Any]] = field(default_factory=dict)
    companions: list[Companion] = field(default_factory=list)
    # References begin with these: nothing else is looked up.
    prefixes: set[str] = field(default_factory=set)
    # Bank holidays are kept by an app above.
    calendar: Callable[[], WorkingCalendar] = lambda: WorkingCalendar(())

    def add(self, part: Part[Any], *prefixes: str) -> None:
        self.parts[part.app] = part
        self.prefixes.update(prefixes)

    def knows(self, thread: str) -> bool:
        """Say whether work can be owed in a thread, by the start of its reference."""
        return thread.partition("-")[0] in self.prefixes

    def queues(self) -> list[WorkQueue]:
        """Return the queues of all apps, in the order of their layers."""
        return [queue for part in self.parts.values() for queue in part.queues]

    def kinds(self) -> list[WorkKind]:
        """Return the kinds of all apps, in the order of their layers and as declared.

        Not as they were imported: which module asks for which first is chance.
        """
        apps = list(self.parts)
        return sorted(KINDS.values(), key=lambda kind: apps.index(kind.app))

    def all_threads(self) -> Iterator[str]:
        for part in self.parts.values():
            yield from part.threads()
        for companion in self.companions:
            yield from companion.threads()


register = WorkRegister()


class Calendar:
    """The working days, read when somebody asks, once; or those that are given."""

    def __init__(self, days: WorkingCalendar | None = None) -> None:
        if days is not None:
            self.days = days

    @cached_property
    def days(self) -> WorkingCalendar:
        return register.calendar()
