"""Ending a connection on a day of the Party's choice, for what is left of its order."""

from datetime import date, datetime
from decimal import Decimal

from django.utils import timezone

from common.clock import MONTHS_A_YEAR, uk_date
from common.money import pounds
from common.wording import day_words
from connections import emails, policies
from connections.commands.papers import confirm_end
from connections.commands.rate import drop_open_change
from connections.documents import Ended
from connections.errors import EndingCostChanged, EndsTooEarly, EndsTooLate
from connections.models import Cancellation, Connection
from connections.pricing import Commitment
from orders.errors import NotNominated
from orders.models import ConnectionRequest
from parties.models import User
from quotes.commands import accepted_quote
from quotes.pricing import annual_of
from quotes.states import ItemKind
from records.behalf import person_of, recorded_words
from records.transitions import perform
from records.unit import command


def commitment_of(connection: Connection) -> Commitment:
    """Return what the accepted quotation of its order commits to. Source: R-2.10-2."""
    lines = list(accepted_quote(connection.order).lines.all())
    once = tuple(
        (line.description or ItemKind(line.kind).label, line.net)
        for line in lines
        if line.kind != ItemKind.ANNUAL
    )
    annual = annual_of(lines)
    first = connection.periods.first()
    years = first.months // MONTHS_A_YEAR if first else 0
    return Commitment(connection.completed_on, once, annual, years)


def latest_end(connection: Connection) -> date | None:
    """Return the last day up to which its charges are known; None without periods."""
    period = connection.periods.last()
    return period.last_day if period else None


@command
def cancel_connection(
    connection_id: int,
    *,
    by: User,
    last_day: date,
    acknowledged: Decimal,
    reason: str = "",
    at: datetime | None = None,
) -> Cancellation:
    """End a connection on a day, for the balance of its order by then.

    Args:
        last_day: of service, UK: today or later, and not after the running period.
        acknowledged: the amount, in pounds net, that was shown and agreed to.

    Raises:
        NotNominated: `by` is nobody who may authorise for the Party.
        EndsTooEarly, EndsTooLate: the day cannot be its last.
        EndingCostChanged: that is not the amount.
        NotPossibleInState: it is cancelled already, or has ended.

    Source: R-2.10-1, R-2.10-2, R-2.10-3, T6, T30.
    """
    at = at or timezone.now()
    ConnectionRequest.objects.locked().get(connection=connection_id)
    connection: Connection = Connection.objects.for_pages().get(pk=connection_id)
    if not policies.may_end(connection, by):
        raise NotNominated(party=connection.party)
    check_last_day(connection, last_day, uk_date(at))
    commitment = commitment_of(connection)
    net = commitment.balance(last_day)
    if acknowledged != net:
        raise EndingCostChanged(amount=pounds(net))
    cost = f"for {pounds(net)} excluding VAT" if net else "free of charge"
    why = ". ".join(filter(None, [f"On {day_words(last_day)}, {cost}", reason]))
    perform(
        connection.cancel, by=by, at=at, why=why, tells_price=True, ends_on=last_day
    )
    drop_open_change(connection, at=at)
    row: Cancellation = Cancellation.objects.create(
        connection=connection,
        last_day=last_day,
        committed=commitment.total,
        invoiced=commitment.invoiced_by(last_day),
        net=net,
        reason=reason,
        by=person_of(by),
        at=at,
    )
    recorded = recorded_words(by)
    confirm_end(
        connection, commitment, Ended(str(row.by), recorded, reason, at, last_day)
    )
    emails.connection_cancelled(row, at, recorded=recorded)
    emails.shared_connection_ends(connection, at)
    return row


def check_last_day(connection: Connection, last_day: date, today: date) -> None:
    """Refuse a day that is over, and one whose charges nobody knows yet."""
    if last_day < today:
        raise EndsTooEarly(day=day_words(last_day))
    latest = latest_end(connection)
    if latest is not None and last_day > latest:
        raise EndsTooLate(connection=connection, day=day_words(latest))
