"""What is known of the connection that came of an order, for its pages and steps."""

from django.utils.functional import cached_property

from connections.models import (
    Connection,
    ContractPeriod,
    FailoverTest,
    PerformanceReport,
    RateChange,
    Session,
)
from connections.states import SessionState
from orders.file import FilePart, OrderFile


class ConnectionOfOrder(FilePart):
    @cached_property
    def row(self) -> Connection | None:
        return getattr(self.order, "connection", None)

    @cached_property
    def periods(self) -> list[ContractPeriod]:
        return list(self.row.periods.all()) if self.row else []

    @property
    def open_period(self) -> ContractPeriod | None:
        """The period whose renewal notice is still to go."""
        if self.row is None or self.row.is_leaving:
            return None
        return next((row for row in self.periods if row.notice_at is None), None)

    @cached_property
    def reports(self) -> list[PerformanceReport]:
        return list(self.row.reports.all()) if self.row else []

    @cached_property
    def open_change(self) -> RateChange | None:
        return self.row.open_change if self.row else None

    @cached_property
    def sessions(self) -> list[Session]:
        if self.row is None:
            return []
        rows = self.row.sessions.select_related("secondary", "interface_version")
        return list(rows)

    @cached_property
    def other(self) -> Connection | None:
        """The other connection of its pair, if it is there."""
        if self.row is None or self.order.group_id is None:
            return None
        found: Connection | None = Connection.objects.other_of_pair(self.row).first()
        return found

    @cached_property
    def planned_test(self) -> FailoverTest | None:
        """The failover test of this link that is still to come, or to be told of."""
        return self.row.failover_tests.planned().first() if self.row else None

    @property
    def open_sessions(self) -> list[Session]:
        closed = SessionState.CLOSED
        return [row for row in self.sessions if row.state != closed]


def connection_of(file: OrderFile) -> ConnectionOfOrder:
    return file.part(ConnectionOfOrder)
