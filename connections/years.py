"""The years of a connection, and what each costs. Pure: rows and days in."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.conf import settings

from common.clock import MONTHS_A_YEAR
from connections.deadlines import (
    period_first_day,
    period_last_day,
    renewal_due_on,
    year_begins_on,
)
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


@dataclass(frozen=True)
class ContractTerms:
    """What is agreed of a connection: its periods, and what changed what a year costs.

    Args:
        completed_on: UK day from which the years count.
        periods: in their order; none of an RDP's (T30).
        changes: in the order in which they were asked for.
        quoted_net: what a year costs by the accepted quotation, in pounds net of VAT.
        lower_counts: as of `change_that_counts`.
    """

    completed_on: date
    periods: Sequence[ContractPeriod]
    changes: Sequence[RateChange]
    quoted_net: Decimal
    lower_counts: bool

    def period_of(self, begins_on: date) -> ContractPeriod | None:
        """Return the period that a UK day falls into, as far as periods are known."""
        return next((row for row in self.periods if row.holds_on(begins_on)), None)

    def told_before(self, period: ContractPeriod) -> ContractPeriod | None:
        """Return the period whose notice told of this one; none of the first."""
        before = period.number - 1
        return next((row for row in self.periods if row.number == before), None)

    def year(self, number: int) -> ContractYear | None:
        """Return a year as it was agreed; None while that is not known.

        Its renewal has not begun, or the month to leave free of charge is not over.

        Args:
            number: from 2 on; the first is charged as it was quoted.

        Source: R-2.9.1-6, R-2.5-7, T5, T6, T13, T30.
        """
        begins_on = year_begins_on(self.completed_on, number)
        net, since, renewal, told = self.quoted_net, self.completed_on, None, None
        if self.periods:
            period = self.period_of(begins_on)
            if period is None:
                return None
            told = self.told_before(period)
            if told is not None and not told.outcome:
                return None
            net, since = period.annual_net, period.starts_on
            renewal = period if told else None
        change = change_that_counts(
            self.changes, since, begins_on, lower_counts=self.lower_counts
        )
        if change is not None and change.annual_net is not None:
            net = change.annual_net
        return ContractYear(number, begins_on, net, renewal, told, change)


def year_agreed(
    connection: Connection, number: int, *, quoted_net: Decimal, lower_counts: bool
) -> ContractYear | None:
    """Return a year of a connection as its rows agree it; as of `ContractTerms.year`.

    Source: R-2.9.1-6, R-2.5-7, T5, T6, T13, T30.
    """
    periods = list(connection.periods.all())
    changes = list(connection.rate_changes.all())
    of = connection.completed_on
    return ContractTerms(of, periods, changes, quoted_net, lower_counts).year(number)


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


def period_to_begin(
    connection: Connection,
    *,
    months: int,
    annual_net: Decimal,
    after: ContractPeriod | None = None,
) -> ContractPeriod:
    """Return the next period of a contract, stored nowhere yet.

    Its days count from completion.

    Args:
        annual_net: in pounds a year, net of VAT.
        after: the period before; None for the minimum period.

    Source: R-2.5-1, R-2.5-2, R-2.5-4.
    """
    number = after.number + 1 if after else 1
    from_month = after.from_month + after.months if after else 0
    to_month, completed_on = from_month + months, connection.completed_on
    return ContractPeriod(
        connection=connection,
        number=number,
        from_month=from_month,
        months=months,
        starts_on=period_first_day(completed_on, from_month),
        last_day=period_last_day(completed_on, to_month),
        annual_net=annual_net,
        renewal_due_on=renewal_due_on(completed_on, to_month),
    )


@dataclass(frozen=True)
class RunningPeriod:
    """Which period of a contract a day lies in: its number, months and first day."""

    number: int
    from_month: int
    months: int
    starts_on: date


def running_period(completed_on: date, years: int, day: date) -> RunningPeriod:
    """Return the period of a contract that a UK day lies in.

    The minimum period, or the renewal of it that runs on that day: each is as long as
    the settings say.

    Args:
        completed_on: UK day, not after `day`.
        years: of the minimum period.

    Source: R-2.5-1, R-2.5-2, T3.
    """
    number, from_month, months = 1, 0, years * MONTHS_A_YEAR
    while period_last_day(completed_on, from_month + months) < day:
        number, from_month = number + 1, from_month + months
        months = settings.RENEWAL_MONTHS
    starts_on = period_first_day(completed_on, from_month)
    return RunningPeriod(number, from_month, months, starts_on)
