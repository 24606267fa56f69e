"""What an authoriser said to a cost by e-mail, phone or letter, recorded (T35)."""

from orders import emails as order_emails
from orders.commands.behalf import AUTHORISERS, Said, on_behalf
from parties.models import User
from records.unit import command
from sites.commands.price_item import (
    accept_item_cost,
    decline_item_cost,
    locked_cost,
)
from sites.models import ItemCost


@command
def record_cost_answer(
    cost_id: int,
    *,
    by: User,
    said: Said,
    is_accepted: bool,
    is_understood: bool = False,
    reason: str = "",
) -> ItemCost:
    """Accept or decline a cost before a visit as an authoriser said, from then on.

    Args:
        cost_id: of the amount that they were told.
        is_understood: they said yes to the words that the row keeps.

    Raises:
        As `on_behalf`, and as `accept_item_cost` and `decline_item_cost`.

    Source: T35, R-2.13-5.
    """
    cost = locked_cost(cost_id)
    order = cost.item.order
    who = on_behalf(
        order,
        said,
        by=by,
        purposes=AUTHORISERS,
        since=cost.asked_at,
        what=f"the cost of “{cost.item}” has been asked",
    )
    at = said.came_at
    if is_accepted:
        cost = accept_item_cost(
            cost_id, by=who.actor, is_understood=is_understood, at=at
        )
    else:
        cost = decline_item_cost(cost_id, by=who.actor, reason=reason, at=at)
    answer = "accepted" if is_accepted else "declined"
    what = f"that {cost.amount_words}, asked for “{cost.item}”, is {answer}"
    order_emails.recorded_for_you(order, who, what)
    return cost
