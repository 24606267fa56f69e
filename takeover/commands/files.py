"""A file on its way: handed in, checked by a worker, confirmed, and taken over."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime

from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from common.clock import uk_date
from common.csv_file import LineFault, pieces
from common.csv_table import TableWrong
from common.files import CsvUpload
from parties.models import User
from records.commands import owe, store_document
from records.jobs import job
from records.models import Document
from records.states import JobQueue
from records.transitions import record_event
from records.unit import command, told_each
from takeover import policies
from takeover.check import FileChecked, checked_file
from takeover.commands.contracts import write_connections
from takeover.commands.orders import write_orders
from takeover.commands.register import write_parties, write_people, write_sites
from takeover.commands.taking import Taking
from takeover.errors import FileHasFaults, FileIsOver, FileNotChecked
from takeover.models import TakenFile
from takeover.states import FileKind, FileState
from takeover.tables import ReadLine

WRITERS: Mapping[str, Callable[[list[ReadLine], Taking], None]] = {
    FileKind.PARTIES: write_parties,
    FileKind.PEOPLE: write_people,
    FileKind.SITES: write_sites,
    FileKind.CONNECTIONS: write_connections,
    FileKind.ORDERS: write_orders,
}
# Lines that are written at once, so that memory stays flat and progress is seen.
AT_ONCE = 250
MOST_FAULTS_KEPT = 1000
SECONDS_PROGRESS_IS_KEPT = 3600


@command
def hand_in_file(
    kind: str, file: CsvUpload, *, by: User, at: datetime | None = None
) -> TakenFile:
    """Keep a file and have a worker check it; nothing of it is taken over by that.

    Raises:
        PermissionDenied: `by` is not DCC Operations.
    """
    if not policies.may_take_over(None, by):
        raise PermissionDenied
    at = at or timezone.now()
    row: TakenFile = TakenFile.objects.create(
        kind=kind,
        document=store_document(
            file.content,
            kind=Document.Kind.TAKEN_OVER,
            name=file.name,
            content_type="text/csv",
            # It may be about many Parties, so that none of them owns it.
            thread="TAKE-OVER",
            by=by,
            at=at,
            virus_check=file.virus_check,
        ),
        by=by,
        at=at,
    )
    what = f"{row.get_kind_display()}: file {row} handed in"
    record_event(row, "hand_in_file", by=by, at=at, what=what, is_public=False)
    owe(check_file, row.pk, about=str(row))
    return row


@job("Check of a file to take over", queue=JobQueue.DOCUMENTS)
def check_file(file_id: int, *, at: datetime | None = None) -> TakenFile:
    """Find out what a file comes to, and keep that. Safe to repeat."""
    at = at or timezone.now()
    row = TakenFile.objects.select_related("document").get(pk=file_id)
    return keep_check(row.pk, found_in(row, at), at)


def found_in(row: TakenFile, at: datetime) -> FileChecked | TableWrong:
    try:
        return checked_file(row.kind, text_of(row), today=uk_date(at))
    except TableWrong as refusal:
        return refusal


def text_of(row: TakenFile) -> str:
    with row.document.file.open() as stored:
        content: bytes = stored.read()
    return content.decode("utf-8-sig")


@command
def keep_check(
    file_id: int, found: FileChecked | TableWrong, at: datetime
) -> TakenFile:
    """Keep what was found in a file, unless it is taken over meanwhile."""
    row: TakenFile = TakenFile.objects.select_for_update().get(pk=file_id)
    if row.done_at is not None:
        return row
    faults = [LineFault(1, "", str(found))] if isinstance(found, TableWrong) else []
    if isinstance(found, FileChecked):
        faults, row.new, row.same = found.faults, len(found.new), found.same
    row.fault_count = len(faults)
    row.faults = [
        [fault.number, fault.column, fault.why] for fault in faults[:MOST_FAULTS_KEPT]
    ]
    row.checked_at = at
    if faults:
        row.confirmed_at = row.confirmed_by = None
    row.save()
    return row


@command
def confirm_file(file_id: int, *, by: User, at: datetime | None = None) -> TakenFile:
    """Have a worker take over what a file was found to come to, all or nothing.

    Raises:
        FileNotChecked: nobody knows yet what it comes to.
        FileHasFaults: something in it is wrong.
        FileIsOver: it was confirmed before.
        PermissionDenied: `by` is not DCC Operations.
    """
    if not policies.may_take_over(None, by):
        raise PermissionDenied
    at = at or timezone.now()
    row: TakenFile = TakenFile.objects.select_for_update().get(pk=file_id)
    if row.state == FileState.CHECKING:
        raise FileNotChecked(file=row)
    if row.state == FileState.FAULTY:
        raise FileHasFaults(file=row, first="Mend what its page names, and send it.")
    if row.state != FileState.READY:
        raise FileIsOver(file=row)
    row.confirmed_at, row.confirmed_by = at, by
    row.save()
    what = f"{row.get_kind_display()}: {row.new} lines of {row} to be taken over"
    record_event(row, "confirm_file", by=by, at=at, what=what, is_public=False)
    owe(take_over_file, row.pk, about=str(row))
    return row


@command
def put_back_file(file_id: int, _why: str) -> None:
    """Let a file be confirmed anew, once staff have given its job up."""
    rows = TakenFile.objects.filter(pk=file_id, done_at=None)
    rows.update(confirmed_at=None, confirmed_by=None)


@job("Taking over a file", queue=JobQueue.DOCUMENTS, given_up=put_back_file)
def take_over_file(file_id: int, *, at: datetime | None = None) -> TakenFile:
    """Take over all new lines of a confirmed file, or none. Safe to repeat and to race.

    It is checked again first, since the register may have changed; what is then wrong
    stands on its page. Nobody is written to about what is past.

    Source: R-1-1, R-2.5-1, R-2.5-4, R-2.9.1-6.
    """
    at = at or timezone.now()
    with told_each():
        row: TakenFile = TakenFile.objects.select_for_update().get(pk=file_id)
        if row.state != FileState.WRITING or row.confirmed_by is None:
            return row
        found = checked_file(row.kind, text_of(row), today=uk_date(at))
        if not found.faults:
            write_all(found.new, Taking(row, row.confirmed_by, at, found.known))
            return keep_done(row, found, at)
    return keep_check(row.pk, found, at)


def write_all(lines: Iterable[ReadLine], taking: Taking) -> None:
    """Write lines in pieces, each of them a unit of its own, and say how far it is."""
    done = 0
    for piece in pieces(iter(lines), AT_ONCE):
        write_piece(piece, taking)
        done += len(piece)
        key = progress_key(taking.file.pk)
        cache.set(key, done, SECONDS_PROGRESS_IS_KEPT)


@command
def write_piece(lines: list[ReadLine], taking: Taking) -> None:
    """Write some lines; what is owed about them follows when they are written."""
    WRITERS[taking.file.kind](lines, taking)


@command
def keep_done(row: TakenFile, found: FileChecked, at: datetime) -> TakenFile:
    """Keep that a file is taken over, at `at` (aware), and how much of it was new."""
    row.new, row.same, row.done_at = len(found.new), found.same, at
    row.save()
    what = f"{row.get_kind_display()}: {row.new} lines of {row} taken over"
    by = row.confirmed_by
    record_event(row, "take_over_file", by=by, at=at, what=what, is_public=False)
    return row


def progress_key(file_id: int) -> str:
    return f"takeover:{file_id}"


def progress_of(row: TakenFile) -> int:
    """Return how many lines of a file are written so far; all are kept, or none."""
    return int(cache.get(progress_key(row.pk)) or 0)
