"""The contract period of a connection whose day of completion was recorded wrongly."""

from datetime import date

from common.wording import day_words
from connections.commands.years import count_years
from connections.deadlines import period_last_day, renewal_due_on
from connections.errors import ConfiguredBefore, PeriodStated
from connections.models import Connection, ContractPeriod
from records.unit import command

# What it is called, the day that stands there, and the day that is right.
MovedDay = tuple[str, date, date]


def moved_days(connection: Connection, completed_on: date) -> list[MovedDay]:
    """Return which days of its contract move with the UK day of completion.

    Raises:
        ConfiguredBefore: its router was configured before that day.
        PeriodStated: its Party has had a renewal notice that rests on the period.

    Source: R-2.5-1, R-2.5-4, R-3.7-5.
    """
    configured_on = connection.router_configured_on
    if configured_on is not None and configured_on < completed_on:
        raise ConfiguredBefore(
            day=day_words(completed_on), configured_on=day_words(configured_on)
        )
    period: ContractPeriod | None = connection.periods.last()
    if period is None:
        return []
    if period.notice_at is not None or period.number > 1:
        raise PeriodStated(connection=connection)
    months = period.months
    return [
        ("Contract period from", period.starts_on, completed_on),
        (
            "Contract period to",
            period.last_day,
            period_last_day(completed_on, months),
        ),
        (
            "Renewal notice due on",
            period.renewal_due_on,
            renewal_due_on(completed_on, months),
        ),
    ]


@command
def move_completion(connection: Connection, *, completed_on: date) -> None:
    """Let a connection and its contract count from another UK day, its order locked.

    Whoever calls keeps why, and moves the charges in the same unit of work.

    Raises:
        ConfiguredBefore, PeriodStated: as of `moved_days`.

    Source: R-2.5-1, R-2.5-4, R-3.7-5.
    """
    moved = moved_days(connection, completed_on)
    connection.completed_on = completed_on
    count_years(connection)
    connection.save(update_fields=["completed_on", "next_year_on"])
    if moved:
        starts, ends, due = (after for _, _, after in moved)
        connection.periods.update(starts_on=starts, last_day=ends, renewal_due_on=due)
