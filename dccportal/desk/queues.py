"""The queues: each is the list of orders with one filter, in one count for all."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Max, Min, Q, Subquery, Value
from django.db.models.functions import Coalesce
from django.urls import reverse

from common.figures import figure
from dccportal.desk.due import IS_OURS, with_due
from orders.models import ConnectionRequest, Enquiry
from orders.states import CLOSED, NEVER_SUBMITTED, Channel, OrderState
from parties.states import Role
from quotes.states import QuoteState
from records.models import Notice

DCC = (Role.OPERATIONS, Role.SERVICE_DESK, Role.BILLING)
FIELD = (*DCC, Role.INSTALLER)
FAILED = "failed"
ENQUIRIES = "enquiries"
EVERY_ORDER = 1_000_000
ORDERS = "admin:orders_connectionrequest_changelist"


@dataclass(frozen=True)
class Queue:
    """One kind of work. `keeps` is asked of orders that have their `due_on`."""

    slug: str
    short: str
    title: str
    lead: str
    keeps: Q
    roles: tuple[str, ...] = DCC

    @property
    def url(self) -> str:
        return f"{reverse(ORDERS)}?queue={self.slug}"


IS_SURVEYED = Q(state=OrderState.SURVEY, surveyed_at__isnull=False)
# A form that came by e-mail or upload is with DCC from its first answer.
IS_WITH_DCC = ~Q(state__in=NEVER_SUBMITTED) | ~Q(channel=Channel.PORTAL)
QUEUES = (
    Queue(
        "keyed",
        "Keying in",
        "Forms to key in",
        "Came by e-mail or the secure upload area from a nominated sender. Fill in "
        "what the form says and send it for them (section 1.3).",
        Q(state=OrderState.DRAFT) & ~Q(channel=Channel.PORTAL),
    ),
    Queue(
        "forms",
        "Forms",
        "Forms to check",
        "Sent by a Gateway Party. Accept the form or return it with questions "
        "(section 3.2).",
        Q(state=OrderState.SUBMITTED),
    ),
    Queue(
        "reviews",
        "Site reviews",
        "Site reviews",
        "Accepted, and nobody has recorded the Electronic Site Review yet "
        "(section 3.2).",
        Q(state=OrderState.ACCEPTED, site_review__isnull=True),
    ),
    Queue(
        "quotes",
        "Quotes due",
        "Quotes due",
        "Form accepted, quotation not yet sent. The guidance (section 3.3) gives "
        f"{figure('QUOTE_WORKING_DAYS', 'working day')} from acceptance. Updated "
        "quotations after a survey too.",
        Q(state=OrderState.ACCEPTED) | (IS_SURVEYED & Q(offer_state__isnull=True)),
    ),
    Queue(
        "unreceived",
        "Not received",
        "Quotations not received",
        "Sent, and nothing shows that it arrived: no mail server accepted its e-mail "
        "and nobody opened it. Its days have not begun (our reading of section 2.11). "
        "Send the e-mail again or phone the Party: it counts when they open it.",
        Q(offer_state=QuoteState.ISSUED, offer_last_day__isnull=True),
    ),
    Queue(
        "authorities",
        "Authorities",
        "Authorities to verify",
        "A signed authority came in. Check that its signatory was nominated on that "
        "day (section 2.11).",
        Q(offer_state=QuoteState.AUTHORITY_RECEIVED),
    ),
    Queue(
        "access",
        "Access",
        "Access to arrange",
        "Authorised, and no visit is booked yet (section 3.5).",
        Q(state=OrderState.AUTHORISED),
        FIELD,
    ),
    Queue(
        "visits",
        "Visits",
        "Visits",
        "A visit is booked, or a survey needs one (sections 3.6 and 3.7).",
        Q(visit_on__isnull=False)
        | Q(state=OrderState.SURVEY, surveyed_at__isnull=True),
        FIELD,
    ),
    Queue(
        "installations",
        "Installations",
        "Installations to complete",
        "Circuit first, then the equipment, then the flag that raises the bill "
        "(section 3.7).",
        Q(state=OrderState.INSTALL),
        FIELD,
    ),
    Queue(
        "configurations",
        "Configuration",
        "Configurations",
        "Installed: the router and test connectivity come next (section 3.7.1).",
        Q(state=OrderState.CONFIGURING),
        (*DCC, Role.CONFIGURER),
    ),
    Queue(
        "sessions",
        "Sessions",
        "Sessions to set up",
        "In service, and its Gateway Party has asked for a session that is not "
        "established yet (section 6).",
        Q(state=OrderState.CONFIGURED, waits_for_sessions=True),
        (*DCC, Role.CONFIGURER),
    ),
    Queue(
        "renewals",
        "Renewal notices",
        "Renewal notices due",
        "A contract period ends soon enough for its notice, which states the charge "
        "(section 2.5).",
        Q(renewal_due_on__isnull=False),
    ),
)
BY_SLUG = {queue.slug: queue for queue in QUEUES}


def queues_of(user: Any) -> list[Queue]:
    return [queue for queue in QUEUES if user.role in queue.roles]


@dataclass(frozen=True)
class Standing:
    """How one queue stands: how many, how many are late, what is due first."""

    slug: str
    short: str
    title: str
    url: str
    count: int
    late: int = 0
    first_on: date | None = None

    @property
    def is_late(self) -> bool:
        return self.late > 0


@dataclass(frozen=True)
class Tally:
    """How everything stands for one person, from one query."""

    queues: list[Standing]
    late: int
    by_tomorrow: int
    mine: int

    @property
    def total(self) -> int:
        return sum(queue.count for queue in self.queues)


def tally(user: Any, today: date) -> Tally:
    """Count all queues of `user` at once. Contacts' own decisions are not late."""
    queues = queues_of(user)
    orders = ConnectionRequest.objects.visible_to(user)
    live = with_due(orders.filter(IS_WITH_DCC).exclude(state__in=CLOSED), today)
    counted = live.annotate(
        failed_notices=failed_notices(), waiting_enquiries=waiting_enquiries()
    )
    # The limit keeps PostgreSQL from working out each row's dates once a figure.
    found = counted[:EVERY_ORDER].aggregate(
        **{name: figure for queue in queues for name, figure in figures(queue, today)},
        late=Count("pk", filter=IS_OURS & Q(due_on__lt=today)),
        by_tomorrow=Count("pk", filter=IS_OURS & Q(due_on__in=next_days(today))),
        mine=Count("pk", filter=Q(owner=user) & ~Q(state=OrderState.CONFIGURED)),
        failed=Max("failed_notices"),
        enquiries=Max("waiting_enquiries"),
    )
    standings = [standing(queue, found) for queue in queues]
    if user.is_dcc:
        standings.append(enquiries_standing(found["enquiries"]))
        standings.append(failed_standing(found["failed"]))
    return Tally(standings, found["late"], found["by_tomorrow"], found["mine"])


def next_days(today: date) -> list[date]:
    return [today, today + timedelta(days=1)]


def failed_notices() -> Coalesce:
    """Count failed e-mails beside each row, so that one query answers for all."""
    failed = Notice.objects.failed().order_by().values("state")
    return Coalesce(Subquery(failed.annotate(n=Count("pk")).values("n")), 0)


def waiting_enquiries() -> Coalesce:
    """Count what waits for an answer, the same way. Source: R-2.8-8."""
    waiting = Enquiry.objects.waiting().order_by().annotate(one=Value(1)).values("one")
    return Coalesce(Subquery(waiting.annotate(n=Count("pk")).values("n")), 0)


def figures(queue: Queue, today: date) -> list[tuple[str, Any]]:
    late = queue.keeps & Q(due_on__lt=today)
    return [
        (f"{queue.slug}_count", Count("pk", filter=queue.keeps)),
        (f"{queue.slug}_late", Count("pk", filter=late)),
        (f"{queue.slug}_first", Min("due_on", filter=queue.keeps)),
    ]


def standing(queue: Queue, found: dict[str, Any]) -> Standing:
    return Standing(
        queue.slug,
        queue.short,
        queue.title,
        queue.url,
        found[f"{queue.slug}_count"],
        found[f"{queue.slug}_late"],
        found[f"{queue.slug}_first"],
    )


def enquiries_standing(count: int | None) -> Standing:
    """Return the queue of enquiries, counted by themselves where no order is live."""
    waiting = Enquiry.objects.waiting().count() if count is None else count
    url = reverse("admin:orders_enquiry_changelist")
    return Standing(ENQUIRIES, "Enquiries", "Enquiries", url, waiting)


def failed_standing(count: int | None) -> Standing:
    """Return the queue of e-mails, counted by themselves where no order is live."""
    failed = Notice.objects.failed().count() if count is None else count
    url = reverse("admin:records_notice_changelist") + "?state__exact=failed"
    return Standing(FAILED, "Failed notices", "Failed notices", url, failed, failed)
