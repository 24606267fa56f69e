"""Readings of the use of a connection: added day by day, put right by a later file."""

from datetime import UTC, date, datetime

from django.core.exceptions import PermissionDenied
from django.utils import timezone

from common.clock import uk_date, uk_time
from common.files import CsvUpload
from common.wording import day_words
from connections import policies
from connections.commands.locks import locked_connection
from connections.errors import ReadingsDiffer, ReadingsOutOfTime
from connections.models import Connection, UsageDay
from connections.usage.readings import Readings, by_day, pack, read_csv, unpack
from parties.models import User
from records.commands import store_document
from records.models import Document
from records.transitions import record_event
from records.unit import command


@command
def add_readings(
    connection_id: int,
    *,
    by: User,
    file: CsvUpload,
    corrects: bool = False,
    at: datetime | None = None,
) -> Connection:
    """Add a file of readings to a connection, whether a report waits for them or not.

    Raises:
        As `keep_readings`.
        PermissionDenied: `by` is not DCC Operations.

    Source: R-2.8-9.
    """
    connection = locked_connection(connection_id)
    if not policies.may_answer_report(connection, by):
        raise PermissionDenied
    at = at or timezone.now()
    keep_readings(connection, file, corrects=corrects, by=by, at=at)
    return connection


def keep_readings(
    connection: Connection, file: CsvUpload, *, corrects: bool, by: User, at: datetime
) -> None:
    """Keep the readings of a file, the order being locked; all of them or none.

    The same file a second time changes nothing.

    Args:
        corrects: that it puts right what an earlier file said.

    Raises:
        ReadingsWrong: which lines are wrong, and why.
        ReadingsOutOfTime: before the connection was installed, or still to come.
        ReadingsDiffer: an earlier file said something else, and nobody said that this
            one corrects it.

    Source: R-2.8-9.
    """
    given = read_csv(file.text)
    require_in_time(connection, given, at)
    days = by_day(given)
    known = days_between(connection, min(days), max(days))
    changed = {
        day: with_others(found, known.get(day, Readings()))
        for day, found in days.items()
    }
    differing = [
        moment for day in days for moment in differences(days[day], known.get(day))
    ]
    if differing and not corrects:
        first_at = uk_time(datetime.fromtimestamp(min(differing), UTC))
        raise ReadingsDiffer(count=f"{len(differing):,}", at=first_at)
    new = {
        day: found
        for day, found in changed.items()
        if day not in known or found != known[day]
    }
    if new:
        keep_days(connection, new, file, by=by, at=at)
        say_kept(connection, given, len(differing), by=by, at=at)


def require_in_time(connection: Connection, given: Readings, at: datetime) -> None:
    if given.last_at > at:
        raise ReadingsOutOfTime(at=uk_time(given.last_at), why="which is still to come")
    if uk_date(given.first_at) < connection.completed_on:
        day = day_words(connection.completed_on)
        raise ReadingsOutOfTime(
            at=uk_time(given.first_at),
            why=f"and {connection} was installed on {day}",
        )


def differences(given: Readings, known: Readings | None) -> list[int]:
    """Return the moments for which two files say something else."""
    if known is None:
        return []
    before = {at: (up, down) for at, up, down in known.rows()}
    return [
        at for at, up, down in given.rows() if before.get(at, (up, down)) != (up, down)
    ]


def with_others(given: Readings, known: Readings) -> Readings:
    """Return the readings of a day, the newer ones in place of the earlier."""
    found = {at: (up, down) for at, up, down in known.rows()}
    found |= {at: (up, down) for at, up, down in given.rows()}
    whole = Readings()
    for at in sorted(found):
        whole.add(at, *found[at])
    return whole


def keep_days(
    connection: Connection,
    days: dict[date, Readings],
    file: CsvUpload,
    *,
    by: User,
    at: datetime,
) -> None:
    """Store the file as it came, and each of its days in place of what was known."""
    document = store_document(
        file.content,
        kind=Document.Kind.READINGS,
        name=file.name,
        content_type="text/csv",
        thread=connection.thread,
        by=by,
        at=at,
        virus_check=file.virus_check,
    )
    UsageDay.objects.bulk_create(
        [
            UsageDay(
                connection=connection, day=day, readings=pack(found), file=document
            )
            for day, found in days.items()
        ],
        update_conflicts=True,
        unique_fields=["connection", "day"],
        update_fields=["readings", "file"],
    )


def say_kept(
    connection: Connection, given: Readings, corrected: int, *, by: User, at: datetime
) -> None:
    first, last = (uk_time(moment) for moment in (given.first_at, given.last_at))
    what = f"{len(given):,} readings of the use added, {first} to {last}"
    why = f"{corrected:,} of them put right what was said before" if corrected else ""
    record_event(connection, "add_readings", by=by, at=at, what=what, why=why)


def days_between(
    connection: Connection, first: date, last: date
) -> dict[date, Readings]:
    """Return the readings that are known of UK days, both inside, by day."""
    rows = connection.usage_days.between(first, last)
    return {row.day: unpack(bytes(row.readings)) for row in rows}
