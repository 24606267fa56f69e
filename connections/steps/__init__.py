"""What the desk and the configurer do about a connection, as pages of its order."""

from typing import Any

from connections.steps import (
    collect,
    configure,
    failover,
    rate,
    renewal,
    reports,
    said,
    said_reports,
    said_sessions,
    sharing,
    use,
)
from orders.steps.base import OrderPage

PAGES: list[OrderPage[Any]] = [
    *configure.PAGES,
    *renewal.PAGES,
    *rate.PAGES,
    *reports.PAGES,
    *said.PAGES,
    *use.PAGES,
    *said_reports.PAGES,
    *said_sessions.PAGES,
    *sharing.PAGES,
    *failover.PAGES,
    *collect.PAGES,
]
