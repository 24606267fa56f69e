"""What a colleague who is away owns goes to another, or to nobody."""

from datetime import datetime

from django.core.exceptions import PermissionDenied

from orders.commands.check import assigned
from orders.commands.enquire import enquiries_assigned
from orders.models import ConnectionRequest, Enquiry
from parties.models import User
from parties.policies import is_desk
from records.unit import command


@command
def give_away_orders(of_id: int, *, to_id: int | None, by: User, at: datetime) -> None:
    """Assign the orders in progress of somebody who is away. No Party is told."""
    if not is_desk(by):
        raise PermissionDenied
    theirs = ConnectionRequest.objects.locked().in_progress().filter(owner=of_id)
    assigned(list(theirs.order_by("pk")), of_id, to_id, by=by, at=at)


@command
def give_away_enquiries(
    of_id: int, *, to_id: int | None, by: User, at: datetime
) -> None:
    """Assign the enquiries of somebody who is away that wait. No Party is told."""
    if not is_desk(by):
        raise PermissionDenied
    theirs = Enquiry.objects.locked().waiting().filter(owner=of_id)
    enquiries_assigned(list(theirs.order_by("pk")), of_id, to_id, by=by, at=at)


@command
def give_away_nothing(of_id: int, *, to_id: int | None, by: User, at: datetime) -> None:
    """Leave Parties as they are: nobody owns one, only single things that it owes."""
