"""How the queues stand: each thing stands in one of them alone, that of its kind."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

from django.db.models import Aggregate, Count, Max, Min, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse

from common.prepared import prepared
from common.remembered import remembered
from parties.models import User
from records.models import MailPause, Notice
from worklist.kinds import KINDS, WORK, WorkQueue
from worklist.models import WorkItem
from worklist.parts import register
from worklist.states import OF_THE_PARTY, Turn

SECONDS_REMEMBERED = 15

FAILED = "failed"
PAUSE = {"at": "at", "by": "by__name", "why": "why"}


def queue_called(slug: str) -> WorkQueue | None:
    return next((queue for queue in register.queues() if queue.slug == slug), None)


def queues_of(user: User) -> list[WorkQueue]:
    return [queue for queue in register.queues() if user.role in queue.roles]


def queue_of(kind: str) -> str:
    """Return the queue in which things of a kind stand; empty if in none."""
    queue = KINDS[kind].queue
    return queue.slug if queue else ""


@dataclass
class QueueStanding:
    """How one queue stands: how many, how many are late, what is due first."""

    slug: str
    short: str
    title: str
    url: str
    count: int = 0
    late: int = 0
    first_on: date | None = None

    @property
    def is_late(self) -> bool:
        return self.late > 0

    def add(self, counted: dict[str, Any]) -> None:
        """Take in what was counted of one kind."""
        self.count += counted["count"]
        self.late += counted["late"]
        days = [day for day in (self.first_on, counted["first"]) if day]
        self.first_on = min(days, default=None)


@dataclass(frozen=True)
class HeldBack:
    """That e-mails are held back: since when, by whom and why, as each page says."""

    at: datetime
    by: str
    why: str


@dataclass
class Tally:
    """How everything stands for one person, from one query.

    `rows` is what was counted, of which a page may tell more.
    """

    queues: list[QueueStanding]
    late: int = 0
    by_tomorrow: int = 0
    mine: int = 0
    nobodys: int = 0
    theirs: int = 0
    pause: "HeldBack | None" = None
    by_slug: dict[str, QueueStanding] = field(default_factory=dict)
    rows: list[dict[str, Any]] = field(default_factory=list)

    @property
    def ours(self) -> list[QueueStanding]:
        """The queues; e-mails that failed are no person's work until they are."""
        return [queue for queue in self.queues if queue.slug != FAILED]

    @property
    def total(self) -> int:
        """What we owe: each thing stands in one queue."""
        return sum(queue.count for queue in self.ours)

    def add(self, counted: dict[str, Any]) -> None:
        if counted["turn"] in OF_THE_PARTY:
            self.theirs += counted["count"]
            return
        queue = self.by_slug.get(queue_of(counted["kind"]))
        if queue is None:
            return
        queue.add(counted)
        for name in ("late", "by_tomorrow", "mine", "nobodys"):
            setattr(self, name, getattr(self, name) + counted[name])


def standings_of(queues: list[WorkQueue]) -> list[QueueStanding]:
    work = reverse(WORK)
    return [
        QueueStanding(queue.slug, queue.short, queue.title, queue.url_in(work))
        for queue in queues
    ]


def all_standings(today: date) -> list[QueueStanding]:
    """Return how each queue stands, whoever asks: figures for the watch. One query."""
    standings = {one.slug: one for one in standings_of(register.queues())}
    key = f"queues:all:{today}"
    for row in remembered(key, SECONDS_REMEMBERED, partial(counts_of_all, today)):
        standing = standings.get(queue_of(row["kind"]))
        if standing is not None:
            standing.add(row)
    return list(standings.values())


@prepared
def counts_of_all(today: date) -> QuerySet[WorkItem, dict[str, Any]]:
    rows = WorkItem.objects.calling_on(today).not_of_the_party().order_by()
    counted: Any = rows.values("kind").annotate(
        count=Count("pk"),
        late=Count("pk", filter=Q(due_on__lt=today)),
        first=Min("due_on"),
    )
    found: QuerySet[WorkItem, dict[str, Any]] = counted
    return found


def tally(user: User, today: date) -> Tally:
    """Count all queues of `user` at once. Contacts' own decisions are not late."""
    counted = remembered(
        f"queues:{user.pk}:{today}", SECONDS_REMEMBERED, partial(counts, user, today)
    )
    return tally_of(user, counted)


def tally_of(user: User, counted: list[dict[str, Any]]) -> Tally:
    """Return how everything stands by what was counted."""
    standings = standings_of(queues_of(user))
    by_slug = {queue.slug: queue for queue in standings}
    found = Tally(standings, by_slug=by_slug, rows=counted)
    for row in counted:
        found.add(row)
    found.pause = held_back(counted[0] if counted else None)
    if user.is_dcc:
        failed = counted[0]["failed"] if counted else Notice.objects.failed().count()
        found.queues.append(failed_standing(failed))
    return found


def held_back(row: dict[str, Any] | None) -> HeldBack | None:
    """Return the pause of e-mails beside a row; read where nothing was counted."""
    if row is not None:
        at, by, why = (row[f"paused_{name}"] for name in PAUSE)
        return HeldBack(at, by, why) if at else None
    on = MailPause.objects.current()
    return HeldBack(on.at, str(on.by), on.why) if on else None


def soon(today: date) -> Q:
    """It is due today or tomorrow."""
    return Q(due_on__in=(today, today + timedelta(days=1)))


def counts(user: User, today: date) -> list[dict[str, Any]]:
    """Count what is open by kind and turn: the register's rows, and no order's.

    The number of e-mails that failed, and what is to be said while they are held back,
    come beside each row, so that one query answers.
    """
    tomorrow = today + timedelta(days=1)
    return counted_for(user.pk, today, tomorrow, role=user.role)


@prepared
def counted_for(
    user: int, today: date, tomorrow: date, *, role: str
) -> QuerySet[WorkItem, dict[str, Any]]:
    return counting(user, today, tomorrow, role, "kind", "turn")


def counting(
    user: int, today: date, tomorrow: date, role: str, *by: str, **more: Aggregate
) -> QuerySet[WorkItem, dict[str, Any]]:
    """Count what is open by some columns, with whatever `more` counts beside."""
    failed = Notice.objects.failed().order_by().values("state")
    failures = Coalesce(Subquery(failed.annotate(n=Count("*")).values("n")), 0)
    # Staff belong to no Party: what they see follows from their role alone.
    seen = WorkItem.objects.visible_to(User.like(0, role))
    rows = seen.calling_on(today).order_by()
    on = MailPause.objects.on().order_by()
    paused = {
        f"paused_{name}": Max(Subquery(on.values(path)[:1]))
        for name, path in PAUSE.items()
    }
    # The same beside each row, and taken by Max so that nothing is grouped by it.
    with_failures = rows.annotate(failures=failures)
    counted: Any = with_failures.values(*by).annotate(
        failed=Max("failures"),
        **paused,
        count=Count("pk"),
        late=Count("pk", filter=Q(due_on__lt=today)),
        by_tomorrow=Count("pk", filter=Q(due_on__in=(today, tomorrow))),
        mine=Count("pk", filter=Q(owner=user)),
        # What the portal does by itself is for nobody to take.
        nobodys=Count("pk", filter=Q(owner=None) & ~Q(turn=Turn.PORTAL)),
        first=Min("due_on"),
        **more,
    )
    found: QuerySet[WorkItem, dict[str, Any]] = counted
    return found


def failed_standing(failed: int) -> QueueStanding:
    url = reverse("admin:records_notice_changelist") + "?state__exact=failed"
    return QueueStanding(
        FAILED, "Failed notices", "Failed notices", url, failed, failed
    )
