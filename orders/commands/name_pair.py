"""What a Gateway Party calls the two requests of its pair."""

from datetime import datetime

from orders.commands.fill_in import save_answers
from orders.commands.mirror import lock_with_partner
from orders.commands.pair import require_changeable, require_partner
from orders.models import ConnectionRequest
from parties.models import User
from records.unit import command


@command
def name_pair(
    order_id: int,
    *,
    by: User,
    own: str,
    partner: str = "",
    at: datetime | None = None,
) -> ConnectionRequest:
    """Keep both references, by which the two forms name each other.

    Args:
        own: the Party's reference of this request.
        partner: that of the other one, as long as its form can be changed.

    Raises:
        ReferenceTaken: one is that of another request, or both are the same.
        NotPaired, NotEditable, NotNominated.

    Source: R-2.14-2.
    """
    order = lock_with_partner(order_id)
    require_changeable(order, by)
    other = require_partner(order)
    save_answers(order_id, by=by, answers={"customer_reference": own}, at=at)
    if other.is_editable:
        save_answers(other.pk, by=by, answers={"customer_reference": partner}, at=at)
    return ConnectionRequest.objects.get(pk=order_id)
