"""Live connections, written with their period as it runs and the years to come."""

from typing import Any

from common.clock import end_of_uk_day, start_of_uk_day, uk_date
from connections.deadlines import (
    period_last_day,
    renewal_due_on,
    window_last_day,
    year_begins_on,
)
from connections.models import Connection, ContractPeriod
from connections.states import ConnectionState, RenewalOutcome
from connections.years import running_period
from orders.models import ConnectionRequest
from orders.states import OrderState
from quotes.states import Basis, QuoteState
from records.commands import next_references
from takeover.commands.offers import (
    accepted_facts,
    order_of,
    quote_of,
    store_quotes,
)
from takeover.commands.taking import Taking, keep_lines
from takeover.tables import (
    ANNUAL,
    COMPLETED_ON,
    NOTICE_ON,
    ORDERED_ON,
    PERIOD,
    RENEWAL_CHARGE,
    SERVICE_ON,
    ReadLine,
)


def write_connections(lines: list[ReadLine], taking: Taking) -> None:
    """Write connections with their order, accepted quotation and running period.

    Years that have begun count as charged, so the next anniversary is the first that
    is. Nobody is written to.

    Source: R-1-1, R-2.5-1, R-2.5-4, R-2.9.1-6.
    """
    references = next_references("ORD", len(lines))
    orders = ConnectionRequest.objects.bulk_create(
        completed_order(line, taking, reference)
        for reference, line in zip(references, lines, strict=True)
    )
    pairs = list(zip(lines, orders, strict=True))
    store_quotes(
        [(line, accepted_quote_of(line, order, taking)) for line, order in pairs],
        taking,
    )
    names = next_references("CON", len(lines))
    connections = Connection.objects.bulk_create(
        connection_of(line, order, taking, name)
        for name, (line, order) in zip(names, pairs, strict=True)
    )
    ContractPeriod.objects.bulk_create(
        period_of(line, connection, taking)
        for line, connection in zip(lines, connections, strict=True)
        if line[PERIOD] is not None
    )
    keep_lines(taking, zip(lines, connections, strict=True))


def completed_order(
    line: ReadLine, taking: Taking, reference: str
) -> ConnectionRequest:
    is_live = line[SERVICE_ON] is not None
    return order_of(
        line,
        taking,
        reference=reference,
        state=OrderState.CONFIGURED if is_live else OrderState.CONFIGURING,
        **accepted_facts(line[ORDERED_ON], taking),
    )


def accepted_quote_of(line: ReadLine, order: ConnectionRequest, taking: Taking) -> Any:
    """Return the quotation on which the charges of a connection stand."""
    return quote_of(
        order,
        taking,
        quoted_on=line[ORDERED_ON],
        received_on=line[ORDERED_ON],
        state=QuoteState.ACCEPTED,
        basis=Basis.FIRM,
        delivery_on=line[COMPLETED_ON],
        decided_at=start_of_uk_day(line[ORDERED_ON]),
    )


def connection_of(
    line: ReadLine, order: ConnectionRequest, taking: Taking, reference: str
) -> Connection:
    """Return a connection of which every year that has begun is charged elsewhere."""
    completed_on, today = line[COMPLETED_ON], uk_date(taking.at)
    years = 1
    while year_begins_on(completed_on, years + 1) <= today:
        years += 1
    is_live = line[SERVICE_ON] is not None
    return Connection(
        reference=reference,
        order=order,
        party=order.party,
        data_centre=order.data_centre,
        connection_type=order.connection_type,
        hv_rating_mbps=order.hv_rating_mbps,
        completed_on=completed_on,
        years_charged=years,
        years_charged_before=years,
        next_year_on=year_begins_on(completed_on, years + 1),
        router_configured_on=line[SERVICE_ON],
        state=ConnectionState.OPERATIONAL if is_live else ConnectionState.INSTALLED,
    )


def period_of(line: ReadLine, connection: Connection, taking: Taking) -> ContractPeriod:
    """Return the period that runs, with its notice if that has gone.

    Source: R-2.5-1, R-2.5-4, R-2.5-6.
    """
    today, completed_on = uk_date(taking.at), connection.completed_on
    running = running_period(completed_on, line[PERIOD], today)
    to_month = running.from_month + running.months
    return ContractPeriod(
        connection=connection,
        number=running.number,
        from_month=running.from_month,
        months=running.months,
        starts_on=running.starts_on,
        last_day=period_last_day(completed_on, to_month),
        annual_net=line[ANNUAL],
        renewal_due_on=renewal_due_on(completed_on, to_month),
        renewal_net=line[RENEWAL_CHARGE],
        **notice_facts(line, taking),
    )


def notice_facts(line: ReadLine, taking: Taking) -> dict[str, Any]:
    """Return what a period keeps of a notice that went, and of a month that is over."""
    notice_on = line[NOTICE_ON]
    if notice_on is None:
        return {}
    last_day = window_last_day(notice_on)
    gone_at = start_of_uk_day(notice_on)
    facts = {
        "notice_at": gone_at,
        "delivered_at": gone_at,
        "window_last_day": last_day,
    }
    if last_day >= uk_date(taking.at):
        return facts
    # Nobody cancelled in it, or the connection would not be on a list of live ones.
    settled_at = end_of_uk_day(last_day)
    return {**facts, "outcome": RenewalOutcome.RENEWED, "settled_at": settled_at}
