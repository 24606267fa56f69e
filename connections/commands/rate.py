"""Another rate for a connection in service, or superfast broadband: asked to done."""

from datetime import date, datetime
from decimal import Decimal

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from common.clock import uk_date
from common.money import ZERO, pounds, to_pence
from common.wording import day_words
from connections import emails, policies
from connections.commands.locks import locked_connection
from connections.commands.papers import keep_change
from connections.deadlines import rate_change_target
from connections.errors import (
    ChangeBeforeRequest,
    ChangeInTheFuture,
    ChangeNotDescribed,
    ChangeOpen,
    ChargeNegative,
    NeverToHv,
    NotInService,
    RateNotAStep,
    RateTooHigh,
    RateUnchanged,
    SuperfastNotThere,
)
from connections.models import Connection, RateChange
from connections.states import ConnectionState, RateChangeKind
from orders.errors import NotNominated, ReasonMissing
from orders.models import HV_STEP_MBPS, ConnectionRequest
from orders.states import ConnectionType
from parties.models import User
from quotes.commands.prices import vat_rate_on
from records.behalf import person_of
from records.transitions import SYSTEM, perform, record_event
from records.unit import command


def locked_change(change_id: int) -> RateChange:
    """Return a change, its order being locked from now on."""
    ConnectionRequest.objects.locked().get(connection__rate_changes=change_id)
    change: RateChange = RateChange.objects.for_pages().get(pk=change_id)
    return change


def require_rate(connection: Connection, mbps: int) -> None:
    """Refuse a rate that a connection cannot be changed to.

    Raises:
        NeverToHv, RateTooHigh, RateNotAStep, RateUnchanged.

    Source: R-2.6-10, R-2.6-12, R-2.7.1-1, T14, T16.
    """
    step, ceiling = HV_STEP_MBPS, settings.HV_MAXIMUM_MBPS
    if connection.connection_type != ConnectionType.HV:
        raise NeverToHv
    if mbps > ceiling:
        raise RateTooHigh(ceiling=ceiling)
    if mbps < step or mbps % step:
        raise RateNotAStep(step=step, ceiling=ceiling)
    if mbps == connection.hv_rating_mbps:
        raise RateUnchanged(connection=connection, rate=mbps)


def require_superfast(connection: Connection) -> None:
    """Refuse superfast broadband where it is not known to be there. R-2.7.1-2."""
    if connection.superfast_from is None or not connection.may_become_superfast:
        raise SuperfastNotThere(connection=connection)


def require_no_open_change(connection: Connection) -> None:
    if connection.open_change is not None:
        raise ChangeOpen(connection=connection, change=connection.open_change)


@command
def request_rate_change(
    connection_id: int,
    *,
    by: User,
    to_mbps: int | None,
    reason: str = "",
    at: datetime | None = None,
) -> RateChange:
    """Ask for another rate of an HV connection, or for superfast broadband of LV.

    A lower rate has its last day at once; another is priced and accepted first.

    Args:
        to_mbps: the rate in Mbps; None asks for superfast broadband.

    Raises:
        NotNominated: `by` is nobody who may order or decide for the Party.
        NotInService: it is being configured, or it ends.
        ChangeOpen: another change of it is not done yet.
        NeverToHv, RateTooHigh, RateNotAStep, RateUnchanged, SuperfastNotThere.

    Source: R-2.6-10, R-2.6-11, R-2.6-12, R-2.7.1-1, R-2.7.1-2, T13, T14, T16.
    """
    at = at or timezone.now()
    connection = locked_connection(connection_id)
    if not policies.may_request_change(connection, by):
        raise NotNominated(party=connection.party)
    if to_mbps is None:
        require_superfast(connection)
    else:
        require_rate(connection, to_mbps)
    if connection.state != ConnectionState.OPERATIONAL:
        raise NotInService(connection=connection)
    require_no_open_change(connection)
    change: RateChange = RateChange.objects.create(
        connection=connection,
        kind=kind_of(connection, to_mbps),
        from_mbps=None if to_mbps is None else connection.hv_rating_mbps,
        to_mbps=to_mbps,
        requested_at=at,
        requested_by=person_of(by),
    )
    if not change.is_priced_first:
        change.target_on = rate_change_target(uk_date(at))
        change.save(update_fields=["target_on"])
    what = f"{change} asked for"
    record_event(change, "request_rate_change", by=by, at=at, what=what, why=reason)
    return change


def kind_of(connection: Connection, to_mbps: int | None) -> RateChangeKind:
    if to_mbps is None:
        return RateChangeKind.SUPERFAST
    is_up = to_mbps > (connection.hv_rating_mbps or 0)
    return RateChangeKind.UP if is_up else RateChangeKind.DOWN


@command
def price_rate_change(
    change_id: int,
    *,
    by: User,
    net: Decimal,
    annual_net: Decimal,
    reason: str,
    at: datetime | None = None,
) -> RateChange:
    """Say what a change costs; an authoriser accepts it before it is made.

    Args:
        net: pounds, excluding VAT, charged once when it is done; with what the running
            year costs more.
        annual_net: pounds a year, excluding VAT, from the next year of the contract.
        reason: what the charge is for, as the Party reads it.

    Raises:
        ChargeNegative, ChangeNotDescribed, NotPossibleInState, PermissionDenied.

    Source: R-2.7.2-2, R-2.10-4.
    """
    at = at or timezone.now()
    change = locked_change(change_id)
    if min(net, annual_net) < ZERO:
        raise ChargeNegative
    if not reason.strip():
        raise ChangeNotDescribed
    perform(
        change.price,
        by=by,
        at=at,
        why=f"{pounds(net)} excluding VAT. {reason.strip()}",
        tells_price=True,
        net=to_pence(net),
        annual_net=to_pence(annual_net),
        vat_percent=vat_rate_on(uk_date(at)),
        reason=reason.strip(),
    )
    keep_change(change, at)
    emails.rate_change_priced(change, at)
    return change


@command
def withdraw_rate_change(
    change_id: int, *, by: User, reason: str = "", at: datetime | None = None
) -> RateChange:
    """Take a change back, or decline what it costs; possible until that is accepted.

    Where a use made it chargeable, that goes on: DCC is told and owes a price anew.

    Raises:
        NotPossibleInState, PermissionDenied.

    Source: R-2.6-10, R-2.7.2-2, R-2.9.2-3, T2.
    """
    at = at or timezone.now()
    change = locked_change(change_id)
    if change.makes_chargeable:
        perform(change.decline, by=by, at=at, why=reason, because=reason)
        emails.charge_declined(change, at)
        return change
    perform(change.withdraw, by=by, at=at, why=reason, because=reason)
    return change


@command
def refuse_rate_change(
    change_id: int, *, by: User, reason: str, at: datetime | None = None
) -> RateChange:
    """Refuse a change that is not done, with a reason. Nothing is charged for it.

    Raises:
        ReasonMissing, NotPossibleInState, PermissionDenied.

    Source: R-2.7.2-2.
    """
    at = at or timezone.now()
    change = locked_change(change_id)
    if not reason.strip():
        raise ReasonMissing
    perform(change.refuse, by=by, at=at, why=reason, because=reason.strip())
    emails.rate_change_refused(change, at)
    return change


@command
def schedule_rate_change(
    change_id: int,
    *,
    by: User,
    on: date,
    annual_net: Decimal | None = None,
    at: datetime | None = None,
) -> RateChange:
    """Say on which UK day a change is made; the Party is told.

    Args:
        annual_net: of a lower rate, what a year costs from the renewal, in pounds.

    Raises:
        ChangeBeforeRequest: the day is over.
        ChargeNegative, NotPossibleInState, PermissionDenied.

    Source: R-2.6-11, T13.
    """
    at = at or timezone.now()
    change = locked_change(change_id)
    if on < uk_date(at):
        raise ChangeBeforeRequest(day=day_words(on), asked=day_words(uk_date(at)))
    if annual_net is not None and annual_net < ZERO:
        raise ChargeNegative
    why = f"For {day_words(on)}"
    is_first = change.planned_on is None
    if is_first and not change.is_priced_first:
        move = change.schedule_lower
        perform(move, by=by, at=at, why=why, on=on, annual_net=annual_net)
    else:
        perform(change.schedule, by=by, at=at, why=why, on=on)
    emails.rate_change_scheduled(change, at)
    return change


@command
def complete_rate_change(
    change_id: int, *, by: User, done_on: date, at: datetime | None = None
) -> RateChange:
    """Record that a change is made: the connection has its new rate from that UK day.

    Its charge, if it has one, is due from that day.

    Raises:
        ChangeInTheFuture, ChangeBeforeRequest, NotPossibleInState, PermissionDenied.

    Source: R-2.6-10, R-2.6-11, R-2.7.2-2, R-2.10-4.
    """
    at = at or timezone.now()
    change = locked_change(change_id)
    asked = uk_date(change.requested_at)
    if done_on > uk_date(at):
        raise ChangeInTheFuture(day=day_words(done_on))
    if done_on < asked:
        raise ChangeBeforeRequest(day=day_words(done_on), asked=day_words(asked))
    perform(change.complete, by=by, at=at, why=f"On {day_words(done_on)}", on=done_on)
    connection = change.connection
    if change.to_mbps is not None:
        connection.hv_rating_mbps = change.to_mbps
        connection.save(update_fields=["hv_rating_mbps"])
    emails.rate_change_done(change, at)
    return change


def drop_open_change(connection: Connection, *, at: datetime) -> None:
    """Drop what was asked for a connection that is cancelled now, its order locked."""
    change = connection.rate_changes.open().first()
    if change is not None:
        why = "The connection is cancelled"
        perform(change.drop, by=SYSTEM, at=at, why=why, because=why)


@command
def mark_superfast(
    connection_id: int, *, by: User, from_on: date, at: datetime | None = None
) -> Connection:
    """Record since when an LV connection can have superfast broadband; tell its Party.

    Raises:
        PermissionDenied: `by` is not DCC Operations.
        SuperfastNotThere: it is not LV, or has it already.

    Source: R-2.7.1-2, T16.
    """
    at = at or timezone.now()
    connection = locked_connection(connection_id)
    if not policies.may_make_change(connection, by):
        raise PermissionDenied
    if not connection.may_become_superfast:
        raise SuperfastNotThere(connection=connection)
    connection.superfast_from = from_on
    connection.save(update_fields=["superfast_from"])
    what = f"Superfast broadband can be had from {day_words(from_on)}"
    record_event(connection, "mark_superfast", by=by, at=at, what=what)
    emails.superfast_available(connection, at)
    return connection
