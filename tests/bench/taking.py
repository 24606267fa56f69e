"""How long files of many lines take to be checked and taken over."""

import time

import time_machine
from django.core.management import call_command

from connections.models import Connection
from takeover.commands import confirm_file, take_over_file
from takeover.states import FileKind, FileState
from tests.cast import NOW
from tests.factories.parties import StaffFactory
from tests.takeover import files
from worklist.models import WorkItem

PARTIES = 50


def measured(lines):
    """Yield what was found of files with so many connections and orders, in words."""
    call_command("migrate", verbosity=0)
    by = StaffFactory()
    for kind, rows in each_file(lines):
        yield from timed(kind, rows, by)
    yield (
        f"Taking over: {Connection.objects.count():,} connections, "
        f"{WorkItem.objects.open().count():,} things owed"
    )


def timed(kind, rows, by):
    """Yield how long one file took; its lines are of the day of the cast."""
    text = files.table(kind, *rows)
    with time_machine.travel(NOW):
        began, process = time.perf_counter(), time.process_time()
        row = files.handed_in(kind, text, by)
        checked = time.perf_counter()
        assert row.state == FileState.READY, row.faults[:5]
        confirm_file(row.pk, by=by)
        assert take_over_file(row.pk).done_at
        whole, process = time.perf_counter() - began, time.process_time() - process
    yield (
        f"Taking over: {len(rows):,} {FileKind(kind).label.lower()} in {whole:.1f} s, "
        f"{process:.1f} s of it the process’s own, {checked - began:.1f} s the check"
    )


def each_file(lines):
    """Yield kinds of files with their lines, spread over some Parties."""
    numbers = range(PARTIES)
    of = {n: f"SEC-{n:03}" for n in numbers}
    mail = {n: f"helen@party-{n}.example" for n in numbers}
    yield (
        "parties",
        [{"Reference": of[n], "Name": f"Party {n} of the bench"} for n in numbers],
    )
    yield "people", [{"Party": of[n], "E-mail": mail[n]} for n in numbers]
    yield (
        "sites",
        [
            {"Reference": f"DC-{n}", "Party": of[n % PARTIES], "Name": f"Hall {n}"}
            for n in range(lines)
        ],
    )

    def line(number):
        of_party = number % PARTIES
        return {
            "Party": of[of_party],
            "Data centre": f"DC-{number}",
            "Ordered by": mail[of_party],
        }

    for kind, base in (
        ("connections", files.CONNECTION),
        ("orders", files.ORDER | files.SURVEY),
    ):
        rows = [
            base | line(n) | {"Reference": f"{base['Reference']}-{n}"}
            for n in range(lines)
        ]
        if kind == "orders":
            rows = [
                one | {"Authorised by": one["Ordered by"], "State": "survey booked"}
                for one in rows
            ]
        yield kind, rows
