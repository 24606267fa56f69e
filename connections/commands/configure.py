"""The remote stage: the router is configured and the connection in service."""

from datetime import date, datetime

from django.utils import timezone

from common.clock import uk_date
from common.wording import day_words
from connections import emails
from connections.errors import (
    ConfiguredBeforeInstallation,
    ConfiguredInTheFuture,
    ConnectivityResultMissing,
)
from connections.models import Connection
from connections.states import ConnectionState
from orders.models import ConnectionRequest
from orders.states import OrderState
from parties.models import User
from records.errors import NotPossibleInState
from records.transitions import SYSTEM, System, perform
from records.unit import command


@command
def configure_connection(
    order_id: int,
    *,
    by: User,
    configured_on: date,
    test_result: str,
    at: datetime | None = None,
) -> Connection:
    """Record that the router is configured and tested.

    The order is in service with the last of the sessions that were asked for.

    Args:
        configured_on: UK day; neither to come, nor before installation was complete.

    Raises:
        ConnectivityResultMissing: the connectivity test has no result.
        ConfiguredInTheFuture, ConfiguredBeforeInstallation.
        NotPossibleInState: installation is not complete, or it is configured already.
        PermissionDenied: `by` is not the configurer.

    Source: R-3.7.1-1, R-6-2, R-2.12-2.
    """
    at = at or timezone.now()
    order: ConnectionRequest = ConnectionRequest.objects.locked().get(pk=order_id)
    connection: Connection | None = getattr(order, "connection", None)
    if connection is None or order.state != OrderState.CONFIGURING:
        now = order.get_state_display().lower()
        raise NotPossibleInState(subject=order, state=now)
    check_configuration(connection, configured_on, test_result, at)
    perform(
        connection.configure,
        by=by,
        at=at,
        configured_on=configured_on,
        test_result=test_result,
    )
    go_into_service(order_id, at=at, by=by)
    return connection


def go_into_service(order_id: int, *, at: datetime, by: User | System = SYSTEM) -> None:
    """Move an order on once its router is configured and its sessions are there.

    Those that were asked for are established, closed, or put off with a reason. Called
    with the order locked, by whatever may have been the last of these.

    Source: R-3.7.1-1, R-6-2, R-6-4.
    """
    order = ConnectionRequest.objects.select_related("connection").get(pk=order_id)
    connection: Connection = order.connection
    is_ready = connection.state == ConnectionState.OPERATIONAL
    if order.state != OrderState.CONFIGURING or not is_ready:
        return
    if any(session.waits for session in connection.sessions.open()):
        return
    perform(order.configure, by=by, at=at, why=connection.test_result)
    emails.order_configured(connection, at)


def check_configuration(
    connection: Connection, configured_on: date, test_result: str, at: datetime
) -> None:
    if not test_result.strip():
        raise ConnectivityResultMissing
    day = day_words(configured_on)
    if configured_on > uk_date(at):
        raise ConfiguredInTheFuture(day=day)
    if configured_on < connection.completed_on:
        completed_on = day_words(connection.completed_on)
        raise ConfiguredBeforeInstallation(day=day, completed_on=completed_on)
