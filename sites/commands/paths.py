"""What the two routes of a pair have in common."""

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.utils import timezone

from orders.commands.mirror import lock_with_partner
from orders.models import ConnectionRequest
from orders.states import OrderState
from parties.models import User
from records.errors import NotPossibleInState
from records.transitions import record_event
from records.unit import command
from sites import policies
from sites.errors import CommonPointsDenied, CommonPointsMissing, NoTwoPaths
from sites.models import PathCheck

CHECKED_IN = (OrderState.AUTHORISED, OrderState.SURVEY, OrderState.INSTALL)


@command
def record_path_check(
    order_id: int,
    *,
    by: User,
    has_common_points: bool,
    which: str = "",
    at: datetime | None = None,
) -> PathCheck:
    """Record whether the paths of a pair, from site to core, meet anywhere.

    Recording it again replaces the result; the history of both orders keeps each.

    Args:
        order_id: of either of the two.
        which: the common connection points, needed when there are any.

    Raises:
        NoTwoPaths: it stands alone, its routing is not diverse or the other has ended.
        CommonPointsMissing, CommonPointsDenied.
        NotPossibleInState: not yet authorised, or installed already.
        PermissionDenied: `by` is not the Gateway Connection Provider.

    Source: R-4.2-2.
    """
    at = at or timezone.now()
    order = lock_with_partner(order_id)
    if not policies.may_work_on_site(order, by):
        raise PermissionDenied
    if order.state not in CHECKED_IN:
        raise NotPossibleInState(subject=order, state=order.get_state_display().lower())
    partner = other_path(order)
    which = which.strip()
    require_agreement(which, has_common_points=has_common_points)
    found = {"has_common_points": has_common_points, "which": which, "by": by, "at": at}
    group = order.group
    check, _ = PathCheck.objects.update_or_create(group=group, defaults=found)
    answer = "there are some" if has_common_points else "none"
    what = f"Common connection points of the two routes: {answer}"
    for one in (order, partner):
        record_event(one, "record_path_check", by=by, at=at, what=what, why=which)
    return check


def other_path(order: ConnectionRequest) -> ConnectionRequest:
    partner = order.partner
    if partner is None or partner.is_closed or not order.wants_diverse_routing:
        raise NoTwoPaths(order=order)
    return partner


def require_agreement(which: str, *, has_common_points: bool) -> None:
    if has_common_points and not which:
        raise CommonPointsMissing
    if which and not has_common_points:
        raise CommonPointsDenied
