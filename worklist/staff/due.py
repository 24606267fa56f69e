"""What is owed, as staff read it: what, whose turn, until when. Rows in, words out."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from common.cells import time_cell
from common.clock import uk_date
from common.prepared import prepared
from common.time_left import TimeLeft
from common.wording import day_words, long_day_words
from parties.models import User
from worklist.models import WorkItem
from worklist.parts import Calendar
from worklist.querysets import WorkItemQuerySet
from worklist.states import OF_THE_PARTY, Turn
from worklist.words import supplier_words, time_left

OPERATIONS, PARTY = "DCC Operations", "The Gateway Party"
LAST = date.max
# What is said of a thing beside the day on which it began; first comes its last day.
TOLD = ("due_on", "kind", "turn", "note", "paused_since", "paused_because")
# Words that are kept for the next line of a file, so that memory stays flat.
MOST_TOLD = 5000


@dataclass(frozen=True)
class Due:
    """One thing that is owed, in words; `paused_on` is the day its clock stopped."""

    what: str
    turn: str
    why: str = ""
    left: TimeLeft | None = None
    paused_on: date | None = None
    turn_kind: str = ""
    owner: str = ""
    kind: str = ""

    @property
    def tone(self) -> str:
        return self.left.tone if self.left else "calm"

    @property
    def time_cell(self) -> str:
        """How long is left and the last day; since when a clock waits; or neither."""
        if self.left:
            kind = "" if self.tone == "calm" else self.tone
            return time_cell(kind, self.left.words, long_day_words(self.left.last_day))
        if self.paused_on:
            since = f"since {long_day_words(self.paused_on)}"
            return time_cell("paused", "Clock paused", since)
        return time_cell("", "No fixed time") if self.turn else "–"  # noqa: RUF001  a dash for no time


NOTHING = Due("", "")


def turn_words(turn: str) -> str:
    """Return who has to act, as staff name them."""
    if turn in OF_THE_PARTY:
        return PARTY
    return supplier_words(turn) or str(Turn(turn).label)


def due(item: WorkItem, today: date, calendar: Calendar) -> Due:
    """Return an open thing in words, with the time left on `today`, UK."""
    is_dcc = item.turn in (Turn.OPERATIONS, Turn.SERVICE_DESK, Turn.BILLING)
    return Due(
        what=item.what,
        turn=turn_words(item.turn),
        why=why(item),
        left=time_left(item, today, calendar),
        paused_on=uk_date(item.paused_since) if item.paused_since else None,
        turn_kind="" if is_dcc else "other",
        owner=str(item.owner or ""),
        kind=item.kind,
    )


def why(item: WorkItem) -> str:
    """Return since when it is owed, and what its last day is."""
    kind = item.declared
    since = f"{kind.began} {day_words(uk_date(item.opened_at))}" if kind.began else ""
    is_paused = bool(item.paused_because)
    came = ", ".join(
        filter(None, [since, item.note, "" if is_paused else kind.target_words])
    )
    # Why its clock is paused is a sentence of its own.
    return ". ".join(filter(None, [came, item.paused_because.rstrip(".")]))


class FirstDue:
    """The most urgent thing that is owed in each of many threads, for long files.

    Rows are read as plain values, and what is told alike is put into words once.
    """

    def __init__(self, user: User, today: date) -> None:
        self.user, self.today, self.calendar = user, today, Calendar()
        self.told: dict[tuple[Any, ...], Due] = {}

    def in_threads(self, threads: Iterable[str]) -> dict[str, Due]:
        """Return what is owed first; nothing of a thread in which nothing is."""
        rows = WorkItem.objects.visible_to(self.user).calling_on(self.today)
        first: dict[str, tuple[Any, ...]] = {}
        asked = rows.filter(thread__in=list(threads)).order_by()
        for thread, *found in asked.values_list("thread", "pk", "opened_at", *TOLD):
            pk, _, day, *_ = found
            place = (day or LAST, pk)
            if thread not in first or place < first[thread][0]:
                first[thread] = (place, found)
        return {thread: self.words(found) for thread, (_, found) in first.items()}

    def words(self, found: list[Any]) -> Due:
        _, opened_at, *facts = found
        key = (uk_date(opened_at), *facts)
        if key not in self.told:
            if len(self.told) >= MOST_TOLD:
                self.told.clear()
            item = WorkItem(opened_at=opened_at, **dict(zip(TOLD, facts, strict=True)))
            self.told[key] = due(item, self.today, self.calendar)
        return self.told[key]


def most_urgent_first(items: Iterable[WorkItem]) -> list[WorkItem]:
    """Sort by the last day; a clock that waits, or that nobody set, comes last."""
    return sorted(items, key=lambda item: (item.due_on or LAST, item.pk))


def work_in(
    threads: Iterable[str], user: User, today: date
) -> dict[str, list[WorkItem]]:
    """Return what is owed in some threads, the most urgent first. One query."""
    found: dict[str, list[WorkItem]] = {thread: [] for thread in threads}
    asked = (tuple(found), user.party_id or 0, today)
    for item in calling_in(*asked, role=user.role):
        found[item.thread].append(item)
    return {thread: most_urgent_first(items) for thread, items in found.items()}


@prepared
def calling_in(
    threads: tuple[str, ...], party: int, today: date, *, role: str
) -> WorkItemQuerySet:
    rows = WorkItem.objects.visible_to(User.like(party, role)).calling_on(today)
    return rows.filter(thread__in=threads).select_related("owner")
