"""Files that are taken over: one of each kind, which belong together.

They tell of 3 March 2026, the day of the cast.
"""

import csv
import io

from common.files import CsvUpload
from takeover.commands import check_file, confirm_file, hand_in_file, take_over_file
from takeover.tables import COLUMNS

PARTY = {"Reference": "SEC-017", "Name": "Fenland Power"}
PERSON = {"Party": "SEC-017", "E-mail": "helen@fenland.example", "Name": "Helen Marsh"}
SITE = {"Reference": "DC-31", "Party": "SEC-017", "Name": "Thornby Park"}
OF_ONE = {
    "Party": "SEC-017",
    "Data centre": "DC-31",
    "Ordered by": "helen@fenland.example",
    "Ordered as": "SEC Party",
    "Type": "HV",
    "Rating": "20",
    "Minimum period": "1",
}
CONNECTION = {
    "Reference": "GW-0042",
    **OF_ONE,
    "Ordered on": "2023-05-01",
    "Completed on": "2023-08-14",
    "In service on": "2023-08-20",
    "Renewal charge": "4100.00",
}
ORDER = {"Reference": "REQ-118", **OF_ONE, "Ordered on": "2026-02-02"}
ACCEPTED = {"State": "accepted", "Accepted on": "2026-02-26"}
QUOTED = {
    "State": "quoted",
    "Accepted on": "2026-02-04",
    "Quoted on": "2026-02-10",
    "Quotation received on": "2026-02-11",
}
AUTHORISED = {
    **QUOTED,
    "State": "authorised",
    "Authorised on": "2026-02-20",
    "Authorised by": "helen@fenland.example",
}
SURVEY = {
    **AUTHORISED,
    "State": "survey booked",
    "Quotation is": "indicative",
    "Access agreed on": "2026-02-24",
    "Next visit on": "2026-03-24",
    "Who comes": "Gamma surveyor",
}
INSTALLATION = {**SURVEY, "State": "installation", "Quotation is": "firm"}
# What a line leaves empty before its state has come.
LATER = {
    "submitted": ("Accepted on", "Quoted on", "Quotation received on"),
    "accepted": ("Quoted on", "Quotation received on"),
}


def line(kind, **says):
    """Return a line as the template has it, with what it says otherwise."""
    example = {column.head: column.example for column in COLUMNS[kind]}
    for head in LATER.get(says.get("State"), ()):
        example[head] = ""
    return example | says


def table(kind, *lines):
    written = io.StringIO()
    rows = [line(kind, **one) for one in lines]
    writer = csv.DictWriter(written, rows[0])
    writer.writeheader()
    writer.writerows(rows)
    return written.getvalue()


def handed_in(kind, text, by):
    file = CsvUpload(text.encode(), f"{kind}.csv", "", text)
    return check_file(hand_in_file(kind, file, by=by).pk)


def taken_over(kind, *lines, by):
    row = handed_in(kind, table(kind, *lines), by)
    assert row.faults == []
    confirm_file(row.pk, by=by)
    return take_over_file(row.pk)


def faults_of(kind, by, *lines):
    """Return the lines and columns at which something is wrong."""
    found = handed_in(kind, table(kind, *lines), by)
    return [(number, column) for number, column, _ in found.faults]
