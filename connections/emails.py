"""One function an e-mail about a connection in service."""

from datetime import datetime
from typing import Any

from django.urls import reverse

from connections.deadlines import later_window
from connections.models import Connection, ContractPeriod, Session
from orders.emails import nominated, tell_submitters
from parties.models import User
from parties.states import Purpose, Role
from records.commands import owe_notice
from records.kinds import worded_when_sent
from records.models import Notice

RENEWAL_NOTICE = "renewal_notice"
RENEWAL_KEY = "renewal-notice"


def order_configured(connection: Connection, at: datetime) -> None:
    """Say that the connection is in service. Source: R-3.7.1-1."""
    key = f"order-configured:{connection.order_id}"
    order = connection.order
    tell_submitters("order_configured", order, at=at, key=key, connection=connection)


def renewal_notice(period: ContractPeriod, at: datetime) -> list[Notice]:
    """State the charge on renewal and the last day to cancel. Source: R-2.5-5."""
    order = period.connection.order
    purposes = (Purpose.AUTHORISE, Purpose.SUBMIT)
    to = [address for p in purposes for address in nominated(order, p, at)]
    key, facts = f"{RENEWAL_KEY}:{period.pk}", renewal_facts(period)
    return owe_notice(
        RENEWAL_NOTICE, key=key, to=to, at=at, thread=period.thread, **facts
    )


def renewal_facts(period: ContractPeriod) -> dict[str, Any]:
    connection = period.connection
    return {"period": period, "connection": connection, "party": connection.party}


@worded_when_sent(RENEWAL_NOTICE)
def renewal_facts_when_sent(notice: Notice, at: datetime) -> dict[str, Any]:
    """State the last day that follows from the day on which the notice goes (T5).

    Once it went to one person its month runs, and the others read the same day.
    """
    period = ContractPeriod.objects.for_pages().get(pk=period_of(notice) or 0)
    if period.delivered_at is None:
        period.window_last_day = later_window(period, at)
    return renewal_facts(period)


def period_of(notice: Notice) -> int | None:
    """Return the pk of the period whose renewal notice this is, if it is one."""
    if notice.kind != RENEWAL_NOTICE:
        return None
    return int(notice.key.split(":")[1])


def session_requested(session: Session, at: datetime) -> None:
    """Tell the configurers what to set up. Source: R-3.7.1-2."""
    people = User.objects.filter(role=Role.CONFIGURER, is_active=True)
    # A supplier works at the desk: the pages of the Party are not there for it.
    order_id = session.connection.order_id
    url = reverse("admin:orders_connectionrequest_change", args=[order_id])
    facts = {"session": session, "connection": session.connection, "desk_url": url}
    owe_notice(
        "session_requested",
        key=f"session-requested:{session.pk}",
        to=people.values_list("email", flat=True),
        at=at,
        thread=session.thread,
        **facts,
    )


def session_established(session: Session, at: datetime) -> None:
    """Tell the Party that it can use a session. Source: R-6-4."""
    connection = session.connection
    key = f"session-established:{session.pk}"
    facts = {"session": session, "connection": connection}
    tell_submitters("session_established", connection.order, at=at, key=key, **facts)
