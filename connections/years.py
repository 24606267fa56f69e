"""The years of a connection, and what each costs. Pure: rows and days in."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from connections.deadlines import year_begins_on
from connections.models import Connection, ContractPeriod, RateChange
from connections.states import RateChangeKind


@dataclass(frozen=True)
class ContractYear:
    """One year of a connection, charged in advance.

    Args:
        number: 1 for the year that begins with completion.
        begins_on: its first UK day, on which its charge is due.
        net: what it costs in pounds, net of VAT.
        renewal: the period that it belongs to, if that is a renewal.
        told: the period before, whose notice stated what the renewal costs.
        change: what was accepted or done since, and changed what a year costs.
    """

    number: int
    begins_on: date
    net: Decimal
    renewal: ContractPeriod | None = None
    told: ContractPeriod | None = None
    change: RateChange | None = None


def year_agreed(
    connection: Connection, number: int, *, quoted_net: Decimal, lower_counts: bool
) -> ContractYear | None:
    """Return a year of a connection as it was agreed; None while that is not known.

    Its renewal has not begun, or the month to leave free of charge is not over.

    Args:
        number: from 2 on; the first is charged as it was quoted.
        quoted_net: what a year costs by the accepted quotation, in pounds net of VAT.
        lower_counts: as of `change_that_counts`.

    Source: R-2.9.1-6, R-2.5-7, T5, T6, T13, T30.
    """
    begins_on = year_begins_on(connection.completed_on, number)
    net, since, renewal, told = quoted_net, connection.completed_on, None, None
    if periods := list(connection.periods.all()):
        period = next((row for row in periods if row.holds_on(begins_on)), None)
        if period is None:
            return None
        told = next((row for row in periods if row.number == period.number - 1), None)
        if told is not None and not told.outcome:
            return None
        net, since = period.annual_net, period.starts_on
        renewal = period if told else None
    changes = connection.rate_changes.all()
    change = change_that_counts(changes, since, begins_on, lower_counts=lower_counts)
    if change is not None and change.annual_net is not None:
        net = change.annual_net
    return ContractYear(number, begins_on, net, renewal, told, change)


def change_that_counts(
    changes: Iterable[RateChange], since: date, begins_on: date, *, lower_counts: bool
) -> RateChange | None:
    """Return the last change that says what the year from `begins_on` costs.

    Args:
        changes: of one connection, in the order in which they were asked for.
        since: the first UK day of what the year belongs to: its charge knows of all
            that was done before.
        lower_counts: a lower rate costs less from the next year on, rather than from
            the renewal.

    Source: R-2.7.2-2, R-2.9.2-3, R-2.10-4, T13.
    """
    found = None
    for change in changes:
        is_lower = change.kind == RateChangeKind.DOWN
        says = change.annual_net is not None and (lower_counts or not is_lower)
        on = change.done_on if change.is_done else None
        if says and on is not None and since <= on < begins_on:
            found = change
    return found
