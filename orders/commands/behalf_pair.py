"""What a submitter said of the pair of a request, or of HV in its place (T35).

Each is the submitter's own act and counts from when it came.
"""

from datetime import datetime

from orders import emails
from orders.commands.behalf import SUBMITTERS, Said, on_behalf
from orders.commands.mirror import lock_with_partner
from orders.commands.pair import pair_requests, swap_roles, unpair
from orders.commands.reapply import reapply_as_hv
from orders.models import ConnectionRequest
from orders.states import OrderState
from parties.models import User
from records.behalf import OnBehalf
from records.unit import command

SEND_IT = (
    "the draft begins with the answers that you gave before. Check each of them, then "
    "send it to DCC. Nothing is ordered until you do."
)


def of_filler(order: ConnectionRequest, said: Said, *, by: User) -> OnBehalf:
    """Return the submitter who said something of a form that is with them.

    Raises:
        As `on_behalf`.
    """
    since, what = with_them_since(order), "the form has been with them"
    return on_behalf(order, said, by=by, purposes=SUBMITTERS, since=since, what=what)


def with_them_since(order: ConnectionRequest) -> datetime | None:
    is_returned = order.state == OrderState.RETURNED
    return order.returned_at if is_returned else order.created_at


@command
def record_pairing(
    order_id: int, *, by: User, said: Said, partner_id: int, option: str
) -> ConnectionRequest:
    """Make a pair of a form and another request, as a submitter said.

    Raises:
        As `on_behalf`, and as `pair_requests`.

    Source: T35, R-2.4.1-1, R-2.4.2-1, R-2.14-2.
    """
    order = lock_with_partner(order_id)
    who = of_filler(order, said, by=by)
    order = pair_requests(
        order_id, by=who.actor, partner_id=partner_id, option=option, at=said.came_at
    )
    emails.recorded_for_you(order, who, f"that {order} and {order.partner} are a pair")
    return order


@command
def record_roles_swapped(order_id: int, *, by: User, said: Said) -> ConnectionRequest:
    """Let the primary and the back-up change places, as a submitter said.

    Raises:
        As `on_behalf`, and as `swap_roles`.

    Source: T35, R-2.4.2-1, R-2.4.3-1.
    """
    order = lock_with_partner(order_id)
    who = of_filler(order, said, by=by)
    order = swap_roles(order_id, by=who.actor, at=said.came_at)
    role = order.role_words.lower()
    emails.recorded_for_you(order, who, f"that {order} is the {role} one of its pair")
    return order


@command
def record_pair_apart(
    order_id: int, *, by: User, said: Said, is_low_accepted: bool = False
) -> ConnectionRequest:
    """Take a pair apart as a submitter said; each then stands alone.

    Args:
        is_low_accepted: they were told that the other form, which DCC has, would have
            no availability target by itself, and accepted it.

    Raises:
        As `on_behalf`, and as `unpair`.

    Source: T35, R-2.4-1, R-2.4.1-2, R-4.1-4.
    """
    order = lock_with_partner(order_id)
    partner = order.partner
    who = of_filler(order, said, by=by)
    order = unpair(
        order_id, by=who.actor, is_low_accepted=is_low_accepted, at=said.came_at
    )
    what = f"that {order} and {partner} are no pair any more"
    emails.recorded_for_you(order, who, what)
    return order


@command
def record_hv_instead(
    order_id: int, *, by: User, said: Said, rating: int
) -> ConnectionRequest:
    """Begin a request for HV where LV could not be had, as a submitter said (T15).

    It is a draft of theirs: they check each answer and send it, in the portal.

    Args:
        rating: in Mbps, a step that the form offers.

    Raises:
        As `on_behalf`, and as `reapply_as_hv`.

    Source: T35, R-2.6-8.
    """
    source = lock_with_partner(order_id)
    since, what = source.closed_at, "DCC said that LV cannot be had"
    who = on_behalf(source, said, by=by, purposes=SUBMITTERS, since=since, what=what)
    order = reapply_as_hv(order_id, by=who.actor, rating=rating, at=said.came_at)
    tell_of_draft(order, who, f"your wish for HV in place of {source}")
    return order


def tell_of_draft(order: ConnectionRequest, who: OnBehalf, wish: str) -> None:
    """Tell a submitter which draft was begun for them: the rest is theirs to do."""
    what = f"{wish} as the draft {order}"
    emails.recorded_for_you(order, who, what, to_do=SEND_IT)
