"""What waits for suppliers' people: routers, sessions, and equipment to collect.

And how far that collection is, as the Gateway Party reads it.
"""

from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.urls import reverse

from common.wording import number_words
from connections.models import Connection, Session
from connections.obligations import COLLECT, CONFIGURE, SET_UP_SESSION
from connections.states import ConnectionState
from parties.models import User
from sites.models import InstalledItem
from worklist.models import WorkItem


@dataclass(frozen=True)
class RemoteCall:
    """One connection as whoever configures it needs it.

    Args:
        due_on: UK day by which the first thing that waits is to be done.
    """

    connection: Connection
    due_on: date | None

    @property
    def is_to_configure(self) -> bool:
        return bool(self.connection.state == ConnectionState.INSTALLED)

    @property
    def sessions(self) -> list[Session]:
        """Those that wait to be set up, the longest waiting first."""
        rows = self.connection.sessions.all()
        found = [row for row in rows if row.waits]
        return sorted(found, key=lambda row: (row.requested_at, row.pk))

    @property
    def has_addresses(self) -> bool:
        return self.connection.router_address is not None

    @property
    def configure_url(self) -> str:
        return self.page("configure")

    @property
    def addresses_url(self) -> str:
        return self.page("addresses")

    @property
    def session_url(self) -> str:
        return self.page("session")

    def page(self, slug: str) -> str:
        name = f"admin:orders_connectionrequest_{slug}"
        return reverse(name, args=[self.connection.order_id])


def remote_calls(user: User) -> list[RemoteCall]:
    """Return the connections at which something waits, the next to be late first.

    Three queries for any number.
    """
    kinds = (CONFIGURE.slug, SET_UP_SESSION.slug)
    owed = WorkItem.objects.visible_to(user).open().filter(kind__in=kinds)
    due: dict[str, date | None] = {}
    for thread, day in owed.order_by("due_on", "pk").values_list("thread", "due_on"):
        due.setdefault(thread, day)
    seen = Connection.objects.visible_to(user).filter(order__reference__in=due)
    rows = seen.select_related("order__group", "party", "data_centre")
    calls = [
        RemoteCall(row, due[row.order.reference])
        for row in rows.prefetch_related("sessions")
    ]
    return sorted(calls, key=lambda call: (call.due_on or date.max, call.connection.pk))


@dataclass(frozen=True)
class ToCollect:
    """The equipment of one ended connection, as whoever collects it needs it.

    Args:
        due_on: UK day by which it is to be collected.
    """

    connection: Connection
    due_on: date | None
    today: date

    @property
    def is_late(self) -> bool:
        return self.due_on is not None and self.due_on < self.today

    @property
    def planned_on(self) -> date | None:
        row = getattr(self.connection, "collection", None)
        return row.planned_on if row else None

    @property
    def items(self) -> list[InstalledItem]:
        rows = self.connection.order.installed_items.all()
        return [item for item in rows if item.removed_on is None]

    @property
    def day_url(self) -> str:
        return self.page("collection-day")

    @property
    def collected_url(self) -> str:
        return self.page("collected")

    def page(self, slug: str) -> str:
        name = f"admin:orders_connectionrequest_{slug}"
        return reverse(name, args=[self.connection.order_id])


def to_collect(user: User, today: date) -> list[ToCollect]:
    """Return whose equipment waits to be collected, the next to be late first.

    Three queries for any number.
    """
    owed = WorkItem.objects.visible_to(user).running(COLLECT.slug)
    due = dict(owed.values_list("subject_pk", "due_on"))
    seen = Connection.objects.visible_to(user).filter(pk__in=due)
    rows = seen.select_related("order", "party", "data_centre", "collection")
    calls = [
        ToCollect(row, due[row.pk], today)
        for row in rows.prefetch_related("order__installed_items")
    ]
    return sorted(calls, key=lambda call: (call.due_on or date.max, call.connection.pk))


@dataclass(frozen=True)
class CollectionShown:
    """How far the collection of the equipment is, as its Party reads it.

    Args:
        items: those that stood in the rack at the end, collected or not.
        due_on: the UK day by which it is to be collected, while it is.
    """

    who: str
    planned_on: date | None
    note: str
    items: list[InstalledItem]
    due_on: date | None
    is_late: bool


def collection_of(connection: Connection, today: date) -> CollectionShown:
    row = getattr(connection, "collection", None)
    items = connection.order.installed_items.all()
    owed = WorkItem.objects.running(COLLECT.slug).filter(subject_pk=connection.pk)
    due_on = owed.values_list("due_on", flat=True).first()
    return CollectionShown(
        settings.INSTALLER_NAME,
        row.planned_on if row else None,
        row.note if row else "",
        [item for item in items if stood_at_end(item, connection)],
        due_on,
        due_on is not None and due_on < today,
    )


def stood_at_end(item: InstalledItem, connection: Connection) -> bool:
    """Say whether an item was in the rack after the last day of service."""
    ends_on = connection.ends_on
    return item.removed_on is None or ends_on is None or item.removed_on > ends_on


def waiting_words(count: int) -> str:
    """Return "Two connections wait for you"."""
    words = number_words(count) if count else "no"
    return (
        f"{words.capitalize()} connection{' waits' if count == 1 else 's wait'} for you"
    )
