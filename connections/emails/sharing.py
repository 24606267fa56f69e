"""Letters to who shares a connection that ends as a whole."""

from datetime import datetime

from django.conf import settings
from django.urls import reverse

from common.clock import uk_date
from connections.models import Connection
from orders.emails import addresses
from orders.readers import read_by
from records.commands import owe_notice

SHARED_ENDS = "shared_connection_ends"
read_by(
    (),
    SHARED_ENDS,
    others="the submitters of whoever shares it, or the Service Desk for them",
)


def shared_connection_ends(connection: Connection, at: datetime) -> None:
    """Tell who would share it to its last day that it ends, and no charge. R-2.3-1.

    The Service Desk is told of each that nobody is nominated for.
    """
    order, last_day = connection.order, connection.ends_on
    if last_day is None:
        return
    key = f"shared-connection-ends:{connection.pk}:{last_day}"
    page = reverse("admin:orders_connectionrequest_change", args=[order.pk])
    for sharer in order.sharers.on(last_day):
        own = addresses(sharer.party_id, uk_date(at))
        owe_notice(
            SHARED_ENDS,
            key=f"{key}:{sharer.pk}",
            to=own or [settings.SERVICE_DESK_EMAIL],
            at=at,
            thread=order.thread,
            sharer=sharer,
            order=order,
            connection=connection,
            is_told=bool(own),
            page=page,
        )
