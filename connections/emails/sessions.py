"""Letters about sessions and about tests of failover."""

from datetime import date, datetime

from django.conf import settings
from django.db.models import Q
from django.urls import reverse

from common.clock import uk_date
from connections.models import (
    Connection,
    FailoverTest,
    Session,
)
from connections.states import ConnectionState
from orders.emails import nominated, tell_readers
from orders.readers import SUBMITTERS, read_by
from parties.models import User
from parties.states import Purpose, Role
from records.commands import owe_notice
from records.models import Notice
from records.when_sent import row_for, untrue_when

FAILOVER_TEST_DUE = "failover_test_due"
read_by(SUBMITTERS, "session_deferred", "session_closed", "session_established")
read_by((), "session_requested", "sessions_requested", others="the configurers")
read_by((), "failover_test_told", others="the Service Desk and the configurers")
read_by((), "failover_test_not_passed", others="the Service Desk")

row_for("session", Session.objects.for_pages, "connection__order__reference")


def configurers() -> list[str]:
    people = User.objects.filter(role=Role.CONFIGURER, is_active=True)
    return list(people.values_list("email", flat=True))


def sessions_requested(
    connection: Connection, sessions: list[Session], at: datetime
) -> None:
    """Tell the configurers once of all that a list asks for. Source: R-3.7.1-2."""
    owe_notice(
        "sessions_requested",
        key=f"sessions-requested:{connection.pk}:{at.isoformat()}",
        to=configurers(),
        at=at,
        thread=connection.thread,
        sessions=sessions,
        connection=connection,
    )


def session_requested(session: Session, at: datetime) -> None:
    """Tell the configurers what to set up. Source: R-3.7.1-2."""
    # A supplier works at the desk: the pages of the Party are not there for it.
    order_id = session.connection.order_id
    url = reverse("admin:orders_connectionrequest_change", args=[order_id])
    owe_notice(
        "session_requested",
        key=f"session-requested:{session.pk}:{at.isoformat()}",
        to=configurers(),
        at=at,
        thread=session.thread,
        session=session,
        connection=session.connection,
        desk_url=url,
    )


def session_deferred(session: Session, at: datetime) -> None:
    """Tell the Party why a session has to wait. Source: R-6-4."""
    tell_of_session("session_deferred", session, at)


def session_closed(session: Session, at: datetime) -> None:
    """Tell the Party that a session is closed. Source: R-6-4."""
    tell_of_session("session_closed", session, at)


def tell_of_session(kind: str, session: Session, at: datetime) -> None:
    connection = session.connection
    key = f"{kind.replace('_', '-')}:{session.pk}:{at.isoformat()}"
    facts = {"session": session, "connection": connection}
    tell_readers(kind, connection.order, at=at, key=key, **facts)


def session_established(session: Session, at: datetime) -> None:
    """Tell the Party that it can use a session, or uses it as changed. R-6-4."""
    tell_of_session("session_established", session, at)


def failover_test_told(
    test: FailoverTest, at: datetime, *, moved_from: date | None = None
) -> None:
    """Tell DCC and its configurer what is planned, so that no alarm surprises them."""
    to, of = [settings.SERVICE_DESK_EMAIL, *configurers()], at.isoformat()
    tell_of_test("failover_test_told", test, at, to=to, of=of, moved_from=moved_from)


def failover_test_not_passed(test: FailoverTest, at: datetime) -> None:
    """Tell the Service Desk what did not move as it should. Source: R-7-1."""
    tell_of_test("failover_test_not_passed", test, at, to=[settings.SERVICE_DESK_EMAIL])


def tell_of_test(
    kind: str,
    test: FailoverTest,
    at: datetime,
    *,
    to: list[str],
    of: str = "",
    **facts: object,
) -> None:
    """Write of a test to those at the desk, whose page of it the e-mail names."""
    owe_notice(
        kind,
        key=f"{kind.replace('_', '-')}:{test.pk}:{of}",
        to=to,
        at=at,
        thread=test.thread,
        test=test,
        connection=test.connection,
        party=test.connection.party,
        desk_url=reverse("admin:connections_failovertest_change", args=[test.pk]),
        **facts,
    )


def failover_test_due(connection: Connection, at: datetime) -> list[Notice]:
    """Remind the submitters of a pair that it has gone untested. Source: R-7-1."""
    return owe_notice(
        FAILOVER_TEST_DUE,
        key=f"{FAILOVER_TEST_DUE}:{connection.pk}:{uk_date(at)}",
        to=nominated(connection.order, Purpose.SUBMIT, at),
        at=at,
        thread=connection.thread,
        connection=connection,
        party=connection.party,
    )


@untrue_when(FAILOVER_TEST_DUE)
def no_failover_test_is_due(notice: Notice, at: datetime) -> str:
    """Say why a reminder has become untrue: tested or planned since, or an end."""
    pk = int(notice.key.split(":")[1])
    connection = Connection.objects.for_pages().get(pk=pk)
    if connection.state != ConnectionState.OPERATIONAL:
        return f"{connection} is not in service any more."
    group, since = connection.order.group_id, notice.owed_at
    tests = FailoverTest.objects.filter(connection__order__group=group)
    if tests.filter(Q(planned_at__gte=since) | Q(recorded_at__gte=since)).exists():
        return f"A failover test of {connection} has been planned since."
    return ""
