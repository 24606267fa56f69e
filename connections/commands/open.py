"""What completion of installation brings about: a connection and its period."""

from datetime import date, datetime
from decimal import Decimal
from typing import cast

from common.clock import MONTHS_A_YEAR
from common.money import ZERO
from common.wording import day_words
from connections.deadlines import year_begins_on
from connections.models import Connection, ContractPeriod
from connections.signals import connection_opened
from connections.years import period_to_begin
from orders.models import ConnectionRequest
from parties.models import DataCentre, User
from quotes.models import Quote
from quotes.states import ItemKind
from records.commands import next_reference
from records.transitions import record_event
from records.unit import command


@command
def open_connection(
    order: ConnectionRequest,
    *,
    quote: Quote,
    completed_on: date,
    by: User,
    at: datetime,
) -> Connection:
    """Open the connection of an order whose installation is complete, its row locked.

    The period starts with completion; an RDP's connection has none. The first charges
    follow from the signal.

    Source: R-1-1, R-2.2-8, R-2.5-1, R-2.5-10, R-3.7-5, T30.
    """
    connection = Connection.objects.create(
        reference=next_reference("CON"),
        order=order,
        party=order.party,
        # An order past its draft has one: a constraint holds that.
        data_centre=cast("DataCentre", order.data_centre),
        connection_type=order.connection_type,
        hv_rating_mbps=order.hv_rating_mbps,
        completed_on=completed_on,
        next_year_on=year_begins_on(completed_on, 2),
        virtual_address=virtual_of_pair(order),
    )
    period = start_minimum_period(connection, quote, order.minimum_period_years)
    words = "no contract period"
    if period is not None:
        words = f"contract period to {day_words(period.last_day)}"
    what = f"Connection {connection} opened, {words}"
    record_event(connection, "open_connection", by=by, at=at, what=what)
    connection_opened.send(Connection, connection=connection, quote=quote, by=by, at=at)
    return connection


def virtual_of_pair(order: ConnectionRequest) -> str | None:
    """Return the virtual address that the pair has already. Source: R-4.2-8."""
    if order.group_id is None:
        return None
    pair = Connection.objects.filter(order__group=order.group_id)
    found: str | None = pair.values_list("virtual_address", flat=True).first()
    return found


def start_minimum_period(
    connection: Connection, quote: Quote, years: int | None
) -> ContractPeriod | None:
    """Start the minimum period on the day of completion. Source: R-2.5-1, R-2.5-4."""
    if years is None:
        return None
    months, net = years * MONTHS_A_YEAR, annual_net_of(quote)
    return begin_period(connection, months=months, annual_net=net)


def annual_net_of(quote: Quote) -> Decimal:
    """Return what a year costs as it was quoted, in pounds net of VAT."""
    annual = quote.lines.filter(kind=ItemKind.ANNUAL)
    return sum((line.net for line in annual), ZERO)


def begin_period(
    connection: Connection,
    *,
    months: int,
    annual_net: Decimal,
    after: ContractPeriod | None = None,
) -> ContractPeriod:
    """Begin the next period of a contract; its days count from completion.

    Args:
        annual_net: in pounds a year, net of VAT.
        after: the period before; None for the minimum period.

    Source: R-2.5-1, R-2.5-2, R-2.5-4.
    """
    row = period_to_begin(connection, months=months, annual_net=annual_net, after=after)
    row.save()
    return row
