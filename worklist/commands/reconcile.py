"""Opens and closes what is owed: what the rows say, and what stands open."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.utils.functional import cached_property

from common.clock import end_of_uk_day, start_of_uk_day, uk_date
from worklist.kinds import Owed
from worklist.models import WorkItem, WorkPause
from worklist.parts import Calendar, Part, ThreadReading, register
from worklist.states import Ending

LONGEST_REASON = 200

Key = tuple[str, int, int]


@dataclass(frozen=True)
class Wanted:
    """One thing that is owed, with the thread and the Party it belongs to."""

    thread: str
    party: int
    owed: Owed

    @property
    def key(self) -> Key:
        return self.owed.kind.slug, type_of(self.owed.subject), self.owed.subject.pk

    def day(self, calendar: Calendar) -> date | None:
        """Return the last UK day: that of the rows, or what an own target comes to."""
        if not self.owed.has_own_target:
            return self.owed.due_on
        return calendar.days.add(uk_date(self.owed.since), self.owed.kind.within)


def type_of(subject: Any) -> int:
    return int(ContentType.objects.get_for_model(subject).pk)


def key_of(row: WorkItem) -> Key:
    return row.kind, row.subject_type_id, row.subject_pk


def reconcile(threads: Mapping[str, datetime]) -> None:
    """Open what is owed in these threads and is not open; close what is owed no more.

    Called inside the transaction that changed them, with the instant of the change,
    which is when what closes was done. A second call changes nothing.

    Args:
        threads: references, each with an aware instant.
    """
    known = {thread: at for thread, at in threads.items() if register.knows(thread)}
    if not known:
        return
    found = ThreadWork(known, is_locking=True)
    opened = []
    for wanted in found.wanted.values():
        row = found.rows.get(wanted.key)
        if row is None:
            opened.append(item_of(wanted, found.calendar))
        else:
            follow(row, wanted, known[wanted.thread], found.calendar)
    WorkItem.objects.bulk_create(opened)
    for key in found.rows.keys() - found.wanted.keys():
        row = found.rows[key]
        close_item(row, found.ending(row), known[row.thread], found.calendar)
    for companion in register.companions:
        companion.write(known)


@dataclass
class ThreadWork:
    """What the rows of some threads say is owed, and what stands open in them."""

    threads: Iterable[str]
    is_locking: bool = False
    calendar: Calendar = field(default_factory=Calendar)

    @cached_property
    def reading(self) -> ThreadReading:
        return ThreadReading(tuple(sorted(self.threads)), self.is_locking)

    @cached_property
    def facts(self) -> list[tuple[Part[Any], Mapping[str, Any]]]:
        return [(part, part.load(self.reading)) for part in register.parts.values()]

    @cached_property
    def wanted(self) -> dict[Key, Wanted]:
        return {one.key: one for one in self.each_wanted()}

    def each_wanted(self) -> Iterator[Wanted]:
        for part, loaded in self.facts:
            for thread, facts in loaded.items():
                for owed in part.owed(facts):
                    yield Wanted(thread, part.party(facts), owed)

    @cached_property
    def rows(self) -> dict[Key, WorkItem]:
        # After the facts: those who read them hold the lock that guards the thread.
        self.facts  # noqa: B018
        open_ones = WorkItem.objects.open().filter(thread__in=self.reading.threads)
        if self.is_locking:
            open_ones = open_ones.locked()
        return {key_of(row): row for row in open_ones.order_by("pk")}

    def ending(self, row: WorkItem) -> Ending:
        """Ask the app whose kind it is how it ended."""
        app = row.declared.app
        for part, loaded in self.facts:
            if part.app == app and row.thread in loaded:
                return part.ending(loaded[row.thread], row.kind)
        return Ending.DONE


def item_of(wanted: Wanted, calendar: Calendar) -> WorkItem:
    """Return the row that is opened for a thing that is owed, stored nowhere yet."""
    owed, due_on = wanted.owed, wanted.day(calendar)
    return WorkItem(
        kind=owed.kind.slug,
        turn=owed.kind.turn,
        thread=wanted.thread,
        subject_type_id=type_of(owed.subject),
        subject_pk=owed.subject.pk,
        party_id=wanted.party,
        owner_id=owed.owner,
        opened_at=owed.since,
        due_on=due_on,
        due_at=due_on and end_of_uk_day(due_on),
        starts_on=owed.starts_on,
        paused_since=owed.paused_since,
        paused_because=owed.paused_because[:LONGEST_REASON],
        note=owed.note[:LONGEST_REASON],
    )


def follow(row: WorkItem, wanted: Wanted, at: datetime, calendar: Calendar) -> None:
    """Let an open row say what is true now: another day, another owner, a pause."""
    changes = changed(row, wanted, calendar)
    if not changes:
        return
    if "paused_since" in changes and row.paused_since is not None:
        record_pause(row, at)
    for name, value in changes.items():
        setattr(row, name, value)
    if "due_on" in changes:
        row.due_at = row.due_on and end_of_uk_day(row.due_on)
    row.save()


def changed(row: WorkItem, wanted: Wanted, calendar: Calendar) -> dict[str, Any]:
    """Return what an open row should say and does not.

    An own target is kept as it was when the thing opened, so that another figure in the
    settings makes nobody late. So is an owner whom people named for this thing alone.
    """
    owed = wanted.owed
    should = {
        "turn": str(owed.kind.turn),
        "thread": wanted.thread,
        "party_id": wanted.party,
        "opened_at": owed.since,
        "starts_on": owed.starts_on,
        "paused_since": owed.paused_since,
        "paused_because": owed.paused_because[:LONGEST_REASON],
        "note": owed.note[:LONGEST_REASON],
    }
    if not row.is_owned_apart:
        should["owner_id"] = owed.owner
    # A clock that begins anew has a target of its own.
    if not owed.has_own_target or row.opened_at != owed.since or row.due_on is None:
        should["due_on"] = wanted.day(calendar)
    return {name: to for name, to in should.items() if getattr(row, name) != to}


def close_item(row: WorkItem, ending: Ending, at: datetime, calendar: Calendar) -> None:
    """Keep when a thing ceased to be owed, how, and how many working days it took.

    A clock that stood still took no time. What a deadline closes bears its time, and
    never one before it was opened.
    """
    if row.paused_since is not None:
        record_pause(row, at)
    row.closed_at = max(at, row.opened_at)
    row.ending, row.paused_since, row.paused_because = ending, None, ""
    spans = [(called_at(row), row.closed_at)]
    paused = [(one.since, one.until) for one in row.pauses.all()]
    row.took = max(0, working_days(spans, calendar) - working_days(paused, calendar))
    row.save()


def called_at(row: WorkItem) -> datetime:
    """Return from when a thing called for somebody: it may have been owed before."""
    if row.starts_on is None:
        return row.opened_at
    return max(row.opened_at, start_of_uk_day(row.starts_on))


def working_days(spans: Iterable[tuple[datetime, datetime]], calendar: Calendar) -> int:
    """Return the working days after each first UK day up to its last one, summed."""
    return sum(
        calendar.days.between(uk_date(since), uk_date(until)) for since, until in spans
    )


def record_pause(row: WorkItem, at: datetime) -> None:
    since = row.paused_since
    if since is None:
        return
    WorkPause.objects.create(
        item=row, since=since, until=max(at, since), because=row.paused_because
    )
