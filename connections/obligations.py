"""What is owed about a connection: its router, sessions, renewals. Pure."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from common.clock import start_of_uk_day
from common.wording import day_words
from connections import words
from connections.deadlines import call_on
from connections.facts import (
    ConnectionFacts,
    changes_told,
    connections_told,
    declarations_told,
    periods_told,
    reports_told,
    sessions_told,
    tests_told,
)
from connections.models import Connection, ContractPeriod
from connections.states import ConnectionState
from parties.states import Role
from worklist.kinds import Owed, WorkKind, WorkQueue, declare
from worklist.states import Turn

# Renewal notices are shown this long before they are due: our own figure.
SHOWN_BEFORE = timedelta(days=30)
# How a failover test went is to be said within a week of it: our own figure too.
RESULT_WITHIN = timedelta(days=7)

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
CHANGES = WorkQueue(
    "rate-changes",
    "Changes",
    "Changes to price and to make",
    "Its Gateway Party asks for another rate or for superfast broadband (sections 2.6 "
    "and 2.7), or it was free and is chargeable by its use (section 2.9.2).",
)
COLLECTIONS = WorkQueue(
    "collections",
    "Collections",
    "Equipment to collect",
    "The connection has ended: its equipment is collected on a day that is agreed with "
    "the Gateway Party (section 2.10).",
    also=(Role.INSTALLER,),
)
QUEUES = (CONFIGURATIONS, SESSIONS, RENEWALS, CHANGES, REPORTS, COLLECTIONS)

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
TELL_OF_NOTICE = declare(
    WorkKind(
        "tell_of_renewal_notice",
        app="connections",
        turn=Turn.SERVICE_DESK,
        what="Call about a renewal notice that nobody has opened",
        began="notice of",
        queue=RENEWALS,
        target="our own figure, so that nobody misses the month in which leaving is "
        "free",
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
PRICE_CHANGE = declare(
    WorkKind(
        "price_rate_change",
        app="connections",
        turn=Turn.OPERATIONS,
        what="Price a change",
        began="asked for",
        queue=CHANGES,
        target="our target, {days}",
        days="QUOTE_WORKING_DAYS",
        counts_working_days=True,
        tell=words.price_change,
        load=changes_told,
        brief="DCC says what the change costs",
    )
)
ACCEPT_CHANGE = declare(
    WorkKind(
        "accept_rate_change",
        app="connections",
        turn=Turn.AUTHORISER,
        what="Accept or decline what a change costs",
        began="priced",
        target="before it is made",
        tell=words.accept_change,
        load=changes_told,
        brief="cost of a change to be accepted",
    )
)
CHECK_CHANGE = declare(
    WorkKind(
        "check_rate_acceptance",
        app="connections",
        turn=Turn.OPERATIONS,
        what="Check who signed for a rate change",
        began="signed",
        queue=CHANGES,
        target="our target, {days}",
        days="VERIFY_WORKING_DAYS",
        counts_working_days=True,
        tell=words.check_change,
        load=changes_told,
        brief="DCC checks the signature",
    )
)
MAKE_CHANGE = declare(
    WorkKind(
        "make_rate_change",
        app="connections",
        turn=Turn.OPERATIONS,
        what="Make a rate change",
        began="agreed",
        queue=CHANGES,
        target="the lead time from the request, or from the acceptance of its charge",
        tell=words.make_change,
        load=changes_told,
        brief="change to be made",
        is_told_day=True,
    )
)
RECORD_TEST = declare(
    WorkKind(
        "record_failover_test",
        app="connections",
        turn=Turn.SUBMITTER,
        what="Record how a failover test went",
        began="planned",
        target="a week after the day of the test, which is our own figure",
        tell=words.record_test,
        load=tests_told,
        brief="last day to record a failover test",
    )
)
DECLARE_USE = declare(
    WorkKind(
        "declare_sole_use",
        app="connections",
        turn=Turn.SUBMITTER,
        what="Declare what a free connection is used for",
        began="asked",
        target="the day that the question named, which is our rule",
        tell=words.declare_use,
        load=declarations_told,
        brief="last day to declare its use",
    )
)
CALL_ABOUT_USE = declare(
    WorkKind(
        "call_about_sole_use",
        app="connections",
        turn=Turn.SERVICE_DESK,
        what="Call about a free connection whose use nobody has declared",
        began="asked",
        queue=CHANGES,
        target="our own figure, so that free of charge stays what it was meant for",
    )
)
COLLECT = declare(
    WorkKind(
        "collect_equipment",
        app="connections",
        turn=Turn.INSTALLER,
        what="Collect the equipment",
        began="ended",
        queue=COLLECTIONS,
        target="our target, {days}",
        days="COLLECT_WORKING_DAYS",
        counts_working_days=True,
        tell=words.collect,
        load=connections_told,
        brief="equipment to be collected",
    )
)


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
    yield from tests_owed(connection)
    if connection.is_leaving:
        yield from collection_owed(connection)
        return
    yield from changes_owed(connection, owner)
    yield from use_owed(connection)
    for period in connection.periods.all():
        if not period.outcome:
            yield from renewal_owed(period, owner)


def collection_owed(connection: Connection) -> Iterator[Owed]:
    """Yield the collection of what stands in the rack after the end. R-2.10-3."""
    if connection.is_over and not connection.is_collected:
        since = start_of_uk_day(connection.first_day_without)
        row = getattr(connection, "collection", None)
        agreed = row.planned_on if row else None
        note = f"agreed for {day_words(agreed)}" if agreed else ""
        yield Owed(COLLECT, connection, since, note=note)


def set_up_owed(connection: Connection) -> Iterator[Owed]:
    """Yield what the configurer owes. Source: R-3.7.1-1, R-6-3."""
    if connection.state == ConnectionState.INSTALLED:
        since = start_of_uk_day(connection.completed_on)
        yield Owed(CONFIGURE, connection, since)
    for session in connection.sessions.all():
        # A session is set up across a router that is configured.
        if session.waits and connection.router_configured_on:
            yield Owed(SET_UP_SESSION, session, session.requested_at)


def tests_owed(connection: Connection) -> Iterator[Owed]:
    """Yield the tests whose Party is to say how they went, once their day is over."""
    for test in connection.failover_tests.all():
        if test.is_planned:
            over = test.planned_on + timedelta(days=1)
            last_day = test.planned_on + RESULT_WITHIN
            yield Owed(RECORD_TEST, test, test.planned_at, last_day, starts_on=over)


def renewal_owed(period: ContractPeriod, owner: int | None) -> Iterator[Owed]:
    """Yield what is owed before a notice, and after it, until its Party has answered.

    Source: R-2.5-4, R-2.5-5, R-2.5-6.
    """
    if period.notice_at is not None:
        if not period.answers.all():
            yield from answer_owed(period, period.notice_at)
        return
    kind = SET_CHARGE if period.renewal_net is None else NOTICE
    since = start_of_uk_day(period.starts_on)
    due_on = period.renewal_due_on
    starts_on = max(period.starts_on, due_on - SHOWN_BEFORE)
    yield Owed(kind, period, since, due_on, starts_on=starts_on, owner=owner)


def answer_owed(period: ContractPeriod, notice_at: datetime) -> Iterator[Owed]:
    """Yield the decision, and the call where nobody of the Party has read the notice.

    Source: R-2.5-6, R-2.5-9.
    """
    last_day = period.window_last_day
    yield Owed(RENEW, period, notice_at, last_day)
    if last_day and period.notice_on and not period.readings.all():
        day = call_on(period.notice_on, last_day)
        yield Owed(TELL_OF_NOTICE, period, notice_at, day, starts_on=day)


def changes_owed(connection: Connection, owner: int | None) -> Iterator[Owed]:
    """Yield what is owed of a change: its price, its acceptance, and then itself.

    Source: R-2.6-11, R-2.7.2-2, T13.
    """
    change = connection.open_change
    if change is None:
        return
    asked_at = change.requested_at
    if change.is_priced:
        yield Owed(ACCEPT_CHANGE, change, change.priced_at or asked_at)
    elif change.is_to_check:
        yield Owed(CHECK_CHANGE, change, change.answered_at or asked_at, owner=owner)
    elif change.target_on is None:
        yield Owed(PRICE_CHANGE, change, asked_at, owner=owner)
    else:
        since = change.answered_at or asked_at
        yield Owed(MAKE_CHANGE, change, since, change.target_on, owner=owner)


def use_owed(connection: Connection) -> Iterator[Owed]:
    """Yield what a free connection is used for, and the call where nobody says so.

    Not owed any more once another use is recorded: that is priced.

    Source: R-2.9.2-1, R-2.9.2-2, R-2.9.2-3.
    """
    for row in connection.use_declarations.all():
        if not row.is_declared and connection.chargeable is None:
            yield Owed(DECLARE_USE, row, row.asked_at, row.due_on)
            late = row.due_on + timedelta(days=1)
            yield Owed(CALL_ABOUT_USE, row, row.asked_at, late, starts_on=late)
