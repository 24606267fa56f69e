"""How people get into the sites of the demonstration. All of it is made up."""

from datetime import datetime, time
from typing import Any

from orders.models import ConnectionRequest
from parties.models import DataCentre, User
from sites.commands import confirm_passport, settle_access_item, write_passport
from sites.models import AccessItem, SitePassport
from sites.states import RamsWanted, SiteDays

USUAL: dict[str, Any] = {
    "days": SiteDays.WORKING,
    "opens_at": time(7),
    "closes_at": time(18),
    "notice_working_days": 3,
    "notice_says": "Names and number plates",
    "own_documents": "Visitor permit",
    "rams": RamsWanted.STANDARD,
    "identity": "Passport or driving licence, for each engineer",
    "induction": "20 minutes on the first visit, good for 12 months",
    "parking": "Bay 3 behind the building, height limit 2.1 m",
    "escort": "Always, from the gate",
    "first_contact": "The control room",
    "first_phone": "01632 960155",
    "rack": "Units 30 to 33",
    "power": "Two sockets, feeds A and B",
}
ARRIVES = {"arrive_by": time(8, 30)}
BECAUSE = "The escort has other duties from 9am."


def tell(order: ConnectionRequest, by: User, at: datetime) -> None:
    """Say for an order how people get in: written first, then corrected, then right."""
    site = DataCentre.objects.get(orders=order)
    last = SitePassport.objects.of_site(site.pk).first()
    facts = {**USUAL, "owner": site.owner or str(site.party)}
    if last is None:
        write_passport(order.pk, by=by, facts=facts, at=at)
    elif last.number == 1:
        changed = {**facts, **ARRIVES}
        write_passport(order.pk, by=by, facts=changed, based_on=1, why=BECAUSE, at=at)
    else:
        confirm_passport(order.pk, by=by, number=last.number, at=at)


def settle(order: ConnectionRequest, by: User, at: datetime) -> None:
    """Say of all that the site asks for that it is there."""
    for item in AccessItem.objects.filter(order=order).open():
        settle_access_item(item.pk, by=by, note="The site has it.", at=at)
