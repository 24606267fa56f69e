"""What a submitter said of another use of a connection, or of HV beside it (T35).

Each is the submitter's own act and counts from when it came.
"""

from connections.commands.behalf_sharing import of_submitter_since_installed, tell
from connections.commands.free import record_other_use
from connections.commands.locks import locked_connection, locked_with_pair
from connections.models import RateChange
from orders.commands import order_hv_beside
from orders.commands.behalf import Said
from orders.commands.behalf_pair import tell_of_draft
from orders.models import ConnectionRequest
from parties.models import User
from records.unit import command


@command
def record_use_told(
    connection_id: int,
    *,
    by: User,
    said: Said,
    use: str,
    is_charge_confirmed: bool,
) -> RateChange:
    """Record that a free connection carries other data too, as a submitter said.

    DCC says what it costs from then on; nothing is charged before that is accepted.

    Args:
        use: what it carries and since when, in their words.
        is_charge_confirmed: they were told that it is free of charge no longer.

    Raises:
        As `on_behalf`, and as `record_other_use`.

    Source: T35, R-2.9.2-3, T2.
    """
    connection = locked_connection(connection_id)
    who = of_submitter_since_installed(connection, said, by=by)
    change = record_other_use(
        connection_id,
        by=who.actor,
        use=use,
        is_charge_confirmed=is_charge_confirmed,
        at=said.came_at,
    )
    tell(connection, who, f"that {connection} carries more than registration data")
    return change


@command
def record_hv_beside(
    connection_id: int, *, by: User, said: Said, rating: int, is_replacement: bool
) -> ConnectionRequest:
    """Begin a request for HV beside an LV connection, as a submitter said.

    It is a draft of theirs: they check each answer and send it, in the portal.

    Args:
        rating: in Mbps, a step that the form offers.
        is_replacement: HV is to take over from it.

    Raises:
        As `on_behalf`, and as `order_hv_beside`.

    Source: T35, R-2.7.1-3, T16.
    """
    connection = locked_with_pair(connection_id)
    who = of_submitter_since_installed(connection, said, by=by)
    order = order_hv_beside(
        connection.order_id,
        by=who.actor,
        rating=rating,
        is_replacement=is_replacement,
        at=said.came_at,
    )
    tell_of_draft(order, who, f"your wish for HV beside {connection}")
    return order
