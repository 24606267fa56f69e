"""What a submitter said of who is to share a connection that a form asks for (T35).

Each is the submitter's own act and counts from when it came.
"""

from dataclasses import asdict

from orders import emails
from orders.commands.behalf import Said
from orders.commands.behalf_pair import of_filler
from orders.commands.mirror import lock_with_partner
from orders.commands.share import NamedSharer, add_sharer, remove_sharer
from orders.models import ConnectionRequest, Sharer
from parties.models import User
from records.unit import command


@command
def record_sharer_on_form(
    order_id: int,
    *,
    by: User,
    said: Said,
    named: NamedSharer,
    is_charge_confirmed: bool = False,
) -> Sharer:
    """Name on a form who is to share the connection, as a submitter said.

    Args:
        is_charge_confirmed: they were told that it is chargeable then.

    Raises:
        As `on_behalf`, and as `add_sharer`.

    Source: T35, R-2.3-1, R-2.3-2.
    """
    order = lock_with_partner(order_id)
    who = of_filler(order, said, by=by)
    sharer = add_sharer(
        order_id,
        by=who.actor,
        is_charge_confirmed=is_charge_confirmed,
        at=said.came_at,
        **asdict(named),
    )
    what = f"that {sharer} is to share the connection of order {order}"
    emails.recorded_for_you(order, who, what)
    return sharer


@command
def record_sharer_off_form(
    sharer_id: int, *, by: User, said: Said
) -> ConnectionRequest:
    """Take off a form who was to share the connection, as a submitter said.

    Raises:
        As `on_behalf`, and as `remove_sharer`.

    Source: T35, R-2.3-1.
    """
    sharer: Sharer = Sharer.objects.get(pk=sharer_id)
    order = lock_with_partner(sharer.order_id)
    who = of_filler(order, said, by=by)
    order = remove_sharer(sharer_id, by=who.actor, at=said.came_at)
    what = f"that {sharer} is not to share the connection of order {order}"
    emails.recorded_for_you(order, who, what)
    return order
