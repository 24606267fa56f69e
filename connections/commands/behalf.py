"""What a contact said of a connection by e-mail, phone or letter (T35).

A renewal, an end, another rate: each is the contact's own act, from when it came.
"""

from datetime import date, datetime
from decimal import Decimal

from common.clock import start_of_uk_day, uk_date
from common.files import Upload
from common.money import pounds
from common.wording import day_words
from connections.commands.answer import answer_renewal
from connections.commands.cancel import cancel_connection
from connections.commands.locks import locked_connection
from connections.commands.rate import (
    locked_change,
    request_rate_change,
    withdraw_rate_change,
)
from connections.commands.rate_accept import accept_rate_change
from connections.commands.renew import locked_period, store_renewal_reading
from connections.errors import EndingCostNotTold, EndsBeforeItCame
from connections.models import (
    Cancellation,
    Connection,
    RateChange,
    RenewalAnswer,
    RenewalReading,
)
from connections.states import RenewalChoice
from orders import emails as order_emails
from orders.commands.behalf import AUTHORISERS, SUBMITTERS, Said, on_behalf
from parties.models import User
from records.unit import command


@command
def record_renewal_told(period_id: int, *, by: User, said: Said) -> RenewalReading:
    """Keep that a contact said to know of a renewal notice, from when that came.

    It is proof as a reading in the portal is, so nobody has to call any more.

    Raises:
        As `on_behalf`.

    Source: T35, R-2.5-9.
    """
    period = locked_period(period_id)
    who = on_behalf(
        period.connection.order,
        said,
        by=by,
        purposes=(*AUTHORISERS, *SUBMITTERS),
        since=period.notice_at,
        what="the renewal notice went",
    )
    kept: RenewalReading = store_renewal_reading(period, who.actor, said.came_at)
    told = f"that you know of the renewal notice of {period.connection}"
    order_emails.recorded_for_you(period.connection.order, who, told)
    return kept


@command
def record_renewal_answer(
    period_id: int, *, by: User, said: Said, choice: str, reason: str = ""
) -> RenewalAnswer:
    """Keep or cancel a connection as an authoriser said, from when that came.

    One that came in time counts although the time to leave is over since.

    Raises:
        As `on_behalf`, and as `answer_renewal`.

    Source: T35, R-2.5-7, R-2.5-9.
    """
    period = locked_period(period_id)
    order = period.connection.order
    who = on_behalf(
        order,
        said,
        by=by,
        purposes=AUTHORISERS,
        since=period.notice_at or start_of_uk_day(period.renewal_due_on),
        what="the renewal notice has been due",
    )
    answer = answer_renewal(
        period_id, by=who.actor, choice=choice, reason=reason, at=said.came_at
    )
    kept = choice == RenewalChoice.KEEP
    told = f"that {period.connection} is {'kept' if kept else 'cancelled'}"
    order_emails.recorded_for_you(order, who, told)
    return answer


@command
def record_ending(
    connection_id: int,
    *,
    by: User,
    said: Said,
    last_day: date,
    acknowledged: Decimal,
    is_agreed: bool,
    reason: str = "",
) -> Cancellation:
    """End a connection as an authoriser said, from when that came.

    Args:
        last_day: of service, UK: the day on which it came, or later.
        acknowledged: the amount, in pounds net, that the authoriser was told.
        is_agreed: they agreed to that amount.

    Raises:
        EndingCostNotTold: they did not.
        EndsBeforeItCame: the last day was over when it came.
        As `on_behalf`, and as `cancel_connection`.

    Source: T35, R-2.10-1, R-2.10-2.
    """
    connection = locked_connection(connection_id)
    if not is_agreed:
        raise EndingCostNotTold
    who = on_behalf(
        connection.order,
        said,
        by=by,
        purposes=AUTHORISERS,
        since=start_of_uk_day(connection.completed_on),
        what="the installation has been complete",
    )
    came_on = uk_date(said.came_at)
    if last_day < came_on:
        raise EndsBeforeItCame(day=day_words(last_day), came=day_words(came_on))
    row = cancel_connection(
        connection_id,
        by=who.actor,
        last_day=last_day,
        acknowledged=acknowledged,
        reason=reason,
        at=said.came_at,
    )
    cost = f"for {pounds(row.net)} excluding VAT" if row.net else "free of charge"
    told = f"that {connection} ends on {day_words(last_day)} {cost}, as you agreed,"
    order_emails.recorded_for_you(connection.order, who, told)
    return row


@command
def record_rate_request(
    connection_id: int,
    *,
    by: User,
    said: Said,
    to_mbps: int | None,
    reason: str = "",
) -> RateChange:
    """Ask for another rate as a contact said; its days count from when that came.

    Args:
        to_mbps: the rate in Mbps; None asks for superfast broadband.

    Raises:
        As `on_behalf`, and as `request_rate_change`.

    Source: T35, R-2.6-10, R-2.6-11, R-2.7.1-2.
    """
    connection = locked_connection(connection_id)
    who = on_behalf(
        connection.order,
        said,
        by=by,
        purposes=(*SUBMITTERS, *AUTHORISERS),
        since=in_service_since(connection),
        what=f"{connection} has been in service",
    )
    change = request_rate_change(
        connection_id, by=who.actor, to_mbps=to_mbps, reason=reason, at=said.came_at
    )
    told = f"the request to change {connection} {change.way}"
    order_emails.recorded_for_you(connection.order, who, told)
    return change


def in_service_since(connection: Connection) -> datetime | None:
    """Return the beginning of the UK day on which its router was configured."""
    day = connection.router_configured_on
    return start_of_uk_day(day) if day else None


@command
def record_rate_acceptance(
    change_id: int,
    *,
    by: User,
    said: Said,
    is_understood: bool,
    signed: Upload | None = None,
    reason: str = "",
) -> RateChange:
    """Accept what a change costs as an authoriser said, from when that came.

    Args:
        is_understood: they said yes to the words that the row keeps.
        signed: what came signed by e-mail or letter.

    Raises:
        As `on_behalf`, and as `accept_rate_change`.

    Source: T35, R-2.7.2-2, R-2.6-11, T13.
    """
    change = locked_change(change_id)
    order = change.connection.order
    who = on_behalf(
        order,
        said,
        by=by,
        purposes=AUTHORISERS,
        since=change.priced_at,
        what="the cost of the change has been asked",
    )
    change = accept_rate_change(
        change_id,
        by=who.actor,
        is_understood=is_understood,
        signed=signed,
        reason=reason,
        at=said.came_at,
    )
    told = f"the acceptance of {change.amount_words}, for {of_change(change)},"
    order_emails.recorded_for_you(order, who, told)
    return change


@command
def record_rate_withdrawal(
    change_id: int, *, by: User, said: Said, reason: str = ""
) -> RateChange:
    """Take a change back, or decline its cost, as a contact said, from when it came.

    Raises:
        As `on_behalf`, and as `withdraw_rate_change`.

    Source: T35, R-2.6-10, R-2.7.2-2.
    """
    change = locked_change(change_id)
    order, was_priced = change.connection.order, change.is_priced
    who = on_behalf(
        order,
        said,
        by=by,
        purposes=(*SUBMITTERS, *AUTHORISERS),
        since=change.requested_at,
        what="the change has been asked for",
    )
    change = withdraw_rate_change(
        change_id, by=who.actor, reason=reason, at=said.came_at
    )
    did = "declined" if was_priced else "taken back"
    order_emails.recorded_for_you(order, who, f"that {of_change(change)} is {did}")
    return change


def of_change(change: RateChange) -> str:
    return f"the change of {change.connection} {change.way}"
