"""The years of a connection that are ahead, if it is let run on. Pure: rows in.

What a year costs is worked out by the rule of the annual charge itself (`years`), of
periods that have not begun yet too.
"""

from collections.abc import Iterable, Iterator, Sequence
from copy import copy
from dataclasses import dataclass, replace
from datetime import date

from connections.deadlines import year_begins_on
from connections.models import Connection, ContractPeriod, RateChange
from connections.states import RateChangeState, RenewalOutcome
from connections.years import ContractTerms, ContractYear, period_to_begin

# Accepted, and not done yet.
UNDER_WAY = (RateChangeState.ACCEPTED, RateChangeState.SCHEDULED)


@dataclass(frozen=True)
class YearAhead:
    """A year that is not charged yet.

    Args:
        is_committed: nothing can be decided any more that stops it, but for ending the
            connection at a cost.
        is_asked: whoever may decide has the notice of it, and its time is not over.
    """

    year: ContractYear
    is_committed: bool
    is_asked: bool = False


def day_of_change(change: RateChange, today: date) -> date | None:
    """Return the UK day on which an accepted change is to be done; None if unknown.

    The planned one, else the last that is promised; never before today.

    Source: R-2.6-11, T13.
    """
    day: date | None = change.planned_on or change.target_on
    return max(day, today) if day else None


def supposed_changes(changes: Iterable[RateChange], today: date) -> list[RateChange]:
    """Return changes as they will be once those that are accepted are done.

    Source: R-2.7.2-2, T13.
    """
    return [
        RateChange(
            kind=change.kind,
            annual_net=change.annual_net,
            state=RateChangeState.DONE,
            done_on=day_of_change(change, today),
        )
        if change.state in UNDER_WAY
        else change
        for change in changes
    ]


def is_decided(period: ContractPeriod, today: date) -> bool:
    """Whether nobody can leave free of charge any more at the end of a period.

    Source: R-2.5-6, R-2.5-8, T5.
    """
    last_day = period.window_last_day
    return bool(period.outcome) or (last_day is not None and last_day < today)


def supposed_periods(
    connection: Connection,
    periods: Iterable[ContractPeriod],
    changes: Sequence[RateChange],
    until: date,
    months: int,
) -> list[ContractPeriod]:
    """Return periods as they will be if nobody cancels, up to a UK day.

    Args:
        months: how long a renewal is.

    Source: R-2.5-2, R-2.5-5, T3, T5.
    """
    found: list[ContractPeriod] = []
    for row in periods:
        period = row
        if found and not found[-1].outcome:
            before = found[-1]
            period = copy(row)
            # It began before anybody had decided: its notice says what it costs (T5).
            stated = before.stated_net
            period.annual_net = row.annual_net if stated is None else stated
            before.outcome = RenewalOutcome.RENEWED
        found.append(copy(period))
    while found and found[-1].last_day < until:
        last = found[-1]
        net = last.renewed_net(changes)
        last.outcome = last.outcome or RenewalOutcome.RENEWED
        begun = period_to_begin(connection, months=months, annual_net=net, after=last)
        found.append(begun)
    return found


def years_ahead(
    connection: Connection,
    terms: ContractTerms,
    *,
    today: date,
    until: date,
    months: int,
) -> Iterator[YearAhead]:
    """Yield each year that is not charged yet and begins before `until`, a UK day.

    None after the last day of one that was cancelled. A year that is waited for with
    its decision comes first, although it has begun (T5).

    Args:
        terms: what is agreed so far.
        months: how long a renewal is.

    Source: R-2.9.1-6, R-2.5-2, R-2.5-6, T3, T5, T6, T13, T30.
    """
    changes = supposed_changes(terms.changes, today)
    real = {row.number: row for row in terms.periods}
    periods = supposed_periods(connection, terms.periods, changes, until, months)
    supposed = replace(terms, periods=periods, changes=changes)
    number, is_certain = connection.years_charged + 1, True
    while (begins_on := year_begins_on(terms.completed_on, number)) < until:
        if not connection.is_there_on(begins_on):
            return
        year = supposed.year(number)
        if year is not None:
            ahead = judged(year, real, today)
            # None is charged before those that come before it.
            is_certain = is_certain and ahead.is_committed
            yield replace(ahead, is_committed=is_certain)
        number += 1


def judged(
    year: ContractYear, real: dict[int, ContractPeriod], today: date
) -> YearAhead:
    """Say of a year whether it is certain. An RDP's is not: it may leave (T30)."""
    told = real.get(year.told.number) if year.told is not None else None
    if told is None:
        is_first = year.told is None and bool(real)
        return YearAhead(year, is_committed=is_first)
    return YearAhead(year, is_decided(told, today), told.notice_at is not None)
