"""What is owed about a connection: its router, sessions, renewals. Pure."""

from collections.abc import Iterator
from datetime import timedelta

from common.clock import start_of_uk_day
from connections import words
from connections.facts import (
    ConnectionFacts,
    connections_told,
    periods_told,
    reports_told,
    sessions_told,
)
from connections.models import Connection, ContractPeriod
from connections.states import ConnectionState, SessionState
from parties.states import Role
from worklist.kinds import Owed, WorkKind, WorkQueue, declare
from worklist.states import Turn

# Renewal notices are shown this long before they are due: our own figure.
SHOWN_BEFORE = timedelta(days=30)

CONFIGURATIONS = WorkQueue(
    "configurations",
    "Configuration",
    "Configurations",
    "Installed: the router and test connectivity come next (section 3.7.1).",
    also=(Role.CONFIGURER,),
)
SESSIONS = WorkQueue(
    "sessions",
    "Sessions",
    "Sessions to set up",
    "In service, and its Gateway Party has asked for a session that is not "
    "established yet (section 6).",
    also=(Role.CONFIGURER,),
)
RENEWALS = WorkQueue(
    "renewals",
    "Renewal notices",
    "Renewal notices due",
    "A contract period ends soon enough for its notice, which states the charge "
    "(section 2.5).",
)
REPORTS = WorkQueue(
    "reports",
    "Reports",
    "Performance reports to make",
    "A Gateway Party has asked how much of its connection is used (section 2.8).",
)
QUEUES = (CONFIGURATIONS, SESSIONS, RENEWALS, REPORTS)

CONFIGURE = declare(
    WorkKind(
        "configure_connection",
        app="connections",
        turn=Turn.CONFIGURER,
        what="Configure the connection",
        began="installed",
        queue=CONFIGURATIONS,
        target="our target, {days}",
        days="CONFIGURE_WORKING_DAYS",
        counts_working_days=True,
        tell=words.configure,
        load=connections_told,
        brief="router being configured",
    )
)
SET_UP_SESSION = declare(
    WorkKind(
        "set_up_session",
        app="connections",
        turn=Turn.CONFIGURER,
        what="Set up a session",
        began="asked for",
        queue=SESSIONS,
        target="our target, {days}",
        days="SESSION_WORKING_DAYS",
        counts_working_days=True,
        tell=words.set_up_session,
        load=sessions_told,
        brief="session being set up",
    )
)
SET_CHARGE = declare(
    WorkKind(
        "set_renewal_charge",
        app="connections",
        turn=Turn.OPERATIONS,
        what="Set the renewal charge",
        began="period from",
        queue=RENEWALS,
        target="the notice states it, and cannot go without it",
    )
)
NOTICE = declare(
    WorkKind(
        "renewal_notice",
        app="connections",
        turn=Turn.PORTAL,
        what="Renewal notice to go",
        began="period from",
        queue=RENEWALS,
        target="the charge is set, so it goes by itself on that day",
    )
)
RENEW = declare(
    WorkKind(
        "decide_on_renewal",
        app="connections",
        turn=Turn.AUTHORISER,
        what="Keep or cancel the connection",
        began="notice of",
        target="it renews if nobody cancels",
        is_right=True,
        tell=words.renew,
        load=periods_told,
        brief="last day to cancel free of charge",
    )
)
MAKE_REPORT = declare(
    WorkKind(
        "make_report",
        app="connections",
        turn=Turn.OPERATIONS,
        what="Make a performance report",
        began="asked for",
        queue=REPORTS,
        target="our target, {days}",
        days="REPORT_WORKING_DAYS",
        counts_working_days=True,
        tell=words.make_report,
        load=reports_told,
        brief="performance report being made",
    )
)
TO_SET_UP = (SessionState.REQUESTED, SessionState.CONFIGURING)


def owed(facts: ConnectionFacts) -> Iterator[Owed]:
    """Yield what is owed about the connection of an order.

    Source: R-3.7.1-1, R-6-3, R-2.5-4, R-2.5-5, R-2.8-9.
    """
    connection, owner = facts.connection, facts.order.owner_id
    if connection is None:
        return
    yield from set_up_owed(connection)
    for report in connection.reports.all():
        if report.is_open:
            yield Owed(MAKE_REPORT, report, report.requested_at)
    if connection.is_leaving:
        return
    for period in connection.periods.all():
        if not period.outcome:
            yield from renewal_owed(period, owner)


def set_up_owed(connection: Connection) -> Iterator[Owed]:
    """Yield what the configurer owes. Source: R-3.7.1-1, R-6-3."""
    if connection.state == ConnectionState.INSTALLED:
        since = start_of_uk_day(connection.completed_on)
        yield Owed(CONFIGURE, connection, since)
    for session in connection.sessions.all():
        # A session is set up across a router that is configured.
        if session.state in TO_SET_UP and connection.router_configured_on:
            yield Owed(SET_UP_SESSION, session, session.requested_at)


def renewal_owed(period: ContractPeriod, owner: int | None) -> Iterator[Owed]:
    """Yield what is owed before a notice, and after it, until its Party has answered.

    Source: R-2.5-4, R-2.5-5, R-2.5-6.
    """
    if period.notice_at is not None:
        if not period.answers.all():
            yield Owed(RENEW, period, period.notice_at, period.window_last_day)
        return
    kind = SET_CHARGE if period.renewal_net is None else NOTICE
    since = start_of_uk_day(period.starts_on)
    due_on = period.renewal_due_on
    starts_on = max(period.starts_on, due_on - SHOWN_BEFORE)
    yield Owed(kind, period, since, due_on, starts_on=starts_on, owner=owner)
