"""Forms on paper that were put right: one keyed in for the wrong Party, one refused."""

from typing import Any

from common.files import Upload
from common.pdf import PrintedPaper, fingerprint, render_pdf, stylesheet
from dccportal.demo.people import BRIGHTMOOR, FENLAND, GRACE, HELEN, PRIYA
from dccportal.demo.sites import PDF
from dccportal.demo.world import World
from orders import commands as orders
from orders.models import ConnectionRequest, RefusedForm
from orders.states import Channel, ConnectionType
from parties.models import Party
from quotes.commands.picture import owe_pictures
from records.unit import unit

FORM = """<!DOCTYPE html><html lang="en-GB"><head><title>Request form</title></head>
<body><main><h1>Connection Request Form</h1><p>Fenland Power Ltd asks for HV of 20 Mbps.
</p><p>Helen Marsh. All of it is made up for the trial.</p></main></body></html>"""


def form_on_paper(world: World) -> Upload:
    paper = PrintedPaper(FORM, stylesheet("quote"))
    content = render_pdf(
        lambda _pages: paper, identifier=fingerprint({}), day=world.today
    )
    return Upload(content, "Request form.pdf", PDF, "not_scanned", pages=1)


def taken_in(world: World, party: str, sender: str, days: int) -> Any:
    return orders.key_in_request(
        Party.objects.get(name=party).pk,
        by=world.people[GRACE],
        channel=Channel.EMAIL,
        sender_email=sender,
        received_at=world.days_ago(days, 9),
        form=form_on_paper(world),
        at=world.days_ago(days, 11),
    )


def moved(world: World) -> None:
    """It names Fenland, but was keyed in for another Party and its contact."""
    first = taken_in(world, BRIGHTMOOR.name, PRIYA, days=2)
    by, at = world.people[GRACE], world.days_ago(1, 10)
    what = {"connection_type": ConnectionType.HV, "hv_rating_mbps": 20}
    orders.save_answers(first.pk, by=by, answers=what, at=world.days_ago(2, 11))
    right = Party.objects.get(name=FENLAND.name)
    why = "The form names Fenland; the line above it in the list was chosen"
    with unit():
        order: ConnectionRequest = orders.move_keyed_form(
            first.pk, by=by, party_id=right.pk, sender_email=HELEN, why=why, at=at
        )
        owe_pictures(order)


def after_all(world: World) -> None:
    """It was turned away for a slip in the address of its sender, then taken."""
    slip = HELEN.replace("marsh", "mash")
    refused: RefusedForm = taken_in(world, FENLAND.name, slip, days=3)
    with unit():
        order = orders.key_in_refused(
            refused.pk,
            by=world.people[GRACE],
            party_id=refused.party_id,
            sender_email=HELEN,
            why="A letter of the address was left out when it was typed",
            at=world.days_ago(2, 12),
        )
        owe_pictures(order)


STORIES = (moved, after_all)
