"""HV asked for in place of LV: where it cannot be had, or where it is outgrown."""

from datetime import datetime

from django.utils import timezone

from orders.commands.fill_in import copy_request
from orders.commands.mirror import OF_A_PAIR, locked_members, name_each_other
from orders.errors import NotBeside, NotInstead, NotNominated
from orders.models import ConnectionRequest
from orders.states import INSTALLED, ConnectionType, OrderState
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
    source = locked_source(order_id, by)
    if source.state != OrderState.UNAVAILABLE or not is_lv(source):
        raise NotInstead
    earlier = started_as_hv(source)
    if earlier is not None:
        return earlier
    order = copy_as_hv(source, rating, by, at)
    order.save()
    what = f"HV asked for in place of {source.reference}"
    record_event(order, "reapply_as_hv", by=by, at=at, what=what)
    replace_in_pair(order, source, by, at)
    return order


@command
def order_hv_beside(
    order_id: int,
    *,
    by: User,
    rating: int,
    is_replacement: bool,
    at: datetime | None = None,
) -> ConnectionRequest:
    """Start a request for HV from the order of an LV connection that is installed.

    The LV connection stays as it is, whatever is said here: it is ended by itself, for
    what is left of its own order. Asking twice gives the one request that was started.

    Args:
        rating: in Mbps, a step that the form offers.
        is_replacement: HV is to take over from it, and each then names the other.

    Raises:
        NotBeside: the order was not for LV, or its connection is not installed.
        NotNominated: `by` is no nominated submitter of the Party.

    Source: R-2.7.1-3, T16.
    """
    at = at or timezone.now()
    source = locked_source(order_id, by)
    if source.state not in INSTALLED or not is_lv(source):
        raise NotBeside
    earlier = started_as_hv(source)
    if earlier is not None:
        return earlier
    order = copy_as_hv(source, rating, by, at)
    what = f"HV asked for beside {source.reference}"
    if is_replacement:
        order.replaces = source
        what = f"{what}, which it is to replace"
    order.save()
    record_event(order, "order_hv_beside", by=by, at=at, what=what)
    return order


def locked_source(order_id: int, by: User) -> ConnectionRequest:
    """Lock a Party and the order to begin from, which `by` may submit for."""
    Party.objects.locked().get(orders=order_id)
    source = locked_members(order_id)
    if not may_submit_for(by, source.party_id):
        raise NotNominated(party=source.party)
    return source


def is_lv(order: ConnectionRequest) -> bool:
    return bool(order.connection_type == ConnectionType.LV)


def started_as_hv(source: ConnectionRequest) -> ConnectionRequest | None:
    """Return the request for HV that was begun from an order, if it goes on."""
    started = ConnectionRequest.objects.in_progress().filter(copied_from=source)
    row: ConnectionRequest | None = started.filter(
        connection_type=ConnectionType.HV
    ).first()
    return row


def copy_as_hv(
    source: ConnectionRequest, rating: int, by: User, at: datetime
) -> ConnectionRequest:
    """Start a request from the answers of another, for HV; it is still to be saved."""
    order: ConnectionRequest = copy_request(source.pk, by=by, at=at)
    order.connection_type, order.hv_rating_mbps = ConnectionType.HV, rating
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
