"""Who shares a connection, linked with the register once it is in it."""

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.utils import timezone

from common.lines import look
from orders import emails
from orders.errors import SharerIsOwner, SharerTaken
from orders.models import ConnectionRequest, Sharer
from parties.models import Party, User
from parties.policies import is_desk
from records.transitions import record_event
from records.unit import command


@command
def link_sharers_called(
    name: str, *, party_id: int, by: User, at: datetime
) -> list[Sharer]:
    """Link those that were named so before that organisation was in the register.

    Args:
        name: of the organisation, or the e-mail address of a person of it.

    Source: R-2.3-1, R-2.1.1-2.
    """
    named = Sharer.objects.filter(party=None, name_look=look(name))
    waiting = named.exclude(order__party=party_id).order_by("order_id", "pk")
    return [
        link(pk, party_id, by=by, at=at)
        for pk in waiting.values_list("pk", flat=True)
        if not is_listed(pk, party_id)
    ]


@command
def link_sharer(
    sharer_id: int, *, party_id: int, by: User, at: datetime | None = None
) -> Sharer:
    """Link one by hand, whatever it was called; a new link corrects an earlier one.

    Its people then see that they share the connection and its state, and no charges.

    Raises:
        SharerIsOwner: the organisation orders the connection itself.
        SharerTaken: it is on the list of this order already.
        PermissionDenied: `by` is not of the desk.

    Source: R-2.3-1, R-2.3-3.
    """
    if not is_desk(by):
        raise PermissionDenied
    sharer = Sharer.objects.select_related("order__party").get(pk=sharer_id)
    party = Party.objects.get(pk=party_id)
    if sharer.order.party_id == party_id:
        raise SharerIsOwner(party=party)
    if is_listed(sharer_id, party_id):
        raise SharerTaken(name=party, order=sharer.order)
    return link(sharer_id, party_id, by=by, at=at or timezone.now())


def is_listed(sharer_id: int, party_id: int) -> bool:
    """Say whether another entry of the same days is that organisation."""
    sharer = Sharer.objects.get(pk=sharer_id)
    same = Sharer.objects.filter(order=sharer.order_id, party=party_id)
    at_once = same.during(sharer.from_on, sharer.until_on)
    return at_once.exclude(pk=sharer_id).exists()


def link(sharer_id: int, party_id: int, *, by: User, at: datetime) -> Sharer:
    order = ConnectionRequest.objects.locked().get(sharers=sharer_id)
    sharer: Sharer = order.sharers.get(pk=sharer_id)
    sharer.party = Party.objects.get(pk=party_id)
    sharer.save(update_fields=["party"])
    what = f"{sharer}, which shares the connection, is now in the register"
    if sharer.party.name != sharer.name:
        what = f"{what} as {sharer.party}"
    record_event(order, "link_sharer", by=by, at=at, what=what)
    emails.sharer_linked(sharer, at)
    return sharer
