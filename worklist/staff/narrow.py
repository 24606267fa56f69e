"""What the list of work can be narrowed by, in one place.

The filters of the list, the lists that people save, what the home page counts and what
comes next after an order all read it here.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Any
from urllib.parse import urlencode

from django.db.models import Q
from django.http import QueryDict
from django.urls import reverse

from common.clock import start_of_uk_day
from common.lines import look
from common.search import MOST_CHARACTERS, read_reference, read_terms
from common.wording import day_words
from parties.models import User
from worklist.kinds import WORK, in_queue
from worklist.models import WorkItem
from worklist.querysets import BY_TIME_LEFT, BY_WHEN_IT_CAME
from worklist.staff.queues import queue_called
from worklist.states import OF_THE_PARTY, Turn
from worklist.threads import work_matching

QUEUE, TURN, DUE, OWNER, SEARCH = "queue", "turn", "due", "owner", "q"
PARTY, CAME, SORT = "party", "came", "sort"
THEIRS, ME, NOBODY = "theirs", "me", "nobody"
A_WEEK, ONE_DAY = timedelta(days=7), timedelta(days=1)
CAME_WORDS = {
    "today": "came today",
    "week": "came within the last week",
    "older": "came more than a week ago",
}
OURS = ~Q(turn__in=OF_THE_PARTY)


@dataclass(frozen=True)
class Reader:
    """Who looks at the list, on which UK day."""

    user: User
    today: date


def of_queue(value: str, reader: Reader) -> Q:
    return Q(kind__in=in_queue(value)) if queue_called(value) else Q()


def of_turn(value: str, reader: Reader) -> Q:
    """What Gateway Parties owe is a list apart: it is never late for us."""
    return Q(turn__in=OF_THE_PARTY) if value == THEIRS else OURS


def due_within(value: str, reader: Reader) -> Q:
    today = reader.today
    kept = {
        "late": Q(due_on__lt=today),
        "today": Q(due_on=today),
        "week": Q(due_on__range=(today, today + A_WEEK)),
    }
    return kept.get(value, Q())


def owned_by(value: str, reader: Reader) -> Q:
    if value == NOBODY:
        return Q(owner=None) & ~Q(turn__in=(*OF_THE_PARTY, Turn.PORTAL))
    if value == ME:
        return Q(owner=reader.user.pk)
    return Q(owner=int(value)) if is_key(value) else Q()


def of_party(value: str, reader: Reader) -> Q:
    """What concerns the Parties whose name has these words, or one by its number."""
    words = read_reference(value).strip()
    if not words:
        return Q()
    return Q(party__name_look__contains=look(words)) | Q(party__reference=words)


def came_on(value: str, reader: Reader) -> Q:
    """What came on a day of the UK, or in a span of days; anything else keeps all."""
    today = reader.today
    spans = {
        "today": (today, today),
        "week": (today - A_WEEK, today),
        "older": (date.min, today - A_WEEK - ONE_DAY),
    }
    day = day_of(value)
    first, last = spans.get(value) or (day, day)
    if first is None or last is None:
        return Q()
    until = Q(opened_at__lt=start_of_uk_day(last + ONE_DAY))
    return (
        until if first == date.min else until & Q(opened_at__gte=start_of_uk_day(first))
    )


def day_of(value: str) -> date | None:
    """Return the day that is written as 2026-03-05; none if it is not."""
    try:
        return date.fromisoformat(value)
    except ValueError:
        return None


def is_key(value: str) -> bool:
    """Say whether somebody could have this primary key."""
    return value.isascii() and value.isdigit() and len(value) < len(str(2**63))


def searched(value: str, reader: Reader) -> Q:
    live = WorkItem.objects.open().order_by().values("thread")
    return work_matching(read_terms(value), reader.user, live)


def sorted_by(value: str, reader: Reader) -> Q:
    """However a list is sorted, it keeps the same."""
    return Q()


NARROWED: dict[str, Callable[[str, Reader], Q]] = {
    QUEUE: of_queue,
    TURN: of_turn,
    DUE: due_within,
    OWNER: owned_by,
    PARTY: of_party,
    CAME: came_on,
    SEARCH: searched,
    SORT: sorted_by,
}


def asked_in(address: Mapping[str, str]) -> dict[str, str]:
    """Return what an address asks of the list, and nothing else that stands in it."""
    found = {name: address.get(name, "")[:MOST_CHARACTERS] for name in NARROWED}
    return {name: value for name, value in found.items() if value}


def read(words: str) -> dict[str, str]:
    """Return what was written by `written`; whatever else stands there is left out."""
    return asked_in(QueryDict(words).dict())


def written(asked: Mapping[str, str]) -> str:
    return encoded(tuple(asked.items()))


@lru_cache(maxsize=64)
def encoded(asked: tuple[tuple[str, str], ...]) -> str:
    """Return the part of an address that is the same for all rows of a list."""
    return urlencode(asked)


def condition(asked: Mapping[str, str], reader: Reader) -> Q:
    """Return what a narrowed list keeps of what calls for somebody."""
    found = of_turn(asked.get(TURN, ""), reader)
    for name, value in asked.items():
        if name != TURN:
            found &= NARROWED[name](value, reader)
    return found


def is_by_coming(asked: Mapping[str, str]) -> bool:
    return asked.get(SORT) == CAME


def ordering(asked: Mapping[str, str]) -> tuple[Any, ...]:
    """Return what a list is sorted by: the time left, unless it asks otherwise."""
    return BY_WHEN_IT_CAME if is_by_coming(asked) else BY_TIME_LEFT


def list_url(asked: Mapping[str, str]) -> str:
    return f"{reverse(WORK)}?{written(asked)}" if asked else reverse(WORK)


def title_of(asked: Mapping[str, str]) -> str:
    """Return what a narrowed list is called."""
    queue = queue_called(asked.get(QUEUE, ""))
    owner = asked.get(OWNER, "")
    all_work = f"All work by {'when it came' if is_by_coming(asked) else 'time left'}"
    whole = {NOBODY: "Nobody’s yet", ME: "My work"}.get(owner, all_work)
    if asked.get(TURN) == THEIRS:
        whole = "The Parties’ turn"
    elif is_key(owner):
        whole = "A colleague’s work"
    title = queue.title if queue else whole
    return f"{title}, {narrowed}" if (narrowed := narrowing(asked)) else title


KNOWN: dict[str, Callable[[str], object]] = {
    QUEUE: queue_called,
    TURN: (THEIRS,).__contains__,
    DUE: ("late", "today", "week").__contains__,
    OWNER: lambda value: value in (ME, NOBODY) or is_key(value),
    CAME: lambda value: value in CAME_WORDS or day_of(value),
    SORT: (CAME,).__contains__,
}


def not_known(asked: Mapping[str, str]) -> list[str]:
    """Return what a list is asked for that no filter knows, such as a queue of before.

    It narrows nothing, and whoever kept the list would not see that.
    """
    return [
        value
        for name, value in asked.items()
        if name in KNOWN and not KNOWN[name](value)
    ]


def narrowing(asked: Mapping[str, str]) -> str:
    """Return in a few words what else a list is narrowed by."""
    words = [asked.get(PARTY, ""), CAME_WORDS.get(asked.get(CAME, ""), "")]
    if day := day_of(asked.get(CAME, "")):
        words.append(f"came on {day_words(day)}")
    if asked.get(SEARCH):
        words.append("searched")
    return ", ".join(filter(None, words))


def choices_of(name: str) -> Iterable[tuple[str, str]]:
    """Return what a filter of the list offers, but for its queues."""
    return {
        TURN: [(THEIRS, "The Gateway Parties")],
        DUE: [("late", "Late"), ("today", "Today"), ("week", "Within a week")],
        OWNER: [(ME, "Me"), (NOBODY, "Nobody yet")],
        SORT: [(CAME, "When it came")],
        CAME: [
            ("today", "Today"),
            ("week", "Within the last week"),
            ("older", "Earlier than that"),
        ],
    }[name]
