"""What the desk puts right besides: a form set aside, an answer, e-mails held back."""

import csv
import io

from common.files import CsvUpload
from dccportal.demo.keyed import taken_in
from dccportal.demo.people import FENLAND, GRACE, HELEN, PRIYA
from dccportal.demo.world import World
from orders import commands as orders
from orders.commands import Said
from orders.models import ConnectionRequest
from orders.models.corrections import Corrections
from quotes import commands as quotes
from records.behalf import How
from records.commands.pause import let_mail_go, pause_mail
from takeover.commands import check_file, hand_in_file
from takeover.states import FileKind
from takeover.tables import COLUMNS

# Whose form was accepted and reviewed before its contact rang.
CORRECTED = "BME-KW-03"


def held_back(world: World) -> None:
    """E-mails waited for an hour of a morning, and then went. A trial sends its own."""
    by = world.operator
    why = "The mail server was moved to another machine"
    pause_mail(by=by, why=why, at=world.days_ago(6, 7))
    let_mail_go(by=by, at=world.days_ago(6, 8))


def set_aside(world: World) -> None:
    """A form that was sent, and keyed in, twice."""
    order = taken_in(world, FENLAND.name, HELEN, days=4)
    why = "The same form came twice, with the same reference"
    orders.set_keyed_form_aside(
        order.pk, by=world.people[GRACE], why=why, at=world.days_ago(4, 15)
    )


def corrected(world: World) -> None:
    """An answer of an accepted form that nothing rests on."""
    order = ConnectionRequest.objects.get(customer_reference=CORRECTED)
    quotes.correct_form(
        order.pk,
        by=world.people[GRACE],
        said=Said(world.people[PRIYA].pk, How.PHONE, world.working_days_ago(1, 15)),
        corrections=Corrections({"landlord": "Kelham Estates Ltd"}),
        reason="The building was sold",
        at=world.working_days_ago(1, 16),
    )


def checked_file(world: World) -> None:
    """A file of Parties to take over, with a line that cannot be taken as it is."""
    at = world.days_ago(1, 14)
    file = hand_in_file(FileKind.PARTIES, parties_to_come(), by=world.operator, at=at)
    check_file(file.pk, at=at)


def parties_to_come() -> CsvUpload:
    """Return the template's own line, and one whose SEC Party has no name."""
    columns = COLUMNS[FileKind.PARTIES]
    whole = {column.head: column.example for column in columns}
    whole |= {"Reference": "SEC-118", "Name": "Teasel Energy Ltd"}
    table = io.StringIO()
    lines = csv.DictWriter(table, whole)
    lines.writeheader()
    lines.writerows([whole, {**whole, "Reference": "SEC-119", "Name": ""}])
    text = table.getvalue()
    return CsvUpload(text.encode(), "Parties to come.csv", "not_scanned", text)


STORIES = (held_back, set_aside, corrected, checked_file)
