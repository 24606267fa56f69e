"""The annual charge of each year after the first, in advance, on its anniversary."""

from datetime import datetime

from django.utils import timezone

from billing.commands.ledger import added
from billing.models import Charge
from billing.states import ChargeKind
from common.clock import uk_date
from common.money import ZERO, pounds
from common.wording import day_words
from connections import commands as connections
from connections.models import Connection
from connections.years import ContractYear
from orders.models import ConnectionRequest
from quotes.commands import accepted_quote
from quotes.models import QuoteLine
from quotes.states import ItemKind
from records.transitions import SYSTEM, record_event
from records.unit import command


@command
def raise_annual_charges(
    connection_id: int, *, at: datetime | None = None
) -> list[Charge]:
    """Raise the annual charge of each year that has begun; none that waits or is over.

    A year that nobody charged while no timer ran is charged with its own day. A year
    that costs nothing brings no charge; of a free connection its Party is asked whether
    it is still for registration data alone. The order is locked; the database too
    refuses to have a year twice.

    Source: R-2.9.1-6, R-2.9.1-4, R-2.9.2-1, T6, T13, T30.
    """
    at = at or timezone.now()
    orders = ConnectionRequest.objects.locked()
    order: ConnectionRequest = orders.get(connection=connection_id)
    connection: Connection = Connection.objects.for_pages().get(pk=connection_id)
    line = annual_line(order)
    raised = []
    while (year := connections.year_due(connection, uk_date(at))) is not None:
        if year.net > ZERO:
            raised.append(charge_for(connection, year, line, at))
        else:
            connections.ask_about_use(connection, year.number, at=at)
        connections.pass_year(connection)
    return raised


def annual_line(order: ConnectionRequest) -> QuoteLine:
    """Return the line of the accepted quotation that the annual charge stands on.

    The first, where a year was quoted in several: what it costs is their sum.
    """
    lines = accepted_quote(order).lines.filter(kind=ItemKind.ANNUAL)
    return lines.earliest("pk")


def charge_for(
    connection: Connection, year: ContractYear, line: QuoteLine, at: datetime
) -> Charge:
    """Raise one year; a renewal's stands on its notice, others on the quotation."""
    renewal = year.renewal
    row = added(
        order=connection.order,
        connection=connection,
        party=connection.party,
        kind=ChargeKind.ANNUAL,
        description=f"{called(line)}, year {year.number}",
        net=year.net,
        due_on=year.begins_on,
        quote_line=None if renewal else line,
        period=renewal,
        year=year.number,
        why=why_due(year, line),
        raised_at=at,
    )
    what = f"Year {year.number} charged: {pounds(year.net)} excluding VAT"
    name = "raise_annual_charge"
    record_event(connection.order, name, by=SYSTEM, at=at, what=what, tells_price=True)
    return row


def called(line: QuoteLine) -> str:
    """Return what a year is called: as it was quoted, unless it was quoted free.

    Source: R-2.9.1-3.
    """
    label = str(ItemKind.ANNUAL.label)
    return line.description or label if line.net > ZERO else label


def why_due(year: ContractYear, line: QuoteLine) -> str:
    """Return the sentence that says what allows the charge. Source: R-2.9.1-4."""
    if year.told is not None:
        told = day_words(year.told.notice_on)
        return f"Renewal notice of {told}, after which nobody cancelled"
    why = f"Quotation {line.quote}, accepted by authority to proceed"
    if year.change is None:
        return why
    return f"{why}; changed as accepted: {year.change.acknowledged or year.change}"
