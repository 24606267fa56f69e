"""What a submitter said of who shares a connection and of tests of a pair (T35).

Each is the submitter's own act and counts from when it came.
"""

from datetime import date, datetime

from common.clock import start_of_uk_day
from common.wording import day_words
from connections.commands.failover_tests import (
    call_off_failover_test,
    in_service_since,
    locked_test,
    move_failover_test,
    plan_failover_test,
    record_failover_test,
)
from connections.commands.locks import locked_connection, locked_with_pair
from connections.commands.share import end_sharing, share_connection
from connections.models import Connection, FailoverTest
from orders import emails
from orders.commands import NamedSharer
from orders.commands.behalf import SUBMITTERS, Said, on_behalf
from orders.models import Sharer
from parties.models import User
from records.behalf import OnBehalf
from records.unit import command


def of_submitter(
    connection: Connection, said: Said, *, by: User, since: datetime | None, what: str
) -> OnBehalf:
    """Return whoever acts: the submitter, for whom it is recorded.

    Raises:
        As `on_behalf`.
    """
    return on_behalf(
        connection.order, said, by=by, purposes=SUBMITTERS, since=since, what=what
    )


def of_submitter_since_installed(
    connection: Connection, said: Said, *, by: User
) -> OnBehalf:
    """Return the same of what can be asked for once the installation is complete."""
    since = start_of_uk_day(connection.completed_on)
    what = "the installation has been complete"
    return of_submitter(connection, said, by=by, since=since, what=what)


def tell(connection: Connection, who: OnBehalf, what: str) -> None:
    emails.recorded_for_you(connection.order, who, what)


@command
def record_sharing(
    connection_id: int,
    *,
    by: User,
    said: Said,
    named: NamedSharer,
    is_responsible: bool,
    is_charge_confirmed: bool = False,
) -> Sharer:
    """Add who shares an installed connection as a submitter said, from when it came.

    Args:
        is_responsible, is_charge_confirmed: they were told the words and accepted them.

    Raises:
        As `on_behalf`, and as `share_connection`.

    Source: T35, R-2.3-1, R-2.3-2, R-2.3-6.
    """
    connection = locked_connection(connection_id)
    who = of_submitter_since_installed(connection, said, by=by)
    sharer = share_connection(
        connection_id,
        by=who.actor,
        named=named,
        is_responsible=is_responsible,
        is_charge_confirmed=is_charge_confirmed,
        at=said.came_at,
    )
    tell(connection, who, f"that {sharer} shares {connection}")
    return sharer


@command
def record_sharing_end(
    sharer_id: int, *, by: User, said: Said, last_day: date, reason: str
) -> Sharer:
    """End the sharing of a connection as a submitter said, from when that came.

    Args:
        last_day: UK, included: the day on which it came, or a later one.

    Raises:
        As `on_behalf`, and as `end_sharing`.

    Source: T35, R-2.3-1, R-2.3-3.
    """
    found: Sharer = Sharer.objects.get(pk=sharer_id)
    connection = locked_connection(Connection.objects.get(order=found.order_id).pk)
    who = of_submitter(
        connection, said, by=by, since=found.added_at, what="it has been shared"
    )
    sharer = end_sharing(
        sharer_id, by=who.actor, last_day=last_day, reason=reason, at=said.came_at
    )
    until = day_words(last_day)
    tell(connection, who, f"that {sharer} shares {connection} until {until}")
    return sharer


@command
def record_test_plan(
    connection_id: int, *, by: User, said: Said, planned_on: date, note: str = ""
) -> FailoverTest:
    """Plan a failover test as a submitter said, from when that came.

    Args:
        connection_id: pk of the link that is failed.
        planned_on: UK day: the one on which it came, or later.

    Raises:
        As `on_behalf`, and as `plan_failover_test`.

    Source: T35, R-7-1.
    """
    connection = locked_with_pair(connection_id)
    who = of_submitter(
        connection,
        said,
        by=by,
        since=start_of_uk_day(in_service_since(connection)),
        what="both links have been in service",
    )
    test = plan_failover_test(
        connection_id, by=who.actor, planned_on=planned_on, note=note, at=said.came_at
    )
    day = day_words(planned_on)
    tell(connection, who, f"that a failover test of {connection} is planned for {day}")
    return test


def of_planner(test: FailoverTest, said: Said, *, by: User) -> OnBehalf:
    """Return the submitter who said something of a test that is planned."""
    since, what = test.planned_at, "the test has been planned"
    return of_submitter(test.connection, said, by=by, since=since, what=what)


@command
def record_test_move(
    test_id: int, *, by: User, said: Said, planned_on: date, reason: str
) -> FailoverTest:
    """Move a failover test as a submitter said, from when that came.

    Raises:
        As `on_behalf`, and as `move_failover_test`.

    Source: T35, R-7-1.
    """
    test = locked_test(test_id)
    who = of_planner(test, said, by=by)
    test = move_failover_test(
        test_id, by=who.actor, planned_on=planned_on, reason=reason, at=said.came_at
    )
    day, connection = day_words(planned_on), test.connection
    tell(connection, who, f"that the failover test of {connection} moves to {day}")
    return test


@command
def record_test_call_off(
    test_id: int, *, by: User, said: Said, reason: str
) -> FailoverTest:
    """Call a failover test off as a submitter said, from when that came.

    Raises:
        As `on_behalf`, and as `call_off_failover_test`.

    Source: T35, R-7-1.
    """
    test = locked_test(test_id)
    who = of_planner(test, said, by=by)
    test = call_off_failover_test(test_id, by=who.actor, reason=reason, at=said.came_at)
    connection = test.connection
    tell(connection, who, f"that the failover test of {connection} is called off")
    return test


@command
def record_test_result(
    test_id: int, *, by: User, said: Said, done_on: date, result: str, seen: str
) -> FailoverTest:
    """Record how a failover test went as a submitter said, from when that came.

    Args:
        done_on: UK day, not after the one on which it came.
        result: one of `FailoverResult`.
        seen: what they saw, in their words.

    Raises:
        As `on_behalf`, and as `record_failover_test`.

    Source: T35, R-7-1.
    """
    test = locked_test(test_id)
    who = of_planner(test, said, by=by)
    test = record_failover_test(
        test_id,
        by=who.actor,
        done_on=done_on,
        result=result,
        seen=seen,
        at=said.came_at,
    )
    outcome, connection = test.get_result_display().lower(), test.connection
    tell(connection, who, f"how the failover test of {connection} went ({outcome})")
    return test
