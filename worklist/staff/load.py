"""Who has what: the open work of each colleague, as figures and as bars."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from django.db.models import Case, Count, Q, When
from django.db.models.fields import BooleanField

from common.remembered import remembered
from parties.states import Role
from worklist.querysets import WorkItemQuerySet
from worklist.staff import narrow
from worklist.staff.queues import SECONDS_REMEMBERED, soon
from worklist.states import OF_THE_PARTY, Turn

# The drawing is so many units wide for whoever has most.
WIDE = 160
OWNER = ("owner", "owner__name", "owner__role")
COUNTED = ("count", "late", "by_tomorrow")


@dataclass(frozen=True)
class Load:
    """What one person has: all that is open, of it late, and due by tomorrow."""

    pk: int | None
    name: str
    role: str
    url: str
    count: int
    late: int
    by_tomorrow: int
    most: int

    @property
    def soon(self) -> int:
        return self.late + self.by_tomorrow

    @property
    def bars(self) -> dict[str, int]:
        """Widths of the bars, each laid over the one before."""
        return {
            "all": self.wide(self.count),
            "soon": self.wide(self.soon),
            "late": self.wide(self.late),
        }

    def wide(self, count: int) -> int:
        return round(WIDE * count / self.most) if self.most else 0


def loads(work: WorkItemQuerySet, reader: narrow.Reader) -> list[Load]:
    """Return who has how much of `work` of ours, the most first; nobody's comes last.

    One query, whoever has it.
    """
    counted = remembered(
        f"loads:{reader.user.pk}:{reader.today}",
        SECONDS_REMEMBERED,
        partial(counts, work, reader.today),
    )
    return drawn(counted)


def loads_of(counted: list[dict[str, Any]]) -> list[Load]:
    """Return the same from what was counted by kind, turn and owner."""
    found: dict[tuple[Any, bool], dict[str, Any]] = {}
    for row in counted:
        if row["turn"] in OF_THE_PARTY:
            continue
        by_itself = row["turn"] == Turn.PORTAL and row["owner"] is None
        none_yet = {name: row[name] for name in OWNER} | dict.fromkeys(COUNTED, 0)
        key = (row["owner"], by_itself)
        of_owner = found.setdefault(key, {**none_yet, "by_itself": by_itself})
        for name in COUNTED:
            of_owner[name] += row[name]
    return drawn(found.values())


def drawn(counted: Iterable[dict[str, Any]]) -> list[Load]:
    rows = sorted(counted, key=by_most)
    most = max((row["count"] for row in rows), default=0)
    return [load(row, most) for row in rows]


def counts(work: WorkItemQuerySet, today: date) -> list[dict[str, Any]]:
    by_itself = Case(
        When(turn=Turn.PORTAL, owner=None, then=True),
        default=False,
        output_field=BooleanField(),
    )
    counted: Any = (
        work.not_of_the_party()
        .order_by()
        .annotate(by_itself=by_itself)
        .values(*OWNER, "by_itself")
        .annotate(
            count=Count("pk"),
            late=Count("pk", filter=Q(due_on__lt=today)),
            by_tomorrow=Count("pk", filter=soon(today)),
        )
    )
    return list(counted)


def by_most(row: dict[str, Any]) -> tuple[bool, bool, int, str]:
    return (
        row["by_itself"],
        row["owner"] is None,
        -row["count"],
        row["owner__name"] or "",
    )


def load(row: dict[str, Any], most: int) -> Load:
    name, owner = row["owner__name"], str(row["owner"])
    url, role = narrow.list_url({narrow.OWNER: owner}), row["owner__role"]
    if row["by_itself"]:
        name, url = "Goes by itself on its day", ""
    elif row["owner"] is None:
        name, url = "Nobody yet", narrow.list_url({narrow.OWNER: narrow.NOBODY})
    return Load(
        pk=row["owner"],
        name=name,
        role=str(Role(role).label) if role else "",
        url=url,
        count=row["count"],
        late=row["late"],
        by_tomorrow=row["by_tomorrow"],
        most=most,
    )
