"""Which year of a connection is to be charged next, and that it has been."""

from datetime import date

from django.conf import settings

from connections.commands.open import annual_net_of
from connections.deadlines import year_begins_on
from connections.models import Connection
from connections.years import ContractYear, year_agreed
from quotes.commands import accepted_quote
from records.unit import command

# What `LOWER_RATE_FROM` says if a lower rate does not wait for the renewal (T13).
FROM_NEXT_YEAR = "year"


def year_due(connection: Connection, today: date) -> ContractYear | None:
    """Return the next year that has begun by `today` and is not charged yet.

    None while it is not known what it costs, or whether there is one: its renewal has
    not begun, or the month to leave free of charge is not over.

    Args:
        connection: its order locked.
        today: of the UK.

    Source: R-2.9.1-6, R-2.5-7, T5, T6, T13, T30.
    """
    begins_on = connection.next_year_on
    if begins_on > today or not connection.is_there_on(begins_on):
        return None
    return year_agreed(
        connection,
        connection.years_charged + 1,
        quoted_net=annual_net_of(accepted_quote(connection.order)),
        lower_counts=settings.LOWER_RATE_FROM == FROM_NEXT_YEAR,
    )


@command
def pass_year(connection: Connection) -> None:
    """Keep that the next year of a connection is charged, its order locked.

    Source: R-2.9.1-6.
    """
    connection.years_charged += 1
    count_years(connection)
    connection.save(update_fields=["years_charged", "next_year_on"])


def count_years(connection: Connection) -> None:
    """Set on which UK day its next year begins, from the day of completion."""
    connection.next_year_on = year_begins_on(
        connection.completed_on, connection.years_charged + 1
    )
