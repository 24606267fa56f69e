"""A whole file, held against what the portal holds and against itself."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from common.csv_file import LineFault
from common.lines import look
from common.wording import day_words
from takeover.check import contracts, orders, register
from takeover.check.known import KnownRows
from takeover.columns import short
from takeover.models import TakenLine
from takeover.states import FileKind
from takeover.tables import NOUNS, ReadLine, read_file

# Takes the new lines, what they refer to and the UK day; yields what is wrong.
Check = Callable[[list[ReadLine], KnownRows, date], Iterator[LineFault]]
CHECKS: Mapping[str, Check] = {
    FileKind.PARTIES: register.faults_of_parties,
    FileKind.PEOPLE: register.faults_of_people,
    FileKind.SITES: register.faults_of_sites,
    FileKind.CONNECTIONS: contracts.faults_of_connections,
    FileKind.ORDERS: orders.faults_of_orders,
}


@dataclass
class FileChecked:
    """What a file comes to.

    Args:
        same: how many of its lines were taken over before, and say the same.
    """

    known: KnownRows
    new: list[ReadLine] = field(default_factory=list)
    same: int = 0
    faults: list[LineFault] = field(default_factory=list)


def checked_file(kind: str, text: str, *, today: date) -> FileChecked:
    """Return what a file comes to on a UK day, each line held against all others.

    Raises:
        TableWrong: it is no such table, or has too many lines.

    That a line is known by its reference is our own rule.
    """
    read = read_file(kind, text)
    before = taken_before(kind)
    twice = dict(said_twice(read.references))
    new, same = [], 0
    faults = [*read.faults, *faults_of_twice(kind, twice)]
    for line in read.lines:
        if line.number in twice:
            continue
        known = before.get(look(line.reference))
        found = list(faults_of_known(line, known)) if known else []
        faults += found
        if known and not found:
            same += 1
        elif not found:
            new.append(line)
    rows = KnownRows(new)
    faults += CHECKS[kind](new, rows, today)
    faults.sort(key=lambda fault: fault.number)
    return FileChecked(rows, new, same, faults)


def taken_before(kind: str) -> dict[str, TakenLine]:
    rows = TakenLine.objects.filter(kind=kind).select_related("file")
    return {row.reference_look: row for row in rows}


def said_twice(references: Iterable[tuple[str, int]]) -> Iterator[tuple[int, int]]:
    """Yield each line whose reference an earlier one bears, and that one's number."""
    first: dict[str, int] = {}
    for reference, number in references:
        earlier = first.setdefault(look(reference), number)
        if earlier != number:
            yield number, earlier


def faults_of_twice(kind: str, twice: Mapping[int, int]) -> Iterable[LineFault]:
    noun, key = NOUNS[FileKind(kind)]
    for number, earlier in twice.items():
        yield LineFault(number, key, f"line {earlier} is this {noun} already.")


def faults_of_known(line: ReadLine, known: TakenLine) -> Iterable[LineFault]:
    """Yield what a line says otherwise than when it was taken over."""
    taken_on = day_words(known.file.done_at or known.file.at)
    for head, text in line.cells.items():
        was = known.cells.get(head, "")
        if was == text:
            continue
        why = (
            f"it was taken over as {short(was)} on {taken_on}, and is {known.thread} "
            "since. What is taken over is changed in the portal, not by a file."
        )
        yield LineFault(line.number, head, why)
