"""What kinds of work there are and in which queues; how an app declares one. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.conf import settings

from common.figures import figure
from parties.states import DCC_ROLES, Purpose, Role
from worklist.states import OF_THE_PARTY, Turn
from worklist.words import Leading, Loading, Telling

# What a person of a Gateway Party has to be nominated for, to do what it owes.
PURPOSES = {Turn.SUBMITTER: Purpose.SUBMIT, Turn.AUTHORISER: Purpose.AUTHORISE}


WORK = "admin:worklist_workitem_changelist"
# Who reads the lists of all work.
DCC = (*DCC_ROLES, Role.AUDITOR)


@dataclass(frozen=True)
class WorkQueue:
    """One kind of work, or a few that are done alike, as the desk lists them.

    Args:
        slug: what addresses of the list call it.
        short, title: what it is called in the strip of every page, and above its list.
        lead: what stands in it and what is to be done with it, as sentences.
        also: the supplier to whom it is listed too, beside DCC.
    """

    slug: str
    short: str
    title: str
    lead: str
    also: tuple[Role, ...] = ()

    @property
    def roles(self) -> tuple[Role, ...]:
        return (*DCC, *self.also)

    def url_in(self, work: str) -> str:
        """Return its address, that of the list of all work being known."""
        return f"{work}?queue={self.slug}"


@dataclass(frozen=True)
class WorkKind:
    """One kind of work, declared once, in `obligations.py` of the app that owns it.

    Args:
        slug: what its rows keep.
        app: whose it is.
        turn: who owes it.
        what: what is to be done, as staff read it: "Check the form".
        began: what its first instant was: "accepted", which a day follows.
        queue: the one queue at the desk in which it is counted; none where the Gateway
            Party has to act.
        target: how long it may take, or what its last day is, in words; `{days}` stands
            for the working days of a setting: "our target, {days}".
        days: the name of that setting.
        counts_working_days: whether the time left is told in working days.
        also: whose part it may be as well, so that it stands in their queues too.
        is_right: a right that ends with its last day, rather than a duty that is late
            after it.
        tell: how its Gateway Party reads it; none where it is DCC's own affair.
        load: the rows that it may be about, with all that `tell` needs.
        brief: what stands beside its last day in a list: "last day to accept"; or what
            its order waits for, where it has none.
        is_told_day: whether the Gateway Party is told its last day, where others owe
            it: our own targets are for the desk.
        is_appointment: whether it happens on its last day, rather than by it.
        done_at: where staff see to it, where no step of an order's page does.
        order_called: what the Party reads as the state of its order while this is owed,
            by state, where the state alone would say too little.
    """

    slug: str
    app: str
    turn: Turn
    what: str
    began: str
    queue: WorkQueue | None = None
    target: str = ""
    days: str = ""
    counts_working_days: bool = False
    also: tuple[Turn, ...] = ()
    is_right: bool = False
    tell: Telling | None = None
    load: Loading | None = None
    brief: str = ""
    is_told_day: bool = False
    is_appointment: bool = False
    done_at: Leading | None = None
    order_called: Mapping[str, str] = field(default_factory=dict, hash=False)

    @property
    def is_of_party(self) -> bool:
        return self.turn in OF_THE_PARTY

    @property
    def has_day(self) -> bool:
        """Whether its Gateway Party is told its last day."""
        return self.is_of_party or self.is_told_day

    @property
    def purposes(self) -> tuple[Purpose, ...]:
        """What nominations permit it, each by itself; none where others owe it."""
        turns = (self.turn, *self.also)
        return tuple(PURPOSES[turn] for turn in turns if turn in PURPOSES)

    @property
    def target_words(self) -> str:
        """Return how long it may take, with the figure that the settings give now."""
        days = figure(self.days, "working day") if self.days else ""
        return self.target.format(days=days)

    @property
    def within(self) -> int:
        """The working days of its target, from the settings."""
        return int(getattr(settings, self.days))


@dataclass(frozen=True)
class Owed:
    """One thing that is owed now, worked out of rows. Never kept by hand.

    Args:
        subject: the row that it is about; with the kind it names the thing.
        since: aware; the instant from which it is owed.
        due_on: the last UK day, if anybody set one. Where nobody did, the target of the
            kind gives it, as working days after the day of `since`: it is worked out
            when the thing opens, and stays when the target is changed.
        starts_on: the first UK day on which it calls for anybody; at once without.
        paused_since: aware; since when its clock waits.
        paused_because: why, as a sentence.
        note: what else staff have to know of it, such as a later receipt.
        owner: who at DCC looks after it, if anybody does.
    """

    kind: WorkKind
    subject: Any
    since: datetime
    due_on: date | None = None
    starts_on: date | None = None
    paused_since: datetime | None = None
    paused_because: str = ""
    note: str = ""
    owner: int | None = None

    @property
    def has_own_target(self) -> bool:
        return self.due_on is None and bool(self.kind.days)


KINDS: dict[str, WorkKind] = {}


def declare(kind: WorkKind) -> WorkKind:
    """Make a kind known, once.

    Raises:
        ValueError: another kind has its slug.
    """
    if KINDS.setdefault(kind.slug, kind) is not kind:
        raise ValueError(f"Two kinds of work are called {kind.slug}.")
    return kind


def rights() -> list[str]:
    return [kind.slug for kind in KINDS.values() if kind.is_right]


def in_queue(queue: str) -> list[str]:
    return [
        kind.slug
        for kind in KINDS.values()
        if kind.queue is not None and kind.queue.slug == queue
    ]


def asked_of(purpose: str) -> list[str]:
    """Return the kinds that a nomination for `purpose` permits."""
    return [kind.slug for kind in KINDS.values() if purpose in kind.purposes]


def told() -> list[str]:
    """Return the kinds that a Gateway Party reads of."""
    return [kind.slug for kind in KINDS.values() if kind.tell is not None]


def told_with_day() -> list[str]:
    return [slug for slug in told() if KINDS[slug].has_day]


def told_by_last_day() -> list[str]:
    """Return the kinds of which the Party is told by when, rather than on which day."""
    return [slug for slug in told_with_day() if not KINDS[slug].is_appointment]


def appointments() -> list[WorkKind]:
    """Return what happens on its day, such as visits, rather than by it."""
    return [kind for kind in KINDS.values() if kind.is_appointment]


def also_of(turn: str) -> list[str]:
    """Return the kinds that may be the part of `turn`, though it is another's turn."""
    return [kind.slug for kind in KINDS.values() if turn in kind.also]
