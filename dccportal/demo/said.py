"""What contacts told the desk by phone or e-mail, beside what they do here (T35)."""

from datetime import timedelta

from connections import commands as links
from connections.models import Session
from dccportal.demo.people import GRACE, PRIYA, TOM
from dccportal.demo.world import World
from orders import commands as orders
from orders.commands import Said
from orders.models import ConnectionRequest
from records.behalf import How


def dccki_followed(world: World) -> None:
    """By phone, of a session of the pair that has been in service since."""
    session = Session.objects.get(name="DUIS live")
    came = world.workday_ago(70, 11)
    links.record_dccki_day(
        session.pk,
        by=world.people[GRACE],
        said=Said(world.people[PRIYA].pk, How.PHONE, came),
        day=(came - timedelta(days=1)).date(),
    )


def places_changed(world: World) -> None:
    """By e-mail, of a pair whose forms are still being filled in."""
    first = ConnectionRequest.objects.get(customer_reference="BME-PR-1")
    said = Said(world.people[TOM].pk, How.EMAIL, world.days_ago(1, 9))
    orders.record_roles_swapped(first.pk, by=world.people[GRACE], said=said)


SAID_STORIES = (dccki_followed, places_changed)
