"""A pair in service at two sites, and sessions that cross it."""

from datetime import timedelta

from common.clock import uk_date
from connections import commands as links
from connections.models import Connection
from dccportal.demo.journey import Wish
from dccportal.demo.pairs import started
from dccportal.demo.people import PRIYA
from dccportal.demo.told import completed
from dccportal.demo.world import World, money
from orders.states import Option

# Completed so many days ago, one after the other.
FIRST, SECOND = 100, 97
# Name, what it carries, live or test, across which, which stands by, Mbps.
SESSIONS = (
    ("DUIS live", "duis", "live", 0, 1, 17),
    ("SSI live", "ssi", "live", 1, 0, 3),
    ("End-to-end testing", "test", "test", 1, 0, 2),
    ("Sandpit", "test", "test", 0, None, 2),
)


def pair_in_service(world: World) -> None:
    """DUIS runs on one and SSI on the other; each stands by for the other."""
    first, second = connections_of_pair(world)
    both = (first, second)
    for number, (name, service, use, primary, secondary, load) in enumerate(SESSIONS):
        session = links.request_session(
            both[primary].pk,
            by=world.people[PRIYA],
            name=name,
            service=service,
            use=use,
            user_role="import_supplier",
            secondary=None if secondary is None else both[secondary].pk,
            expected_mbps=money(load),
            addresses=[f"192.0.2.{60 + number}"],
            pep_name=f"Edge {number % 2 + 1}",
            has_layer_2_link=True,
            is_priority_accepted=True,
            at=world.days_ago(80),
        )
        links.establish_session(
            session.pk,
            by=world.operator,
            dcc_pep_name="DCC gateway 2",
            at=world.days_ago(75),
        )
    tested(world, first, second)


def tested(world: World, first: Connection, second: Connection) -> None:
    """One link was failed and all moved; the other is to be failed in two weeks."""
    planned_at = world.days_ago(40)
    done = links.plan_failover_test(
        first.pk,
        by=world.people[PRIYA],
        planned_on=uk_date(world.days_ago(30)),
        note="Priya at Thornby Park, Owen at the consoles",
        at=planned_at,
    )
    links.record_failover_test(
        done.pk,
        by=world.people[PRIYA],
        done_on=uk_date(world.days_ago(30)),
        result="passed",
        seen=(
            "DUIS live moved within a minute, with the same addresses. SSI live and "
            "end-to-end testing stayed. The sandpit had no access, as expected."
        ),
        at=world.days_ago(29),
    )
    links.plan_failover_test(
        second.pk,
        by=world.people[PRIYA],
        planned_on=world.today + timedelta(days=14),
        note="Priya at the dock, before the shift changes",
        at=world.days_ago(2),
    )


def connections_of_pair(world: World) -> list[Connection]:
    begun = world.days_ago(SECOND + 90, 9)
    wishes = [
        Wish("thornby", PRIYA, rating=20, reference="BME-HA-1"),
        Wish("dock", PRIYA, rating=20, reference="BME-HA-2"),
    ]
    pair = started(world, Option.HIGH, wishes, begun)
    for number, one in enumerate(pair):
        one.submitted(world.days_ago(SECOND + 89, 10 + number))
    for one in pair:
        one.accepted(world.workday_ago(SECOND + 85, 10))
        one.owned(world.workday_ago(SECOND + 85, 11))
        one.reviewed(world.workday_ago(SECOND + 82, 15), survey=False)
        one.quoted(world.workday_ago(SECOND + 79, 11))
    found = []
    for one, days in zip(pair, (FIRST, SECOND), strict=True):
        completed(world, one, days)
        one.configured(world.days_ago(days - 3, 15))
        found.append(Connection.objects.get(order=one.order))
    return found


LINK_STORIES = (pair_in_service,)
