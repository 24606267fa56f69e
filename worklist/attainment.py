"""How much of our work is done in time, and how long it takes, from the register."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from typing import Any

from django.db.models import Count, F, Q

from common.remembered import remembered
from worklist.kinds import KINDS, WorkKind
from worklist.models import WorkItem
from worklist.parts import register
from worklist.states import OF_THE_PARTY, Ending, Turn

SECONDS_REMEMBERED = 600

HALF, NINE_IN_TEN = 50, 90
WHOLE = 100


@dataclass
class Attainment:
    """One kind of work: how much of it, how much in time, how long it took.

    `days` counts by working days how many things took so long; what is late and still
    to be done is among `of`, and took nothing yet.
    """

    kind: WorkKind
    of: int = 0
    met: int = 0
    days: dict[int, int] = field(default_factory=lambda: defaultdict(int))

    def add(self, counted: dict[str, Any]) -> None:
        self.of += counted["count"]
        self.met += counted["met"]
        if counted["took"] is not None:
            self.days[counted["took"]] += counted["count"]

    @property
    def figures(self) -> str:
        """All that is told of it, in one word: alike only where nothing differs."""
        return f"{self.kind.slug} {self.of} {self.met} {sorted(self.days.items())}"

    @property
    def share(self) -> int:
        """The percentage that was done by its last day."""
        return round(WHOLE * self.met / self.of)

    @property
    def half(self) -> int | None:
        return self.within(HALF)

    @property
    def nine_in_ten(self) -> int | None:
        return self.within(NINE_IN_TEN)

    def within(self, percent: int) -> int | None:
        """Return the working days within which so many percent were done."""
        done, wanted = 0, percent * sum(self.days.values())
        for took in sorted(self.days):
            done += self.days[took]
            if WHOLE * done >= wanted:
                return took
        return None


def attainment(since: date, today: date) -> list[Attainment]:
    """Return how each kind of our own work went whose last day is `since` or later.

    Counted by that day, so that what is still to be done counts once it is late. What
    was withdrawn or has lapsed was not for us to do. Both days are UK dates.

    Source: R-3.3-1.
    """
    key = f"attainment:{since}:{today}"
    counted = remembered(key, SECONDS_REMEMBERED, partial(counts, since, today))
    found: dict[str, Attainment] = {}
    for row in counted:
        kind = KINDS[row["kind"]]
        found.setdefault(kind.slug, Attainment(kind)).add(row)
    return [found[kind.slug] for kind in register.kinds() if kind.slug in found]


def counts(since: date, today: date) -> list[dict[str, Any]]:
    """Count the work of those days by kind and by the days that it took."""
    is_late = Q(closed_at=None, due_on__lt=today)
    counted: Any = (
        WorkItem.objects.filter(ours(), due_on__gte=since)
        .filter(is_late | Q(ending=Ending.DONE))
        .order_by()
        .values("kind", "took")
        .annotate(count=Count("pk"), met=Count("pk", filter=in_time()))
    )
    return list(counted)


def ours() -> Q:
    """It is for DCC or a supplier of it to do, and goes not by itself."""
    return ~Q(turn__in=(*OF_THE_PARTY, Turn.PORTAL))


def in_time() -> Q:
    """It was done before the midnight that ends its last day."""
    return Q(closed_at__lt=F("due_at"))
