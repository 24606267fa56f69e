"""Lines about Parties, people and premises, held against the register."""

from collections.abc import Iterator
from datetime import date

from common.csv_file import LineFault
from common.lines import look
from parties.models import DataCentre, Party, User
from takeover.check.known import KnownRows
from takeover.columns import short
from takeover.tables import (
    EMAIL,
    NAME,
    NOMINATED_FOR,
    NOMINATED_FROM,
    NOMINATED_UNTIL,
    PARTY,
    STANDING,
    STANDING_FROM,
    STANDING_UNTIL,
    ReadLine,
)


def no_party(line: ReadLine) -> LineFault:
    why = f"no Party is known as {short(line[PARTY])}. Take the Parties over first."
    return LineFault(line.number, PARTY, why)


def faults_of_days(
    line: ReadLine, what: str, from_head: str, until_head: str
) -> Iterator[LineFault]:
    """Yield that something has no first day, ends before it begins, or has days alone.

    Args:
        what: the column without which there are no days.
    """
    begins, ends = line[from_head], line[until_head]
    if line[what] and begins is None:
        yield LineFault(line.number, from_head, "it is empty: say since when.")
    elif not line[what] and (begins or ends):
        yield LineFault(line.number, what, "it is empty, and its days are not.")
    elif begins and ends and ends < begins:
        yield LineFault(line.number, until_head, "it is before the first day.")


def faults_of_parties(
    lines: list[ReadLine], known: KnownRows, today: date
) -> Iterator[LineFault]:
    """Yield what is wrong with lines about Parties. Source: R-2.2-1."""
    rows = Party.objects.values_list("name_look", "reference")
    registered, named = dict(rows), dict[str, int]()
    for line in lines:
        name = look(line[NAME])
        earlier = named.setdefault(name, line.number)
        if name in registered:
            why = f"{short(line[NAME])} is in the register as {registered[name]}."
            yield LineFault(line.number, NAME, why)
        elif earlier != line.number:
            yield LineFault(line.number, NAME, f"line {earlier} has this name too.")
        yield from faults_of_days(line, STANDING, STANDING_FROM, STANDING_UNTIL)


def faults_of_people(
    lines: list[ReadLine], known: KnownRows, today: date
) -> Iterator[LineFault]:
    """Yield what is wrong with lines about contacts. Source: R-2.2-6."""
    emails = {line[EMAIL] for line in lines}
    there = User.objects.filter(email__in=emails).values_list("email", flat=True)
    registered = set(there)
    for line in lines:
        if known.party(line) is None:
            yield no_party(line)
        if line[EMAIL] in registered:
            why = "somebody of the register signs in with it already."
            yield LineFault(line.number, EMAIL, why)
        yield from faults_of_days(line, NOMINATED_FOR, NOMINATED_FROM, NOMINATED_UNTIL)


def faults_of_sites(
    lines: list[ReadLine], known: KnownRows, today: date
) -> Iterator[LineFault]:
    """Yield what is wrong with lines about data centres. Source: R-2.3-4."""
    registered = set(DataCentre.objects.values_list("party", "name_look"))
    named: dict[tuple[int, str], int] = {}
    for line in lines:
        party = known.party(line)
        if party is None:
            yield no_party(line)
            continue
        name = (party.pk, look(line[NAME]))
        earlier = named.setdefault(name, line.number)
        if name in registered:
            why = f"{party} has a data centre {short(line[NAME])} already."
            yield LineFault(line.number, NAME, why)
        elif earlier != line.number:
            yield LineFault(line.number, NAME, f"line {earlier} is this one already.")
