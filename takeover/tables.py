"""The files that can be taken over: their columns, and how their lines are read. Pure.

The template of a file and its description on the page are made of the same columns.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from common.csv_file import LineFault
from common.csv_table import TableKind, TableLine, read_table
from orders.states import ConnectionType, Route, Use
from parties.states import Purpose, Standing
from quotes.states import Basis
from takeover.columns import (
    FileColumn,
    day,
    email,
    one_of,
    postcode,
    pounds,
    some_of,
    whole,
    words,
    yes_or_no,
)
from takeover.states import FileKind, Stage

MOST_LINES = 20_000
LONGEST = 8_000_000

REFERENCE, PARTY, NAME, EMAIL, PHONE = (
    "Reference",
    "Party",
    "Name",
    "E-mail",
    "Phone",
)
STANDING, STANDING_FROM, STANDING_UNTIL, ADDRESS = (
    "Standing",
    "Standing from",
    "Standing until",
    "Address",
)
NOMINATED_FOR, NOMINATED_FROM, NOMINATED_UNTIL = (
    "Nominated for",
    "Nominated from",
    "Nominated until",
)
STREET, TOWN, POSTCODE, OWNER = ("Street", "Town", "Postcode", "Owner")
SITE, BY, ROUTE, TYPE, RATING, PERIOD, USES, ONLY_REGISTRATION = (
    "Data centre",
    "Ordered by",
    "Ordered as",
    "Type",
    "Rating",
    "Minimum period",
    "Used for",
    "Only registration data",
)
CONNECTION_CHARGE, NEW_LINE, ANNUAL = (
    "Connection charge",
    "New telephone line",
    "Annual charge",
)
ORDERED_ON, COMPLETED_ON, SERVICE_ON = ("Ordered on", "Completed on", "In service on")
NOTICE_ON, RENEWAL_CHARGE = ("Renewal notice sent on", "Renewal charge")
STAGE, ACCEPTED_ON, QUOTED_ON, RECEIVED_ON, BASIS, DELIVERY_ON = (
    "State",
    "Accepted on",
    "Quoted on",
    "Quotation received on",
    "Quotation is",
    "Delivery estimated for",
)
AUTHORISED_ON, AUTHORISED_BY, ACCESS_ON, VISIT_ON, VISITOR = (
    "Authorised on",
    "Authorised by",
    "Access agreed on",
    "Next visit on",
    "Who comes",
)
TECHNICAL, TECHNICAL_EMAIL, TECHNICAL_PHONE, SITE_CONTACT, SITE_PHONE, SOCKETS = (
    "Technical contact",
    "Technical contact e-mail",
    "Technical contact phone",
    "Site contact",
    "Site contact phone",
    "Power sockets",
)

STANDINGS = {
    "SEC Party": [Standing.SEC_PARTY],
    "RDP": [Standing.RDP],
    "SEC Party and RDP": [Standing.SEC_PARTY, Standing.RDP],
}
PURPOSES = {
    "submit": Purpose.SUBMIT,
    "authorise": Purpose.AUTHORISE,
    "invoices": Purpose.BILLING,
}
ROUTES = {"SEC Party": Route.H15, "RDP": Route.E3}
TYPES = {"HV": ConnectionType.HV, "LV": ConnectionType.LV}
USE_WORDS = {
    "DUIS": Use.DUIS,
    "SSI": Use.SSI,
    "initial load": Use.REGISTRATION_LOAD,
    "registration changes": Use.REGISTRATION_CHANGES,
    "status flow": Use.STATUS_FLOW,
}
BASES = {"firm": Basis.FIRM, "indicative": Basis.INDICATIVE}
STAGES = {
    "submitted": Stage.SUBMITTED,
    "accepted": Stage.ACCEPTED,
    "quoted": Stage.QUOTED,
    "authorised": Stage.AUTHORISED,
    "survey booked": Stage.SURVEY,
    "installation": Stage.INSTALLATION,
}

OF_PARTY = "The Party, by its reference in the file of Parties or in this portal"
OPTIONAL = False

PARTIES = (
    FileColumn(REFERENCE, "What your list calls the Party", "SEC-017", words(60)),
    FileColumn(NAME, "Its name, once in the register", "Fenland Power", words(200)),
    FileColumn(
        STANDING,
        "SEC Party, RDP, SEC Party and RDP, or nothing",
        "SEC Party",
        one_of(STANDINGS),
        OPTIONAL,
    ),
    FileColumn(
        STANDING_FROM, "Since when, with a standing", "2015-01-26", day, OPTIONAL
    ),
    FileColumn(STANDING_UNTIL, "Its last day, if it is over", "", day, OPTIONAL),
    FileColumn(ADDRESS, "Where invoices go", "2 Dyke Road, Ely", words(400), OPTIONAL),
    FileColumn(PHONE, "Its phone", "01632 960100", words(40), OPTIONAL),
)
PEOPLE = (
    FileColumn(PARTY, OF_PARTY, "SEC-017", words(60)),
    FileColumn(EMAIL, "By which they sign in", "helen.marsh@fenland.example", email),
    FileColumn(NAME, "Their name", "Helen Marsh", words(150)),
    FileColumn(PHONE, "Their phone", "01632 960101", words(40), OPTIONAL),
    FileColumn(
        NOMINATED_FOR,
        "submit, authorise and invoices, with a semicolon between, or nothing",
        "submit; authorise",
        some_of(PURPOSES),
        OPTIONAL,
    ),
    FileColumn(NOMINATED_FROM, "Since when, with any", "2015-02-02", day, OPTIONAL),
    FileColumn(NOMINATED_UNTIL, "Their last day, if there is one", "", day, OPTIONAL),
)
SITES = (
    FileColumn(REFERENCE, "What your list calls the data centre", "DC-31", words(60)),
    FileColumn(PARTY, OF_PARTY, "SEC-017", words(60)),
    FileColumn(NAME, "As its Party calls it", "Thornby Park", words(100)),
    FileColumn(STREET, "Street and number", "14 Mill Lane", words(200)),
    FileColumn(TOWN, "Town", "Derby", words(100)),
    FileColumn(POSTCODE, "A full UK postcode", "DE21 7QX", postcode),
    FileColumn(OWNER, "Who owns it, if not the Party", "", words(200), OPTIONAL),
)
# What every line says of a connection, ordered or there already.
OF_A_CONNECTION = (
    FileColumn(PARTY, OF_PARTY, "SEC-017", words(60)),
    FileColumn(SITE, "Its data centre, by reference or name", "DC-31", words(100)),
    FileColumn(
        BY,
        "Who submitted the request: the e-mail of one of the Party’s contacts",
        "helen.marsh@fenland.example",
        email,
    ),
    FileColumn(
        ROUTE, "In which capacity: SEC Party or RDP", "SEC Party", one_of(ROUTES)
    ),
    FileColumn(TYPE, "HV or LV", "HV", one_of(TYPES)),
    FileColumn(RATING, "Mbps of an HV connection", "20", whole, OPTIONAL),
    FileColumn(
        PERIOD,
        "1 or 3 years, of a SEC Party’s",
        "3",
        one_of({"1": 1, "3": 3}),
        OPTIONAL,
    ),
    FileColumn(
        USES,
        "DUIS, SSI, initial load, registration changes, status flow; semicolons "
        "between",
        "DUIS; SSI",
        some_of(USE_WORDS),
        OPTIONAL,
    ),
    FileColumn(
        ONLY_REGISTRATION,
        "yes or no, of an RDP’s: whether it carries nothing else",
        "",
        yes_or_no,
        OPTIONAL,
    ),
)
CONTACTS = (
    FileColumn(TECHNICAL, "Its technical contact", "Ned Hall", words(150), OPTIONAL),
    FileColumn(TECHNICAL_EMAIL, "Their e-mail", "ned@fenland.example", email, OPTIONAL),
    FileColumn(TECHNICAL_PHONE, "Their phone", "01632 960102", words(40), OPTIONAL),
    FileColumn(
        SITE_CONTACT, "Whom engineers ask for", "Gate house", words(150), OPTIONAL
    ),
    FileColumn(SITE_PHONE, "Their phone", "01632 960103", words(40), OPTIONAL),
)
CONNECTIONS = (
    FileColumn(REFERENCE, "What your list calls the connection", "GW-0042", words(60)),
    *OF_A_CONNECTION,
    FileColumn(ORDERED_ON, "When the request came", "2024-02-01", day),
    FileColumn(
        COMPLETED_ON,
        "When installation was complete: years run from it",
        "2024-05-14",
        day,
    ),
    FileColumn(
        SERVICE_ON,
        "When its router was configured; nothing while that is still to do",
        "2024-05-20",
        day,
        OPTIONAL,
    ),
    FileColumn(CONNECTION_CHARGE, "Once, as quoted, without VAT", "3000.00", pounds),
    FileColumn(NEW_LINE, "Once, of a new line", "", pounds, OPTIONAL),
    FileColumn(ANNUAL, "A year costs now, without VAT; 0 if free", "4000.00", pounds),
    FileColumn(
        NOTICE_ON,
        "When the notice of the running period went, if it has",
        "",
        day,
        OPTIONAL,
    ),
    FileColumn(
        RENEWAL_CHARGE,
        "What a year costs from the renewal, if that is known",
        "",
        pounds,
        OPTIONAL,
    ),
    *CONTACTS,
)
ORDERS = (
    FileColumn(REFERENCE, "What your list calls the order", "REQ-118", words(60)),
    *OF_A_CONNECTION,
    FileColumn(STAGE, ", ".join(STAGES), "quoted", one_of(STAGES)),
    FileColumn(ORDERED_ON, "When the request came", "2026-02-02", day),
    FileColumn(ACCEPTED_ON, "When its form was accepted", "2026-02-04", day, OPTIONAL),
    FileColumn(QUOTED_ON, "When the quotation was issued", "2026-02-10", day, OPTIONAL),
    FileColumn(
        RECEIVED_ON,
        "When the quotation was received; its 30 days run from then",
        "2026-02-10",
        day,
        OPTIONAL,
    ),
    FileColumn(BASIS, "firm or indicative", "firm", one_of(BASES), OPTIONAL),
    FileColumn(
        CONNECTION_CHARGE, "As quoted, without VAT", "3000.00", pounds, OPTIONAL
    ),
    FileColumn(NEW_LINE, "As quoted, if any", "", pounds, OPTIONAL),
    FileColumn(ANNUAL, "A year, as quoted, without VAT", "4000.00", pounds, OPTIONAL),
    FileColumn(DELIVERY_ON, "As quoted", "2026-05-12", day, OPTIONAL),
    FileColumn(AUTHORISED_ON, "When authority to proceed came", "", day, OPTIONAL),
    FileColumn(
        AUTHORISED_BY,
        "Who gave it: the e-mail of a contact nominated for that on the day",
        "",
        email,
        OPTIONAL,
    ),
    FileColumn(
        ACCESS_ON, "When access to the site was agreed, if it was", "", day, OPTIONAL
    ),
    FileColumn(
        VISIT_ON,
        "The day of the survey, or of the next visit of the installation",
        "",
        day,
        OPTIONAL,
    ),
    FileColumn(VISITOR, "Who comes on that day", "", words(200), OPTIONAL),
    *CONTACTS,
    FileColumn(SOCKETS, "Free power sockets beside the rack", "4", whole, OPTIONAL),
)
COLUMNS: Mapping[str, tuple[FileColumn, ...]] = {
    FileKind.PARTIES: PARTIES,
    FileKind.PEOPLE: PEOPLE,
    FileKind.SITES: SITES,
    FileKind.CONNECTIONS: CONNECTIONS,
    FileKind.ORDERS: ORDERS,
}
# What one of the lines is, and by which column it is known.
NOUNS = {
    FileKind.PARTIES: ("Party", REFERENCE),
    FileKind.PEOPLE: ("contact", EMAIL),
    FileKind.SITES: ("data centre", REFERENCE),
    FileKind.CONNECTIONS: ("connection", REFERENCE),
    FileKind.ORDERS: ("order", REFERENCE),
}


@dataclass(frozen=True)
class ReadLine:
    """One line whose cells are well formed.

    Args:
        cells: as they were written, by head.
        facts: what they say, by head; None where one is empty.
    """

    number: int
    reference: str
    cells: Mapping[str, str]
    facts: Mapping[str, Any]

    def __getitem__(self, head: str) -> Any:
        return self.facts[head]


@dataclass
class LinesRead:
    """The lines of a file that are well formed, and what is wrong with the others.

    Args:
        references: by which each line is known that says so, whatever else is wrong
            with it, and the number of the line.
    """

    references: list[tuple[str, int]] = field(default_factory=list)
    lines: list[ReadLine] = field(default_factory=list)
    faults: list[LineFault] = field(default_factory=list)


def table_of(kind: str) -> TableKind:
    columns = COLUMNS[kind]
    needed = tuple(column.head for column in columns if column.is_needed)
    others = tuple(column.head for column in columns if not column.is_needed)
    noun, _ = NOUNS[FileKind(kind)]
    return TableKind(noun, needed, others, MOST_LINES, LONGEST)


def read_file(kind: str, text: str) -> LinesRead:
    """Return what the lines of a file say, and what is wrong, by line and column.

    Raises:
        TableWrong: it is no such table, or has too many lines.
    """
    read = LinesRead()
    _, key = NOUNS[FileKind(kind)]
    for line in read_table(text, table_of(kind)):
        facts: dict[str, Any] = {}
        faults = [*line.shape_faults(), *read_cells(line, COLUMNS[kind], facts)]
        read.faults += faults
        if key in facts:
            read.references.append((str(facts[key]), line.number))
        if not faults:
            known_by = str(facts[key])
            read.lines.append(ReadLine(line.number, known_by, line.cells, facts))
    return read


def read_cells(
    line: TableLine, columns: tuple[FileColumn, ...], facts: dict[str, Any]
) -> Iterator[LineFault]:
    """Put into `facts` what the cells of a line say; yield what is wrong with them."""
    for column in columns:
        try:
            facts[column.head] = column.value(line.cells.get(column.head, ""))
        except ValueError as fault:
            yield LineFault(line.number, column.head, str(fault))
