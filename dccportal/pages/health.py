"""Whether the clocks run: what every app counts of what has been due for too long.

A stopped worker or timer changes no outcome, but people would hear too late.
"""

from collections.abc import Callable
from datetime import datetime

from billing.health import ledger_in_order
from connections.health import renewals_overdue
from orders.health import calendar_ends_soon
from quotes.health import offers_overdue
from records.health import HealthCheck, jobs_overdue, mail_paused, programs_silent

CHECKS: tuple[Callable[[datetime], HealthCheck], ...] = (
    offers_overdue,
    renewals_overdue,
    ledger_in_order,
    calendar_ends_soon,
)


def checks_at(now: datetime) -> list[HealthCheck]:
    """Return every check as it stands at `now`, aware."""
    machines = (*programs_silent(), mail_paused(), *jobs_overdue())
    return [*machines, *(check(now) for check in CHECKS)]
