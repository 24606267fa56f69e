"""What is owed, as one person reads it: what is theirs to do, and what colleagues'.

The rows come from the register and the words from the app of each kind.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model, QuerySet

from common.clock import uk_date
from common.parts import NeedsLine
from common.prepared import prepared
from common.time_left import TimeLeft, calendar_days_left
from common.wording import long_day_words, number_words
from parties.models import User
from worklist.contacts.turns import urgency
from worklist.kinds import WorkKind
from worklist.models import WorkItem
from worklist.parts import Calendar
from worklist.people import People, may_words, names
from worklist.querysets import WorkItemQuerySet, asked_of_holder
from worklist.words import Loading, Words, time_left

SHOWN = 20
# The row that a thing is about: by the type of the row, and its key.
Known = Mapping[tuple[int, int], Any]


@dataclass(frozen=True)
class Need:
    """One thing that is owed, as its reader meets it. `since`: its clock waits."""

    item: WorkItem
    words: Words
    people: People
    left: TimeLeft | None = None

    @property
    def kind(self) -> WorkKind:
        return self.item.declared

    @property
    def is_mine(self) -> bool:
        return self.people.is_for_reader(self.kind)

    @property
    def since(self) -> date | None:
        paused = self.item.paused_since
        return uk_date(paused) if paused else None

    @property
    def ends_today(self) -> bool:
        """Whether it is a right, and today its last day."""
        return bool(self.kind.is_right and self.left and self.left.days == 0)

    @property
    def is_secondary(self) -> bool:
        """Whether nothing is lost by leaving it: its button is no call."""
        has_no_day = self.left is None and self.since is None
        return bool(self.kind.is_right or has_no_day)

    @property
    def line(self) -> NeedsLine:
        """Return what is theirs to do, as a line of a list."""
        return replace(
            self.told(self.words.button),
            secondary=self.is_secondary,
            may=self.others,
        )

    @property
    def line_of_colleague(self) -> NeedsLine:
        """Return what only colleagues may do, as a line of a list."""
        return replace(self.told(self.words.look), who=self.who, because=self.may)

    def told(self, button: str) -> NeedsLine:
        words, left = self.words, self.left
        return NeedsLine(
            left,
            words.what,
            words.subject,
            words.url,
            button,
            if_nothing=words.if_nothing or (left.if_nothing if left else ""),
            since=self.since,
            today=self.ends_today,
        )

    @property
    def others(self) -> str:
        """Say which colleagues can do it too."""
        who = self.people.others(self.kind)
        return f"{names(who)} can do this too" if who else ""

    @property
    def who(self) -> str:
        """Return whose it is, by name."""
        return names(self.people.may(self.kind), "or") or "Nobody yet"

    @property
    def may(self) -> str:
        """Say why it is theirs: "nominated to authorise orders"."""
        return f"nominated to {may_words(self.kind)}"

    @property
    def why_not(self) -> str:
        return self.people.why_not(self.kind)


def needs_of(user: User, people: People, today: date) -> list[Need]:
    """Return what `user` may do, a right that ends first, then the soonest.

    At most one more than `SHOWN`, so that a page stays quick.
    """
    rows = needing(user.party_id or 0, today, held=frozenset(people.held))
    return list(tell(rows, people, today))


def needs_in(thread: str, user: User, people: People, today: date) -> list[Need]:
    """Return what `user` may do about one order or its connection, as `needs_of`."""
    rows = WorkItem.objects.needing(
        user, today, asked_of_holder(frozenset(people.held))
    )
    return list(tell(rows.filter(thread=thread), people, today))


def needs_of_colleagues(user: User, people: People, today: date) -> list[Need]:
    """Return what the Party of `user` owes, and only colleagues may do."""
    rows = needing_colleagues(user.party_id or 0, today, held=frozenset(people.held))
    return list(tell(rows, people, today))


@prepared
def needing(party: int, day: date, *, held: frozenset[str]) -> WorkItemQuerySet:
    user, asked = User.like(party, role=""), asked_of_holder(held)
    return soonest(WorkItem.objects.needing(user, day, asked))


@prepared
def needing_colleagues(
    party: int, day: date, *, held: frozenset[str]
) -> WorkItemQuerySet:
    user, asked = User.like(party, role=""), asked_of_holder(held)
    return soonest(WorkItem.objects.needing_colleagues(user, day, asked))


def soonest(rows: WorkItemQuerySet) -> WorkItemQuerySet:
    return rows.soonest_first()[: SHOWN + 1]


def tell(
    items: Iterable[WorkItem],
    people: People,
    today: date,
    known: Known | None = None,
    calendar: Calendar | None = None,
) -> Iterator[Need]:
    """Yield things in words, the most urgent first.

    Args:
        known: rows that were read already; the others are read by kind.
        calendar: the one that the page reads already.
    """
    ordered = sorted(items, key=partial(urgency, today=today))
    subjects = {**subjects_of(ordered, known or {}), **(known or {})}
    calendar = calendar or Calendar()
    for item in ordered:
        told = item.declared.tell
        if told is None:
            # What DCC owes to itself is nobody else's affair.
            continue
        words = told(subjects[key_of(item)], item, today)
        yield Need(item, words, people, left_of(item, words, today, calendar))


def key_of(item: WorkItem) -> tuple[int, int]:
    return item.subject_type_id, item.subject_pk


def key(row: Model) -> tuple[int, int]:
    """Return under which key a row that was read already is known."""
    return ContentType.objects.get_for_model(row).pk, row.pk


def subjects_of(items: list[WorkItem], known: Known) -> dict[tuple[int, int], Any]:
    """Return the rows that things are about: those of a kind at once."""
    missing: dict[Loading, set[int]] = {}
    for item in items:
        load = item.declared.load
        if load is not None and key_of(item) not in known:
            missing.setdefault(load, set()).add(item.subject_pk)
    found = (load(tuple(keys)) for load, keys in missing.items())
    return {key(row): row for rows in found for row in rows}


def left_of(
    item: WorkItem, words: Words, today: date, calendar: Calendar
) -> TimeLeft | None:
    """Return the time left that the reader is told, and how it was worked out."""
    left = None
    if words.until is not None:
        left = calendar_days_left(words.until, today)
    elif item.declared.has_day and not item.declared.is_appointment:
        left = time_left(item, today, calendar)
    return left and replace(left, how=words.how, section=words.rule, at=words.at)


def heading(needs: list[Need], today: date) -> str:
    """Return the page's title: how many things wait, and until when the first does."""
    if not needs:
        return "Nothing needs you"
    words = "More than twenty" if len(needs) > SHOWN else number_words(len(needs))
    things = "thing needs" if len(needs) == 1 else "things need"
    return f"{words.capitalize()} {things} you{until_words(needs, today)}"


def until_words(needs: list[Need], today: date) -> str:
    """Return ", one of them today" or ", the first by Friday 4 December 2026"."""
    days = [need.left.last_day for need in needs if need.left]
    if not days:
        return ""
    ending = days.count(today)
    if ending:
        return (
            " today" if len(needs) == 1 else f", {number_words(ending)} of them today"
        )
    first = "by" if len(needs) == 1 else "the first by"
    is_tomorrow = (min(days) - today).days == 1
    return f", {first} {'tomorrow' if is_tomorrow else long_day_words(min(days))}"


def nav_count(count: int) -> int | str:
    """Return the number for the menu; "20+" when there are more than are shown."""
    return f"{SHOWN}+" if count > SHOWN else count


def count_for_the_menu(
    user: User, today: date, people: People | None = None
) -> int | str:
    """Count in one query what `needs_of` would list, and no more than that.

    Args:
        people: of a page that has read who is nominated.
    """
    party, held = user.party_id or 0, frozenset(people.held) if people else None
    return nav_count(len(counted(user.pk, party, today, held=held)))


@prepared
def counted(
    user: int, party: int, day: date, *, held: frozenset[str] | None
) -> QuerySet[WorkItem, tuple[int]]:
    """Ask for no more than keys; who is nominated too, where that is not `held`."""
    asked = None if held is None else asked_of_holder(held)
    rows = WorkItem.objects.needing(User.like(party, "", pk=user), day, asked)
    return rows.order_by().values_list("pk")[: SHOWN + 1]
