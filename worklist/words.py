"""What is owed, in words: what the app of each kind says, and the time that is left."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.conf import settings

from common.time_left import TimeLeft, calendar_days_left, working_days_left
from worklist.states import Turn

if TYPE_CHECKING:
    from worklist.models import WorkItem
    from worklist.parts import Calendar

# So many references are named of each kind of work; the rest is counted.
NAMED = 5


@dataclass(frozen=True)
class Words:
    """One thing that is owed, as its Gateway Party reads it. Plain text throughout.

    Args:
        what: what is to be done: "Accept or decline the quotation of £3,000.00". Of
            what others do: "DCC is checking the form".
        why: paragraphs: what has happened, and what there is to know.
        subject: what it is about, in a line: "QUO-1042-2, HV 20 Mbps, Thornby Park".
        if_nothing: what happens if nobody acts, as the rest of a sentence.
        url, button: where it is done, and the words of the button that leads there.
        look: the words of the link for those who may only read it.
        paper: where the document to sign is.
        how: how its last day was worked out, as sentences.
        rule: the section of the guidance that the last day follows, and what is ours:
            "3.6 T9".
        sections: what the rest follows.
        until: the UK day that counts for its reader, where it is not that of the row.
        at: aware; until what time of its last day, where that is not its midnight.
    """

    what: str
    why: list[str] = field(default_factory=list)
    subject: str = ""
    if_nothing: str = ""
    url: str = ""
    button: str = ""
    look: str = ""
    paper: str = ""
    how: str = ""
    rule: str = ""
    sections: tuple[str, ...] = ()
    until: date | None = None
    at: datetime | None = None


# The row that it is about, the open row of the register, and the UK day of today.
Telling = Callable[[Any, Any, date], Words]
# The words of the button that leads staff from an open row to where it is done, and the
# address.
Leading = Callable[["WorkItem"], tuple[str, str]]
# The rows of some keys, with all that the words need, in queries that do not grow.
Loading = Callable[[tuple[int, ...]], Iterable[Any]]


def supplier_words(turn: str) -> str:
    """Return the name of the supplier whose turn it is; empty if it is none's."""
    names = {
        Turn.INSTALLER: settings.INSTALLER_NAME,
        Turn.CONFIGURER: settings.CONFIGURER_NAME,
    }
    return str(names.get(Turn(turn), ""))


def time_left(item: "WorkItem", today: date, calendar: "Calendar") -> TimeLeft | None:
    """Return the time that is left of an open thing; none where nobody set a day."""
    if item.due_on is None:
        return None
    is_working = item.declared.counts_working_days
    # A call that is arranged for a Sunday is not due on the Friday before.
    if is_working and calendar.days.is_working_day(item.due_on):
        return working_days_left(item.due_on, today, calendar.days)
    return calendar_days_left(item.due_on, today)


def counted_words(things: Iterable[tuple[str, str]]) -> str:
    """Return some things by kind, how many and in which: "Check the form: 1 (ORD-7)".

    Args:
        things: what is to be done, and the reference of what it is about.
    """
    found: dict[str, list[str]] = {}
    for what, reference in things:
        found.setdefault(what, []).append(reference)
    return "; ".join(
        f"{what}: {len(where)} ({some(where)})" for what, where in found.items()
    )


def some(references: list[str]) -> str:
    more = len(references) - NAMED
    named = ", ".join(references[:NAMED])
    return f"{named} and {more} more" if more > 0 else named
