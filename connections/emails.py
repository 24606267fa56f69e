"""One function an e-mail about a connection in service."""

from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.db.models import Q
from django.urls import reverse

from common.clock import uk_date
from connections.deadlines import later_window
from connections.models import (
    Cancellation,
    Connection,
    ContractPeriod,
    FailoverTest,
    PerformanceReport,
    RateChange,
    RenewalAnswer,
    Session,
)
from connections.states import ConnectionState
from connections.usage.figures import UsageReport
from connections.usage.page import first_direction
from orders.emails import nominated, tell_submitters
from parties.models import User
from parties.states import Purpose, Role
from records.commands import owe_notice
from records.kinds import untrue_when, worded_when_sent
from records.models import Notice

RENEWAL_NOTICE = "renewal_notice"
RENEWAL_KEY = "renewal-notice"
RENEWAL_REMINDER = "renewal_reminder"
FAILOVER_TEST_DUE = "failover_test_due"
EVERYBODY = (Purpose.AUTHORISE, Purpose.SUBMIT)


def order_configured(connection: Connection, at: datetime) -> None:
    """Say that the connection is in service. Source: R-3.7.1-1."""
    key = f"order-configured:{connection.order_id}"
    order = connection.order
    before = getattr(order.replaces, "connection", None)
    facts = {"connection": connection, "before": before}
    tell_submitters("order_configured", order, at=at, key=key, **facts)


def renewal_notice(period: ContractPeriod, at: datetime) -> list[Notice]:
    """State the charge on renewal and the last day to cancel. Source: R-2.5-5."""
    key, to = f"{RENEWAL_KEY}:{period.pk}", contacts(period.connection, at)
    return owe_notice(
        RENEWAL_NOTICE,
        key=key,
        to=to,
        at=at,
        thread=period.thread,
        **renewal_facts(period),
    )


def contacts(connection: Connection, at: datetime) -> list[str]:
    """Return the addresses of all who are nominated by the Gateway Party."""
    order = connection.order
    return [address for p in EVERYBODY for address in nominated(order, p, at)]


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


def renewal_reminder(
    period: ContractPeriod, at: datetime, *, number: str
) -> list[Notice]:
    """Remind of a renewal, once for each `number`. Source: R-2.5-8."""
    return owe_notice(
        RENEWAL_REMINDER,
        key=f"renewal-reminder:{period.pk}:{number}",
        to=whom_to_remind(period, at),
        at=at,
        thread=period.thread,
        **reminder_facts(period, at),
    )


def whom_to_remind(period: ContractPeriod, at: datetime) -> list[str]:
    """Return those who may decide; while nobody has read the notice, all nominated.

    Source: R-2.5-8, R-2.5-9.
    """
    if period.readings.exists():
        return nominated(period.connection.order, Purpose.AUTHORISE, at)
    return list(dict.fromkeys(contacts(period.connection, at)))


def reminder_facts(period: ContractPeriod, at: datetime) -> dict[str, Any]:
    last_day = period.window_last_day
    left = (last_day - uk_date(at)).days if last_day else 0
    is_read = period.readings.exists()
    return {**renewal_facts(period), "days_left": left, "is_read": is_read}


@worded_when_sent(RENEWAL_REMINDER)
def reminder_facts_when_sent(notice: Notice, at: datetime) -> dict[str, Any]:
    return reminder_facts(reminded_period(notice), at)


@untrue_when(RENEWAL_REMINDER)
def no_renewal_to_remind_of(notice: Notice, at: datetime) -> str:
    """Say why a reminder has become untrue: answered, over, or not theirs any more."""
    period = reminded_period(notice)
    if period.answers.exists():
        return f"The renewal notice of {period.connection} has an answer."
    if not period.is_free_to_leave(uk_date(at)):
        return f"The time to leave {period.connection} free of charge is over."
    if notice.to in contacts(period.connection, at):
        return ""
    return f"{notice.to} is no longer nominated by {period.connection.party}."


def reminded_period(notice: Notice) -> ContractPeriod:
    rows = ContractPeriod.objects.for_pages()
    period: ContractPeriod = rows.get(pk=int(notice.key.split(":")[1]))
    return period


def renewal_answered(
    answer: RenewalAnswer, at: datetime, *, recorded: str = ""
) -> None:
    """Confirm an answer to everybody who may decide or order. Source: R-2.5-9."""
    period = answer.period
    owe_notice(
        "renewal_answered",
        key=f"renewal-answered:{answer.pk}",
        to=contacts(period.connection, at),
        at=at,
        thread=period.thread,
        **renewal_facts(period),
        answer=answer,
        recorded=recorded,
    )


def renewal_settled(period: ContractPeriod, at: datetime) -> None:
    """Confirm that it renews, or that it ends. Source: R-2.5-8."""
    owe_notice(
        "renewal_settled",
        key=f"renewal-settled:{period.pk}:{period.outcome}",
        to=contacts(period.connection, at),
        at=at,
        thread=period.thread,
        **renewal_facts(period),
    )


def connection_cancelled(
    row: Cancellation, at: datetime, *, recorded: str = ""
) -> None:
    """Confirm it in writing: its last day, its cost and how that was worked out.

    Source: R-2.10-3.
    """
    connection = row.connection
    owe_notice(
        "connection_cancelled",
        key=f"connection-cancelled:{row.pk}",
        to=contacts(connection, at),
        at=at,
        thread=connection.thread,
        cancellation=row,
        recorded=recorded,
        connection=connection,
        party=connection.party,
    )


def connection_ended(connection: Connection, at: datetime) -> None:
    """Say that a connection has ended, and its sessions with it."""
    owe_notice(
        "connection_ended",
        key=f"connection-ended:{connection.pk}",
        to=contacts(connection, at),
        at=at,
        thread=connection.thread,
        connection=connection,
        party=connection.party,
    )


def report_ready(report: PerformanceReport, found: UsageReport, at: datetime) -> None:
    """Say that a performance report is there, and its figures. Source: R-2.8-9."""
    shown = report.shown(first_direction(found))
    tell_of_report("report_ready", report, at, shown=shown)


def report_refused(report: PerformanceReport, at: datetime) -> None:
    """Say why a performance report could not be made. Source: R-2.8-9."""
    tell_of_report("report_refused", report, at)


def tell_of_report(
    kind: str, report: PerformanceReport, at: datetime, **facts: object
) -> None:
    """Write to whoever may submit, and to the person who asked, if still with it."""
    order, asker = report.connection.order, report.requested_by
    to = dict.fromkeys(nominated(order, Purpose.SUBMIT, at))
    if asker.is_active and asker.party_id == report.connection.party_id:
        to[asker.email] = None
    owe_notice(
        kind,
        key=f"{kind.replace('_', '-')}:{report.pk}",
        to=list(to),
        at=at,
        thread=report.thread,
        report=report,
        connection=report.connection,
        party=report.connection.party,
        **facts,
    )


def session_requested(session: Session, at: datetime) -> None:
    """Tell the configurers what to set up. Source: R-3.7.1-2."""
    people = User.objects.filter(role=Role.CONFIGURER, is_active=True)
    # A supplier works at the desk: the pages of the Party are not there for it.
    order_id = session.connection.order_id
    url = reverse("admin:orders_connectionrequest_change", args=[order_id])
    facts = {"session": session, "connection": session.connection, "desk_url": url}
    owe_notice(
        "session_requested",
        key=f"session-requested:{session.pk}:{at.isoformat()}",
        to=people.values_list("email", flat=True),
        at=at,
        thread=session.thread,
        **facts,
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
    tell_submitters(kind, connection.order, at=at, key=key, **facts)


def session_established(session: Session, at: datetime) -> None:
    """Tell the Party that it can use a session, or uses it as changed. R-6-4."""
    tell_of_session("session_established", session, at)


def rate_change_priced(change: RateChange, at: datetime) -> None:
    """Ask those who may decide to accept what a change costs. Source: R-2.7.2-2."""
    order = change.connection.order
    tell_of_change(
        "rate_change_priced", change, at, to=nominated(order, Purpose.AUTHORISE, at)
    )


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
) -> None:
    """Write of a change to whom it is for; without `to`, to all who are nominated."""
    connection = change.connection
    owe_notice(
        kind,
        key=f"{kind.replace('_', '-')}:{change.pk}{of}",
        to=contacts(connection, at) if to is None else to,
        at=at,
        thread=connection.thread,
        change=change,
        connection=connection,
        party=connection.party,
    )


def superfast_available(connection: Connection, at: datetime) -> None:
    """Say that an LV connection can be changed to superfast. Source: R-2.7.1-2."""
    owe_notice(
        "superfast_available",
        key=f"superfast-available:{connection.pk}:{connection.superfast_from}",
        to=contacts(connection, at),
        at=at,
        thread=connection.thread,
        connection=connection,
        party=connection.party,
    )


def failover_test_told(
    test: FailoverTest, at: datetime, *, moved_from: date | None = None
) -> None:
    """Tell DCC and its configurer what is planned, so that no alarm surprises them."""
    people = User.objects.filter(role=Role.CONFIGURER, is_active=True)
    to = [settings.SERVICE_DESK_EMAIL, *people.values_list("email", flat=True)]
    owe_notice(
        "failover_test_told",
        key=f"failover-test-told:{test.pk}:{at.isoformat()}",
        to=to,
        at=at,
        thread=test.thread,
        moved_from=moved_from,
        **facts_of_test(test),
    )


def failover_test_not_passed(test: FailoverTest, at: datetime) -> None:
    """Tell the Service Desk what did not move as it should. Source: R-7-1."""
    owe_notice(
        "failover_test_not_passed",
        key=f"failover-test-not-passed:{test.pk}",
        to=[settings.SERVICE_DESK_EMAIL],
        at=at,
        thread=test.thread,
        **facts_of_test(test),
    )


def facts_of_test(test: FailoverTest) -> dict[str, Any]:
    connection = test.connection
    url = reverse("admin:connections_failovertest_change", args=[test.pk])
    return {
        "test": test,
        "connection": connection,
        "party": connection.party,
        "desk_url": url,
    }


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
    other = Connection.objects.other_of_pair(connection).first()
    links = [connection] if other is None else [connection, other]
    since = notice.owed_at
    tests = FailoverTest.objects.of_links(links)
    if tests.filter(Q(planned_at__gte=since) | Q(recorded_at__gte=since)).exists():
        return f"A failover test of {connection} has been planned since."
    return ""
