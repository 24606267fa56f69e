"""HV asked for in place of LV that the site cannot have."""

from datetime import datetime

from django.utils import timezone

from orders.commands.fill_in import copy_request
from orders.commands.mirror import OF_A_PAIR, locked_members, name_each_other
from orders.errors import NotInstead, NotNominated
from orders.models import ConnectionRequest
from orders.states import ConnectionType, OrderState
from parties.models import Party, User
from parties.policies import may_submit_for
from records.transitions import record_event
from records.unit import command


@command
def reapply_as_hv(
    order_id: int, *, by: User, rating: int, at: datetime | None = None
) -> ConnectionRequest:
    """Start a request for HV from one for LV that ended for want of LV (T15).

    The answers are carried over, and where the closed order was one of a pair, the new
    one takes its place there. Asking twice gives the one request that was started.

    Args:
        rating: in Mbps, a step that the form offers.

    Raises:
        NotInstead: the order was not for LV, or ended in another way.
        NotNominated: `by` is no nominated submitter of the Party.

    Source: R-2.6-8.
    """
    at = at or timezone.now()
    Party.objects.locked().get(orders=order_id)
    source = locked_members(order_id)
    if not may_submit_for(by, source.party_id):
        raise NotNominated(party=source.party)
    is_lv = source.connection_type == ConnectionType.LV
    if source.state != OrderState.UNAVAILABLE or not is_lv:
        raise NotInstead
    started = ConnectionRequest.objects.in_progress().filter(copied_from=source)
    earlier: ConnectionRequest | None = started.filter(
        connection_type=ConnectionType.HV
    ).first()
    if earlier is not None:
        return earlier
    order: ConnectionRequest = copy_request(order_id, by=by, at=at)
    order.connection_type, order.hv_rating_mbps = ConnectionType.HV, rating
    order.save()
    what = f"HV asked for in place of {source.reference}"
    record_event(order, "reapply_as_hv", by=by, at=at, what=what)
    replace_in_pair(order, source, by, at)
    return order


def replace_in_pair(
    order: ConnectionRequest, source: ConnectionRequest, by: User, at: datetime
) -> None:
    """Put the new request where the closed one stood, if its partner goes on."""
    partner, group, role = source.partner, source.group, source.role
    if partner is None or partner.is_closed:
        return
    for name in OF_A_PAIR:
        setattr(order, name, getattr(source, name))
    source.group, source.role = None, ""
    source.save()
    order.group, order.role = group, role
    name_each_other(order, partner)
    for row, other in ((order, partner), (partner, order)):
        row.save()
        what = f"Paired with {other.reference}, in place of {source.reference}"
        record_event(row, "reapply_as_hv", by=by, at=at, what=what)
