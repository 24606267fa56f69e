"""Failover tests of a pair: planned, moved, called off, carried out, and due again."""

from datetime import date, datetime

from django.core.exceptions import PermissionDenied
from django.utils import timezone

from common.clock import add_months, uk_date
from common.wording import day_words
from connections import emails, policies
from connections.commands.locks import locked_with_pair
from connections.deadlines import last_test_by
from connections.errors import (
    FailoverBeforePair,
    FailoverDayWrong,
    FailoverInTheFuture,
    FailoverNeedsPair,
    FailoverPlanned,
    FailoverUnexplained,
)
from connections.models import Connection, FailoverTest
from connections.states import ConnectionState
from parties.models import User
from records.behalf import person_of
from records.transitions import SYSTEM, perform, record_event
from records.unit import command

# Further ahead a day is more likely a slip of the keys than a plan.
MOST_MONTHS_AHEAD = 24


@command
def plan_failover_test(
    connection_id: int,
    *,
    by: User,
    planned_on: date,
    note: str = "",
    at: datetime | None = None,
) -> FailoverTest:
    """Plan a day on which one link of a pair is failed; DCC and its configurer hear.

    Nothing is ordered by it, and nothing is charged.

    Args:
        connection_id: pk of the link that is failed.
        planned_on: UK day, today or later.
        note: who takes part, if somebody says so.

    Raises:
        FailoverNeedsPair: there are not two links of a pair in service.
        FailoverPlanned: a test of this link is planned already.
        FailoverDayWrong: a day that is over, or too far ahead.
        PermissionDenied: `by` is no nominated submitter of the Party.

    Source: R-7-1, R-6-12.
    """
    at = at or timezone.now()
    connection = locked_with_pair(connection_id)
    if not policies.may_test_failover(connection, by):
        raise PermissionDenied
    in_service_since(connection)
    check_planned_day(planned_on, at)
    other = connection.failover_tests.planned().first()
    if other is not None:
        day = day_words(other.planned_on)
        raise FailoverPlanned(connection=connection, day=day)
    test: FailoverTest = FailoverTest.objects.create(
        connection=connection,
        planned_on=planned_on,
        note=note.strip(),
        planned_by=person_of(by),
        planned_at=at,
    )
    what = f"Failover test planned for {day_words(planned_on)}"
    record_event(test, "plan_failover_test", by=by, at=at, what=what, why=test.note)
    emails.failover_test_told(test, at)
    return test


def in_service_since(connection: Connection) -> date:
    """Return the UK day from which both links of a pair are in service.

    Raises:
        FailoverNeedsPair: there is no such pair.
    """
    other = Connection.objects.other_of_pair(connection).first()
    pair = [connection, other] if other is not None else []
    days = [
        row.router_configured_on
        for row in pair
        if row.state == ConnectionState.OPERATIONAL and row.router_configured_on
    ]
    if len(days) < 2:  # noqa: PLR2004  a pair
        raise FailoverNeedsPair(connection=connection)
    return max(days)


def check_planned_day(day: date, at: datetime) -> None:
    today = uk_date(at)
    if day < today:
        raise FailoverDayWrong(day=day_words(day), why="is over")
    if day > add_months(today, MOST_MONTHS_AHEAD):
        raise FailoverDayWrong(day=day_words(day), why="is more than two years ahead")


def locked_test(test_id: int) -> FailoverTest:
    """Lock both orders of the pair, then read the test."""
    links = FailoverTest.objects.values_list("connection", flat=True)
    locked_with_pair(links.get(pk=test_id))
    test: FailoverTest = FailoverTest.objects.for_pages().get(pk=test_id)
    return test


@command
def move_failover_test(
    test_id: int,
    *,
    by: User,
    planned_on: date,
    reason: str,
    at: datetime | None = None,
) -> FailoverTest:
    """Move a planned test to another day, and say why; DCC hears of it.

    Raises:
        FailoverUnexplained: no reason is given.
        FailoverDayWrong: a day that is over, too far ahead, or the same.
        NotPossibleInState: it was carried out, or called off.
        PermissionDenied: `by` is no nominated submitter of the Party.

    Source: R-7-1.
    """
    at = at or timezone.now()
    test = locked_test(test_id)
    why, before = explained(reason, "why it is moved"), test.planned_on
    check_planned_day(planned_on, at)
    if test.is_planned and planned_on == before:
        raise FailoverDayWrong(day=day_words(before), why="is its day already")
    days = (before, planned_on)
    perform(test.move, by=by, at=at, why=why, days=days, on=planned_on)
    emails.failover_test_told(test, at, moved_from=before)
    return test


@command
def call_off_failover_test(
    test_id: int, *, by: User, reason: str, at: datetime | None = None
) -> FailoverTest:
    """Call a planned test off, and say why; DCC hears of it.

    Raises:
        FailoverUnexplained: no reason is given.
        NotPossibleInState, PermissionDenied: as `move_failover_test`.

    Source: R-7-1.
    """
    at = at or timezone.now()
    test = locked_test(test_id)
    why = explained(reason, "why it is called off")
    perform(test.call_off, by=by, at=at, why=why, because=why)
    emails.failover_test_told(test, at)
    return test


@command
def record_failover_test(
    test_id: int,
    *,
    by: User,
    done_on: date,
    result: str,
    seen: str,
    at: datetime | None = None,
) -> FailoverTest:
    """Record how a test went; the Service Desk is told of one that did not pass.

    No session, no order and no charge is changed by it.

    Args:
        done_on: UK day; neither to come, nor before both links were in service.
        result: one of `FailoverResult`.
        seen: in the Party's words, whether each session moved as it should.

    Raises:
        FailoverUnexplained: nothing is said of what was seen.
        FailoverInTheFuture, FailoverBeforePair.
        NotPossibleInState, PermissionDenied: as `move_failover_test`.

    Source: R-7-1, R-6-12, R-6-13.
    """
    at = at or timezone.now()
    test = locked_test(test_id)
    words, day = explained(seen, "what was seen"), day_words(done_on)
    if done_on > uk_date(at):
        raise FailoverInTheFuture(day=day)
    since = both_since(test.connection)
    if since is not None and done_on < since:
        raise FailoverBeforePair(day=day, since=day_words(since))
    perform(
        test.record,
        by=by,
        at=at,
        why=words,
        person=person_of(by),
        on=done_on,
        result=result,
        seen=words,
    )
    if not test.has_passed:
        emails.failover_test_not_passed(test, at)
    return test


def both_since(connection: Connection) -> date | None:
    """Return the UK day from which both were in service, whatever became of them."""
    other = Connection.objects.other_of_pair(connection).first()
    days = [connection.router_configured_on, other and other.router_configured_on]
    return max((day for day in days if day), default=None)


def explained(text: str, what: str) -> str:
    words = text.strip()
    if not words:
        raise FailoverUnexplained(what=what)
    return words


def drop_failover_tests(connection: Connection, *, at: datetime) -> None:
    """Drop what is planned for a pair of which one has ended, both orders locked."""
    other = Connection.objects.other_of_pair(connection).first()
    links = [connection] if other is None else [connection, other]
    why = f"{connection} has ended"
    for test in FailoverTest.objects.of_links(links).planned().for_pages():
        perform(test.drop, by=SYSTEM, at=at, why=why, because=why)


@command
def remind_of_failover_test(connection_id: int, *, now: datetime) -> bool:
    """Remind a Party that its pair has gone untested; return whether. Safe to repeat.

    Once in each span of the setting, from the last test or reminder, or from the day on
    which the second link went into service. Our own offer: nothing is owed by it.

    Args:
        connection_id: pk of the second link of the pair.

    Source: R-7-1.
    """
    connection = locked_with_pair(connection_id)
    today = uk_date(now)
    due = Connection.objects.due_for_failover_test(last_test_by(today))
    if not due.filter(pk=connection_id).exists():
        return False
    if not emails.failover_test_due(connection, now):
        return False
    connection.failover_reminded_on = today
    connection.save(update_fields=["failover_reminded_on"])
    what = "Reminded that the pair has not been tested for failover"
    record_event(connection, "remind_of_failover_test", by=SYSTEM, at=now, what=what)
    return True
