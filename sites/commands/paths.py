"""What the two routes of a pair have in common."""

from collections.abc import Sequence
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.utils import timezone

from orders.commands.mirror import lock_with_partner
from orders.errors import ReasonMissing
from orders.models import ConnectionRequest
from orders.states import ON_SITE
from parties.models import User
from records.behalf import person_of
from records.errors import NotPossibleInState
from records.transitions import record_event
from records.unit import command
from sites import emails, policies
from sites.errors.paths import (
    CommonPointsChanged,
    CommonPointsDenied,
    CommonPointsMissing,
    NoTwoPaths,
    SecondLinkHeld,
)
from sites.models import InstallationStage, PathCheck
from sites.states import PathAnswer, StageKind

ACCEPTED = "Common connection points of the two routes accepted"
OTHERWISE = "Common connection points of the two routes are to be designed out"
UNANSWERED = {
    "answer": "",
    "answer_words": "",
    "acknowledged": "",
    "answered_at": None,
    "answered_by": None,
}


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

    Recording it again replaces the result and what was said to it; the history of both
    orders keeps each. Common points hold back the second link.

    Args:
        order_id: of either of the two.
        which: the common connection points, needed when there are any.

    Raises:
        NoTwoPaths: it stands alone, its routing is not diverse or the other has ended.
        CommonPointsMissing, CommonPointsDenied.
        NotPossibleInState: not yet authorised, or installed already.
        PermissionDenied: `by` is not the Gateway Connection Provider.

    Source: R-4.2-2, T34.
    """
    at = at or timezone.now()
    order = lock_with_partner(order_id)
    if not policies.may_work_on_site(order, by):
        raise PermissionDenied
    if order.state not in ON_SITE:
        raise NotPossibleInState(subject=order, state=order.get_state_display().lower())
    partner = other_path(order)
    which = which.strip()
    require_agreement(which, has_common_points=has_common_points)
    found = {"has_common_points": has_common_points, "which": which, "by": by, "at": at}
    found |= UNANSWERED
    group = order.group
    check, _ = PathCheck.objects.update_or_create(group=group, defaults=found)
    answer = "there are some" if has_common_points else "none"
    what = f"Common connection points of the two routes: {answer}"
    for one in (order, partner):
        record_event(one, "record_path_check", by=by, at=at, what=what, why=which)
    if has_common_points:
        emails.common_points_found(held_of(order, partner), check, at)
    return check


def held_of(order: ConnectionRequest, partner: ConnectionRequest) -> ConnectionRequest:
    """Return the second link of a locked pair, which the common points hold back."""
    return order if is_held_back(order) else partner


def is_held_back(order: ConnectionRequest) -> bool:
    """Say whether an order is a second link that waits. Source: T34."""
    other = order.partner
    if other is None:
        return False
    check = PathCheck.objects.filter(group=order.group_id).first()
    if check is None or check.is_settled:
        return False
    return check.holds_back(order, other, equipped((order, other)))


def equipped(orders: Sequence[ConnectionRequest]) -> set[int]:
    """Return the keys of those whose equipment is in."""
    stages = InstallationStage.objects.filter(stage=StageKind.EQUIPMENT)
    return set(stages.filter(order__in=orders).values_list("order_id", flat=True))


def require_own_paths(order: ConnectionRequest) -> None:
    """Refuse work on a second link that has points in common with the first.

    Source: R-4.2-2, T34.
    """
    if order.group_id is not None and is_held_back(order):
        check = PathCheck.objects.get(group=order.group_id)
        raise SecondLinkHeld(order=order, which=check.which.rstrip("."))


@command
def answer_common_points(
    order_id: int,
    *,
    by: User,
    is_accepted: bool,
    which: str,
    said: str,
    at: datetime | None = None,
) -> PathCheck:
    """Accept the common points of two routes, or ask for them to be designed out.

    The second link goes on once they are accepted, or once a new check finds none.

    Args:
        order_id: of either of the two.
        which: the points that were read; others have to be read first.
        said: the authoriser's own words, which are kept.

    Raises:
        CommonPointsChanged: there are others now, or none, or they were answered.
        ReasonMissing, PermissionDenied: `by` may not authorise that day.

    Source: R-4.2-2, T34.
    """
    at = at or timezone.now()
    order = lock_with_partner(order_id)
    if not policies.may_answer_paths(order, by):
        raise PermissionDenied
    if not said.strip():
        raise ReasonMissing
    check = PathCheck.objects.filter(group=order.group_id).first()
    if check is None or not check.waits_for_answer or not is_same(check.which, which):
        raise CommonPointsChanged
    answer = PathAnswer.ACCEPTED if is_accepted else PathAnswer.OTHERWISE
    check.answered(answer, said.strip(), person_of(by), at)
    check.save()
    what = ACCEPTED if is_accepted else OTHERWISE
    why = "\n".join(filter(None, [check.acknowledged or check.which, said.strip()]))
    for one in filter(None, (order, order.partner)):
        record_event(one, "answer_common_points", by=by, at=at, what=what, why=why)
    return check


def is_same(kept: str, read: str) -> bool:
    """A form sends lines back with other ends than those that were kept."""
    return kept.split() == read.split()


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
