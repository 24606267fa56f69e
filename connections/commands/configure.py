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
from orders.models import ConnectionRequest
from parties.models import User
from records.transitions import perform
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
    """Record that the router is configured and tested; the order is then in service.

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
    perform(order.configure, by=by, at=at, why=test_result)
    connection: Connection = order.connection
    check_configuration(connection, configured_on, test_result, at)
    perform(
        connection.configure,
        by=by,
        at=at,
        configured_on=configured_on,
        test_result=test_result,
    )
    emails.order_configured(connection, at)
    return connection


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
