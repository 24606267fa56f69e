"""Whose turn it is in each order, and the next day, as one person reads it.

From the register alone: one query for a page of orders, however many there are.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from typing import Any, TypeVar

from django.db.models import OuterRef, QuerySet, Subquery, TextChoices

from common.parts import Tag
from common.prepared import prepared
from common.time_left import TimeLeft
from parties.models import User
from worklist.kinds import told_with_day
from worklist.models import WorkItem
from worklist.parts import Calendar
from worklist.people import People
from worklist.querysets import WorkItemQuerySet
from worklist.states import Turn
from worklist.words import supplier_words, time_left

Threads = TypeVar("Threads", bound=QuerySet[Any])
# More names than this make a cell that nobody reads.
NAMED = 2
NOBODY = "Nobody nominated"


class Whose(TextChoices):
    """Whose turn an order can be listed by."""

    YOU = "you", "You"
    COLLEAGUES = "colleagues", "Your colleagues"
    DCC = "dcc", "DCC"
    INSTALLER = "installer", "Gateway Connection Provider"
    CONFIGURER = "configurer", "Data Service Provider"


OF_DCC = (Turn.OPERATIONS, Turn.SERVICE_DESK, Turn.BILLING)
SUPPLIERS = {Whose.INSTALLER: Turn.INSTALLER, Whose.CONFIGURER: Turn.CONFIGURER}


@dataclass(frozen=True)
class Turns:
    """What calls on anybody in one order today, the most urgent first."""

    items: list[WorkItem]
    people: People
    today: date
    calendar: Calendar = field(default_factory=Calendar)

    @property
    def kinds(self) -> set[str]:
        return {item.kind for item in self.items}

    @property
    def tags(self) -> list[Tag]:
        """Return "You", colleagues by name, DCC, suppliers by name: each once."""
        found = [tag for item in self.items for tag in turn_tags(item, self.people)]
        return list(dict.fromkeys(found))

    @property
    def words(self) -> str:
        return ", ".join(tag.words for tag in self.tags)

    @property
    def next(self) -> WorkItem | None:
        """Return what comes first: by its day; else what waits, or comes without."""
        dated = [item for item in self.items if day_of(item) is not None]
        return next(iter([*dated, *self.items]), None)

    @property
    def next_on(self) -> date | None:
        return day_of(self.next) if self.next else None

    @property
    def is_paused(self) -> bool:
        return self.next is not None and self.next.paused_since is not None

    @property
    def next_note(self) -> str:
        """Say what the next day is, or what the order waits for without one."""
        if self.next is None:
            return ""
        kind = self.next.declared
        left = time_left(self.next, self.today, self.calendar)
        if self.next_on is None or left is None:
            return str(kind.brief)
        words = from_now(left) if kind.is_appointment else left.words.lower()
        return f"{kind.brief}, {words}"


def day_of(item: WorkItem) -> date | None:
    """Return the last day of a thing, if its Gateway Party is told of one."""
    due_on: date | None = item.due_on
    return due_on if item.declared.has_day else None


def from_now(left: TimeLeft) -> str:
    if left.is_late:
        return "day passed, result to come"
    named = {0: "today", 1: "tomorrow"}
    return named.get(left.days) or f"{left.days} days from now"


def urgency(item: WorkItem, today: date) -> tuple[bool, date, bool, int]:
    """Sort a right that ends today first, then by last day; what waits before what can.

    What is for somebody to do and has no day comes last. A right that ends later stands
    by its day: what is due before it would be overlooked below it.
    """
    day = day_of(item)
    is_ending = item.declared.is_right and day is not None and day <= today
    return not is_ending, day or date.max, item.paused_since is None, item.pk


def whose_words(whose: Whose) -> str:
    """Return how a choice of the filter reads."""
    turn = SUPPLIERS.get(whose)
    return supplier_words(turn) if turn else str(whose.label)


def turn_tags(item: WorkItem, people: People) -> list[Tag]:
    """Return whose turn one thing is, as the reader names them."""
    kind = item.declared
    if not kind.is_of_party:
        supplier = supplier_words(item.turn)
        return [Tag(supplier, "supplier") if supplier else Tag("DCC", "dcc")]
    if people.is_for_reader(kind):
        return [Tag("You", "you")]
    who = people.may(kind)
    named = [Tag(str(person), "org") for person in who[:NAMED]]
    if len(who) > NAMED:
        named.append(Tag(f"and {len(who) - NAMED} more", "org"))
    return named or [Tag(NOBODY, "org")]


def turns_in(
    threads: Iterable[str],
    people: People,
    today: date,
    calendar: Calendar | None = None,
) -> dict[str, Turns]:
    """Return what calls on anybody in each of some orders. One query."""
    reader = people.reader
    found: dict[str, list[WorkItem]] = {thread: [] for thread in threads}
    asked = (tuple(found), today, reader.party_id or 0)
    for item in told_in(*asked, role=reader.role):
        found[item.thread].append(item)
    calendar = calendar or Calendar()
    by_urgency = partial(urgency, today=today)
    return {
        thread: Turns(sorted(items, key=by_urgency), people, today, calendar)
        for thread, items in found.items()
    }


@prepared
def told_in(
    threads: tuple[str, ...], day: date, party: int, *, role: str
) -> WorkItemQuerySet:
    told = WorkItem.objects.told_to(User.like(party, role))
    return told.calling_on(day).filter(thread__in=threads)


def with_next_day(threads: Threads, user: User, today: date) -> Threads:
    """Add `next_on` to rows with a reference: the first day told of it, to sort by."""
    rows = WorkItem.objects.told_to(user).calling_on(today)
    dated = rows.filter(thread=OuterRef("reference"), kind__in=told_with_day())
    first = dated.filter(due_on__isnull=False).order_by("due_on").values("due_on")
    found: Threads = threads.annotate(next_on=Subquery(first[:1]))
    return found


def waiting_for(whose: Whose, user: User, today: date) -> WorkItemQuerySet:
    """Return the open rows that are the turn of somebody, as `user` names them."""
    if whose == Whose.YOU:
        return WorkItem.objects.needing(user, today)
    if whose == Whose.COLLEAGUES:
        return WorkItem.objects.needing_colleagues(user, today)
    turns = OF_DCC if whose == Whose.DCC else (SUPPLIERS[whose],)
    return WorkItem.objects.told_to(user).calling_on(today).filter(turn__in=turns)
