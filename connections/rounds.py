"""What waits for the configurer's people: routers to configure, sessions to set up."""

from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from connections.models import Connection, Session
from connections.obligations import CONFIGURE, SET_UP_SESSION
from connections.states import ConnectionState
from parties.models import User
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
