"""An organisation that came into the register after another had named it."""

from dccportal.demo.journey import Journey, Wish
from dccportal.demo.people import FENLAND_NETWORKS, GRACE, MARTIN
from dccportal.demo.world import World, load_organisation
from orders.states import REGISTRATION_USES, Route


def registered_later(world: World) -> None:
    """A form named it as sharer the day before; now it is linked and sees the order."""
    load_organisation(
        world,
        FENLAND_NETWORKS,
        world.today,
        by=world.people[GRACE],
        at=world.working_days_ago(0, 8),
    )


def asked_as_an_rdp(world: World) -> None:
    """It is SEC Party and RDP at once, and asks for its free LV as an RDP (T32)."""
    wish = Wish("cross", MARTIN, rating=0, period=0, uses=REGISTRATION_USES)
    wish.route, wish.reference = Route.E3, "FNL-LV-1"
    at = world.working_days_ago(0, 8, 30)
    Journey(world, wish, at).submitted(at)


LATER_STORIES = (registered_later, asked_as_an_rdp)
