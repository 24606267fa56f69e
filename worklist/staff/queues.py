"""The queues: each names kinds of work, and each thing stands in one of them alone."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import partial
from typing import Any

from django.db.models import Count, Max, Min, Q, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse

from common.figures import figure
from common.remembered import remembered
from parties.models import User
from parties.states import Role
from records.models import Notice
from worklist.kinds import KINDS
from worklist.models import WorkItem
from worklist.states import OF_THE_PARTY, Turn

SECONDS_KEPT = 15

DCC = (Role.OPERATIONS, Role.SERVICE_DESK, Role.BILLING)
FIELD = (*DCC, Role.INSTALLER)
FAILED = "failed"
WORK = "admin:worklist_workitem_changelist"


@dataclass(frozen=True)
class Queue:
    """One kind of work, or a few that are done alike."""

    slug: str
    short: str
    title: str
    lead: str
    roles: tuple[str, ...] = DCC

    @property
    def url(self) -> str:
        return f"{reverse(WORK)}?queue={self.slug}"


QUEUES = (
    Queue(
        "keyed",
        "Keying in",
        "Forms to key in",
        "Came by e-mail or the secure upload area from a nominated sender. Fill in "
        "what the form says and send it for them (section 1.3).",
    ),
    Queue(
        "forms",
        "Forms",
        "Forms to check",
        "Sent by a Gateway Party. Accept the form or return it with questions "
        "(section 3.2).",
    ),
    Queue(
        "enquiries",
        "Enquiries",
        "Enquiries",
        "Asked by a Gateway Party beside its forms. Answer each, or arrange a call "
        "(section 2.8).",
    ),
    Queue(
        "reviews",
        "Site reviews",
        "Site reviews",
        "Accepted, and nobody has recorded the Electronic Site Review yet, or it found "
        "that the connection cannot be had (section 3.2).",
    ),
    Queue(
        "quotes",
        "Quotations due",
        "Quotations due",
        "Form accepted, quotation not yet sent. The guidance (section 3.3) gives "
        f"{figure('QUOTE_WORKING_DAYS', 'working day')} from acceptance. Updated "
        "quotations after a survey too.",
    ),
    Queue(
        "unreceived",
        "Not received",
        "Quotations not received",
        "Sent, and nothing shows that it arrived: no mail server accepted its e-mail "
        "and nobody opened it. Its days have not begun (our reading of section 2.11). "
        "Send the e-mail again or phone the Party: it counts when they open it.",
    ),
    Queue(
        "authorities",
        "Authorities",
        "Authorities to verify",
        "A signed authority came in. Check that its signatory was nominated on that "
        "day (section 2.11).",
    ),
    Queue(
        "access",
        "Access",
        "Access to arrange",
        "Authorised, and access to the site is not agreed yet (section 3.5).",
        FIELD,
    ),
    Queue(
        "visits",
        "Visits",
        "Visits",
        "A visit is booked, or the next one is to be (sections 3.6 and 3.7).",
        FIELD,
    ),
    Queue(
        "installations",
        "Installations",
        "Installations to complete",
        "Circuit and equipment are in: the flag that raises the bill comes next "
        "(section 3.7).",
        FIELD,
    ),
    Queue(
        "configurations",
        "Configuration",
        "Configurations",
        "Installed: the router and test connectivity come next (section 3.7.1).",
        (*DCC, Role.CONFIGURER),
    ),
    Queue(
        "sessions",
        "Sessions",
        "Sessions to set up",
        "In service, and its Gateway Party has asked for a session that is not "
        "established yet (section 6).",
        (*DCC, Role.CONFIGURER),
    ),
    Queue(
        "renewals",
        "Renewal notices",
        "Renewal notices due",
        "A contract period ends soon enough for its notice, which states the charge "
        "(section 2.5).",
    ),
)
BY_SLUG = {queue.slug: queue for queue in QUEUES}


def queues_of(user: User) -> list[Queue]:
    return [queue for queue in QUEUES if user.role in queue.roles]


@dataclass
class Standing:
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


@dataclass
class Tally:
    """How everything stands for one person, from one query."""

    queues: list[Standing]
    late: int = 0
    by_tomorrow: int = 0
    mine: int = 0
    nobodys: int = 0
    theirs: int = 0
    by_slug: dict[str, Standing] = field(default_factory=dict)

    @property
    def ours(self) -> list[Standing]:
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
        queue = self.by_slug.get(KINDS[counted["kind"]].queue)
        if queue is None:
            return
        queue.add(counted)
        for name in ("late", "by_tomorrow", "mine", "nobodys"):
            setattr(self, name, getattr(self, name) + counted[name])


def all_standings(today: date) -> list[Standing]:
    """Return how each queue stands, whoever asks: figures for the watch. One query."""
    standings = {q.slug: Standing(q.slug, q.short, q.title, q.url) for q in QUEUES}
    key = f"queues:all:{today}"
    for row in remembered(key, SECONDS_KEPT, partial(counts_of_all, today)):
        standing = standings.get(KINDS[row["kind"]].queue)
        if standing is not None:
            standing.add(row)
    return list(standings.values())


def counts_of_all(today: date) -> list[dict[str, Any]]:
    rows = WorkItem.objects.calling_on(today).not_of_the_party().order_by()
    counted: Any = rows.values("kind").annotate(
        count=Count("pk"),
        late=Count("pk", filter=Q(due_on__lt=today)),
        first=Min("due_on"),
    )
    return list(counted)


def tally(user: User, today: date) -> Tally:
    """Count all queues of `user` at once. Contacts' own decisions are not late."""
    standings = [
        Standing(queue.slug, queue.short, queue.title, queue.url)
        for queue in queues_of(user)
    ]
    found = Tally(standings, by_slug={queue.slug: queue for queue in standings})
    counted = remembered(
        f"queues:{user.pk}:{today}", SECONDS_KEPT, partial(counts, user, today)
    )
    for row in counted:
        found.add(row)
    if user.is_dcc:
        failed = counted[0]["failed"] if counted else Notice.objects.failed().count()
        found.queues.append(failed_standing(failed))
    return found


def soon(today: date) -> Q:
    """It is due today or tomorrow."""
    return Q(due_on__in=(today, today + timedelta(days=1)))


def counts(user: User, today: date) -> list[dict[str, Any]]:
    """Count what is open by kind and turn: the register's rows, and no order's.

    The number of e-mails that failed comes beside each row, so that one query answers.
    """
    failed = Notice.objects.failed().order_by().values("state")
    failures = Coalesce(Subquery(failed.annotate(n=Count("*")).values("n")), 0)
    rows = WorkItem.objects.visible_to(user).calling_on(today).order_by()
    with_failures = rows.annotate(failures=failures)
    counted: Any = with_failures.values("kind", "turn").annotate(
        failed=Max("failures"),
        count=Count("pk"),
        late=Count("pk", filter=Q(due_on__lt=today)),
        by_tomorrow=Count("pk", filter=soon(today)),
        mine=Count("pk", filter=Q(owner=user)),
        nobodys=Count("pk", filter=Q(owner=None) & ~Q(turn=Turn.PORTAL)),
        first=Min("due_on"),
    )
    return list(counted)


def failed_standing(failed: int) -> Standing:
    url = reverse("admin:records_notice_changelist") + "?state__exact=failed"
    return Standing(FAILED, "Failed notices", "Failed notices", url, failed, failed)
