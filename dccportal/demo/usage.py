"""How much of a connection is used: made-up readings, a report of them."""

import math
from datetime import UTC, datetime, timedelta

from common.clock import UK, start_of_uk_day, uk_date
from common.files import CsvUpload
from connections import commands as links
from connections.models import Connection
from dccportal.demo.people import PRIYA
from dccportal.demo.world import World

WEEKS = 13
FIVE_MINUTES = timedelta(minutes=5)
MEGABIT = 1_000_000
# How high use stands at each hour of the UK clock, in hundredths: most in the evening.
MORNING = (18, 16, 15, 15, 18, 28, 42, 58, 70, 77, 80, 78)
EVENING = (74, 76, 81, 82, 87, 94, 97, 89, 73, 55, 33, 23)
BY_HOUR = MORNING + EVENING


def rate_at(moment: datetime, week: float) -> float:
    """Return megabits a second towards DCC, which grow by half a megabit a week."""
    local = moment.astimezone(UK)
    level = 6.8 + 0.5 * week
    weekend = 0.8 if local.weekday() >= 5 else 1  # noqa: PLR2004  Saturday
    ripple = 1 + 0.06 * math.sin(local.minute / 9 + local.day)
    burst = 1.35 if (local.hour, local.minute) == (18, 10 + local.day % 4 * 5) else 1
    return level * weekend * ripple * burst * BY_HOUR[local.hour] / 100


def readings(until: datetime) -> CsvUpload:
    """Return the readings of the thirteen weeks up to the last midnight before."""
    ends = start_of_uk_day(uk_date(until)).astimezone(UTC)
    begins = ends - timedelta(weeks=WEEKS)
    lines, moment = ["timestamp,up,down"], begins
    while moment < ends:
        up = rate_at(moment, (moment - begins) / timedelta(weeks=1)) * MEGABIT
        lines.append(f"{moment:%Y-%m-%dT%H:%M:%SZ},{up:.0f},{up * 0.36:.0f}")
        moment += FIVE_MINUTES
    text = "\n".join(lines)
    return CsvUpload(text.encode(), "router readings.csv", "not_scanned", text)


def asked_for(world: World, connection: Connection, days: int, at: datetime) -> int:
    """Ask for a report of the days before one, and return its pk."""
    last_day = uk_date(at) - timedelta(days=1)
    report = links.request_report(
        connection.pk,
        by=world.people[PRIYA],
        first_day=last_day - timedelta(days=days - 1),
        last_day=last_day,
        note="To decide on a higher rate before spring.",
        at=at,
    )
    return report.pk


def reported(world: World, connection: Connection) -> None:
    """A report of a month is there, and its Party has asked for the quarter."""
    report = asked_for(world, connection, 30, world.working_days_ago(3))
    at = world.working_days_ago(1)
    file = readings(at)
    links.answer_report(report, by=world.operator, file=file, at=at)
    asked_for(world, connection, 90, world.working_days_ago(0, 8))
