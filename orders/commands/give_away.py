"""What a colleague who is away owns goes to another, or to nobody."""

from datetime import datetime

from orders.commands.check import assign_order
from orders.commands.enquire import assign_enquiry
from orders.models import ConnectionRequest, Enquiry
from parties.models import User
from records.unit import command


@command
def give_away_orders(of_id: int, *, to_id: int | None, by: User, at: datetime) -> None:
    """Assign the orders in progress of somebody who is away. No Party is told."""
    theirs = ConnectionRequest.objects.in_progress().filter(owner=of_id).order_by("pk")
    for pk in list(theirs.values_list("pk", flat=True)):
        assign_order(pk, by=by, owner_id=to_id, at=at)


@command
def give_away_enquiries(
    of_id: int, *, to_id: int | None, by: User, at: datetime
) -> None:
    """Assign the enquiries of somebody who is away that wait. No Party is told."""
    theirs = Enquiry.objects.waiting().filter(owner=of_id).order_by("pk")
    for pk in list(theirs.values_list("pk", flat=True)):
        assign_enquiry(pk, by=by, owner_id=to_id, at=at)


@command
def give_away_nothing(of_id: int, *, to_id: int | None, by: User, at: datetime) -> None:
    """Leave Parties as they are: nobody owns one, only single things that it owes."""
