"""Letters about what changes in a connection, and what that costs."""

from datetime import datetime

from django.conf import settings

from connections.models import (
    Connection,
    RateChange,
)
from orders.emails import readers_of
from orders.readers import AUTHORISERS, EVERYBODY, read_by
from records.commands import owe_notice

read_by(AUTHORISERS, "rate_change_priced")
read_by(
    EVERYBODY,
    "rate_change_not_effective",
    "rate_change_refused",
    "rate_change_scheduled",
    "rate_change_done",
    "superfast_available",
)
read_by((), "use_recorded", "charge_declined", others="the Service Desk")


def rate_change_priced(change: RateChange, at: datetime) -> None:
    """Ask those who may decide to accept what a change costs. Source: R-2.7.2-2."""
    of, is_signed = f":{at.isoformat()}", settings.SIGNED_UPLOAD_MANDATORY
    tell_of_change("rate_change_priced", change, at, of=of, is_signed=is_signed)


def rate_change_not_effective(change: RateChange, at: datetime, *, why: str) -> None:
    """Say why a signed acceptance has no effect. Source: R-2.11-4, T27."""
    kind, of = "rate_change_not_effective", f":{at.isoformat()}"
    tell_of_change(kind, change, at, of=of, why=why)


def rate_change_refused(change: RateChange, at: datetime) -> None:
    """Say why a change is not made. Source: R-2.7.2-2."""
    tell_of_change("rate_change_refused", change, at)


def rate_change_scheduled(change: RateChange, at: datetime) -> None:
    """Say on which day a change is made; another day is told anew. Source: R-2.6-11."""
    tell_of_change("rate_change_scheduled", change, at, of=f":{change.planned_on}")


def rate_change_done(change: RateChange, at: datetime) -> None:
    """Say that a change is made, and what it costs. Source: R-2.6-11, R-2.7.2-2."""
    tell_of_change("rate_change_done", change, at)


def tell_of_change(
    kind: str,
    change: RateChange,
    at: datetime,
    *,
    to: list[str] | None = None,
    of: str = "",
    **facts: object,
) -> None:
    """Write of a change to whom it is for; without `to`, to its readers."""
    connection = change.connection
    owe_notice(
        kind,
        key=f"{kind.replace('_', '-')}:{change.pk}{of}",
        to=readers_of(kind, connection.order, at) if to is None else to,
        at=at,
        thread=connection.thread,
        change=change,
        connection=connection,
        party=connection.party,
        **facts,
    )


def use_recorded(change: RateChange, at: datetime) -> None:
    """Alert DCC that a free connection is free no longer. Source: R-2.9.2-3."""
    tell_of_change("use_recorded", change, at, to=[settings.SERVICE_DESK_EMAIL])


def charge_declined(change: RateChange, at: datetime) -> None:
    """Alert DCC that its Party declines what such a use costs. Source: R-2.9.2-3."""
    to, of = [settings.SERVICE_DESK_EMAIL], f":{at.isoformat()}"
    tell_of_change("charge_declined", change, at, to=to, of=of)


def superfast_available(connection: Connection, at: datetime) -> None:
    """Say that an LV connection can be changed to superfast. Source: R-2.7.1-2."""
    owe_notice(
        "superfast_available",
        key=f"superfast-available:{connection.pk}:{connection.superfast_from}",
        to=readers_of("superfast_available", connection.order, at),
        at=at,
        thread=connection.thread,
        connection=connection,
        party=connection.party,
    )
