"""The staff's first page: what will be late next, who has what, what is stuck."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from hashlib import sha256
from itertools import islice
from typing import Any

from django.db.models import Aggregate, CharField, Value
from django.db.models.functions import Coalesce
from django.http import HttpRequest
from django.utils import timezone

from common.clock import uk_date
from common.remembered import remembered
from common.wording import day_words, number_words
from parties.policies import signed_in
from records.stuck import stuck_kinds
from worklist.attainment import Attainment, attainment
from worklist.kinds import KINDS, appointments
from worklist.models import SavedList, WorkItem
from worklist.policies import may_look_after
from worklist.querysets import WorkItemQuerySet
from worklist.staff import narrow
from worklist.staff.due import most_urgent_first
from worklist.staff.load import OWNER, loads_of
from worklist.staff.queues import (
    FAILED,
    SECONDS_REMEMBERED,
    QueueStanding,
    Tally,
    counting,
    tally_of,
)
from worklist.staff.rows import Asked, WorkRow, rows_of
from worklist.staff.saved import counted_lists, counts_of

NEXT_SHOWN = 8
PART_SHOWN = 5
THEIRS_SHOWN = 4
A_WEEK = timedelta(days=6)
SOON_DAYS = 2
# Our own figure: the guidance asks that a missed day is reported, no more.
ATTAINMENT_DAYS = 90


def reader_of(request: HttpRequest) -> narrow.Reader:
    return narrow.Reader(signed_in(request), uk_date(timezone.now()))


def whole_tally(
    reader: narrow.Reader, kept: list[SavedList], **more: Aggregate
) -> Tally:
    """Count at once all that the page counts: queues, who has what, and kept lists.

    Args:
        more: what apps above have counted beside, by its name in each row.
    """
    asked = "&&".join(f"{one.pk}:{one.asked}" for one in kept)
    key = f"home:{reader.user.pk}:{reader.today}:{sha256(asked.encode()).hexdigest()}"
    counted = remembered(key, SECONDS_REMEMBERED, partial(counts, reader, kept, more))
    return tally_of(reader.user, counted)


def counts(
    reader: narrow.Reader, kept: list[SavedList], more: dict[str, Aggregate]
) -> list[dict[str, Any]]:
    user, tomorrow = reader.user, reader.today + timedelta(days=1)
    beside = {**counts_of(kept, reader), **more}
    by = ("kind", "turn", *OWNER)
    return list(counting(user.pk, reader.today, tomorrow, user.role, *by, **beside))


def context(
    request: HttpRequest, found: Tally, kept: list[SavedList]
) -> dict[str, Any]:
    """Return what the page shows. Its queries do not grow with the orders.

    Args:
        found: what `whole_tally` counted, for the lists in `kept`.
    """
    now, reader = timezone.now(), reader_of(request)
    work = WorkItem.objects.visible_to(reader.user).calling_on(reader.today)
    return {
        "heading": heading(found),
        "now": now,
        "here": request.get_full_path(),
        **parts(work, reader),
        "visits_url": narrow.list_url(visits()),
        "loads": loads_of(found.rows),
        # Suppliers have no part in what machines do.
        "stuck": stuck_kinds() if reader.user.is_dcc else None,
        "saved": counted_lists(kept, found.rows),
        "cards": [card(queue, reader.today) for queue in found.queues],
        "queues_with_work": len([one for one in found.ours if one.count]),
        **work_done(reader),
    }


def heading(found: Tally) -> str:
    """Say how things stand: "One is late, three are due by tomorrow"."""
    late, soon = found.late, found.by_tomorrow
    if not late and not soon:
        return "Nothing is late, nothing is due by tomorrow"
    first = f"{number_words(late)} {'is' if late == 1 else 'are'} late" if late else ""
    second = f"{number_words(soon)} {'is' if soon == 1 else 'are'} due by tomorrow"
    words = ", ".join(filter(None, [first, second if soon else ""]))
    return words[0].upper() + words[1:]


def work_done(reader: narrow.Reader) -> dict[str, Any]:
    """Return how much of each kind of work of late was done in time. R-3.3-1.

    Suppliers have no part in it.
    """
    if not reader.user.is_dcc:
        return {}
    found = attainment(reader.today - timedelta(days=ATTAINMENT_DAYS), reader.today)
    return {
        "attainment": found,
        # What has not changed is not drawn anew for each view of the page.
        "attainment_figures": [one.figures for one in found],
        "attainment_days": ATTAINMENT_DAYS,
        "chart": Chart(found) if found else None,
    }


@dataclass(frozen=True)
class Chart:
    """The share done in time of each kind, as bars beside their names."""

    found: list[Attainment]
    left: int = 370
    wide: int = 270
    step: int = 25

    @property
    def height(self) -> int:
        return self.step * len(self.found) + 8

    @property
    def words(self) -> str:
        """Say the same as the bars."""
        each = (f"{one.kind.what}: {one.share} per cent" for one in self.found)
        return f"{', '.join(each)}."

    @property
    def bars(self) -> list[dict[str, Any]]:
        return [
            {
                "name": one.kind.what,
                "share": one.share,
                "top": self.step * place + 8,
                "base": self.step * place + 21,
                "length": round(self.wide * one.share / 100),
            }
            for place, one in enumerate(self.found)
        ]


def parts(work: WorkItemQuerySet, reader: narrow.Reader) -> dict[str, list[WorkRow]]:
    """Return the first of ours, of mine, of nobody's, of the Parties', and the visits.

    One query for all, and the same few for the words of all together.
    """
    listed: dict[str, Asked] = {
        "next": {},
        "mine": {narrow.OWNER: narrow.ME},
        "nobodys": {narrow.OWNER: narrow.NOBODY},
        "theirs": {narrow.TURN: narrow.THEIRS},
        "visits": visits(),
    }
    items = firsts(work, reader)
    rows = iter(rows_of([one for each in items.values() for one in each], reader.today))
    shown = {name: list(islice(rows, len(each))) for name, each in items.items()}
    for name, asked in listed.items():
        for row in shown[name]:
            row.asked = asked
    return shown


def firsts(work: WorkItemQuerySet, reader: narrow.Reader) -> dict[str, list[WorkItem]]:
    """Return the first rows of each part of the page, all from one query."""
    ours, theirs = work.not_of_the_party(), work.of_the_party()
    takes = [slug for slug, kind in KINDS.items() if may_look_after(kind, reader.user)]
    attends = [kind.slug for kind in appointments()]
    week = (reader.today, reader.today + A_WEEK)
    of_week = ours.filter(kind__in=attends, due_on__range=week)
    chosen = {
        "next": ours.filter(due_on__isnull=False).soonest_first()[:NEXT_SHOWN],
        "mine": ours.filter(owner=reader.user.pk).soonest_first()[:PART_SHOWN],
        "nobodys": ours.nobodys().filter(kind__in=takes).soonest_first()[:PART_SHOWN],
        "theirs": theirs.soonest_first()[:THEIRS_SHOWN],
        # By an expression: by the plain column PostgreSQL reads all work of the week in
        # its order until it has met five visits.
        "visits": of_week.order_by(Coalesce("due_on", "due_on"), "pk")[:PART_SHOWN],
    }
    found: dict[str, list[WorkItem]] = {part: [] for part in chosen}
    first, *others = (
        # The first few are chosen within: SQLite joins no lists that end early.
        work.filter(pk__in=rows.values("pk"))
        .order_by()
        .select_related("owner")
        .annotate(part=Value(part, output_field=CharField()))
        for part, rows in chosen.items()
    )
    joined: Any = first.union(*others, all=True)
    for item in joined:
        found[item.part].append(item)
    return {part: most_urgent_first(items) for part, items in found.items()}


def visits() -> Asked:
    """Return what the list is asked for to show the visits: where they all stand."""
    queues = [kind.queue for kind in appointments() if kind.queue is not None]
    return {narrow.QUEUE: queues[0].slug} if queues else {}


def card(queue: QueueStanding, today: date) -> dict[str, Any]:
    """Return one queue as a card: its number, its colour, and a sentence."""
    tone, words = card_words(queue, today)
    return {"queue": queue, "tone": tone, "words": words}


def card_words(queue: QueueStanding, today: date) -> tuple[str, str]:
    if queue.count == 0:
        return "clear", ""
    if queue.slug == FAILED:
        came = "e-mail was" if queue.count == 1 else "e-mails were"
        return "late", f"{queue.count} {came} not delivered"
    if queue.is_late:
        return "late", f"{queue.late} late"
    if queue.first_on is None:
        return "", ""
    is_soon = queue.first_on <= today + timedelta(days=SOON_DAYS)
    return "soon" if is_soon else "", f"First by {day_words(queue.first_on)}"
