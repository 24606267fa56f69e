"""What DCC answers: the completeness check, and that it cannot be had at the site."""

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.utils import timezone

from common.clock import uk_date
from orders import emails
from orders.commands.calendar import working_calendar
from orders.commands.mirror import lock_with_partner
from orders.commands.pair import tell_partner_of_the_end
from orders.deadlines import quote_due_on
from orders.errors import (
    SiteReviewMissing,
    StillAvailable,
)
from orders.findings.obstacles import obstacles
from orders.models import ConnectionRequest, SiteReview
from orders.obligations import REPLY
from orders.signals import order_ended
from parties.models import User
from parties.policies import is_desk
from records.transitions import event_of, perform, record_events
from records.unit import command
from worklist.commands import follow_again
from worklist.models import WorkItem

NOT_TO_BE_HAD = "The connection cannot be had at the site"


@command
def accept_request(
    order_id: int, *, by: User, at: datetime | None = None
) -> ConnectionRequest:
    """Accept a complete form; the quotation is then due in 5 working days.

    Raises:
        DomainError: the first of its `obstacles`.

    Source: R-3.2-4, R-3.2-5, R-3.2-7, R-3.3-1.
    """
    at = at or timezone.now()
    order = lock_with_partner(order_id)
    due = quote_due_on(uk_date(at), working_calendar())
    perform(order.accept, by=by, at=at, quote_due_on=due)
    for obstacle in obstacles(order, uk_date(at)):
        raise obstacle.refusal
    emails.request_accepted(order, at)
    return order


@command
def close_as_unavailable(
    order_id: int, *, by: User, at: datetime | None = None
) -> ConnectionRequest:
    """Close an order that the site review found red: it cannot be had at the site.

    LV can be asked again as HV, which is a new request (T15); HV has nothing to be
    asked as instead, so DCC tells the Party why and speaks with it.

    Raises:
        SiteReviewMissing: nobody has looked yet.
        StillAvailable: the review found that it can be provided.

    Source: R-2.6-8, R-3.2-8.
    """
    at = at or timezone.now()
    order: ConnectionRequest = ConnectionRequest.objects.locked().get(pk=order_id)
    review = SiteReview.objects.filter(order=order).first()
    if review is None:
        raise SiteReviewMissing
    if review.is_type_available:
        raise StillAvailable
    perform(order.close_unavailable, by=by, at=at, why=review.reason)
    order_ended.send(ConnectionRequest, order=order, by=by, at=at, why=NOT_TO_BE_HAD)
    emails.request_unavailable(order, review.reason, at)
    tell_partner_of_the_end(order, by=by, at=at)
    return order


@command
def close_after_survey(
    order_id: int, *, by: User, why: str, at: datetime
) -> ConnectionRequest:
    """Close an order for LV whose survey found none at the site; it costs nothing.

    The Party can ask for HV in its place (T15), as after a site review that is red.

    Source: R-2.6-8, T33.
    """
    order: ConnectionRequest = ConnectionRequest.objects.locked().get(pk=order_id)
    perform(order.close_after_survey, by=by, at=at, why=why)
    order_ended.send(ConnectionRequest, order=order, by=by, at=at, why=NOT_TO_BE_HAD)
    emails.request_unavailable(order, why, at, is_surveyed=True)
    tell_partner_of_the_end(order, by=by, at=at)
    return order


@command
def assign_order(
    order_id: int, *, by: User, owner_id: int | None, at: datetime | None = None
) -> None:
    """Give an order to a colleague at DCC, or to nobody. The Party is not told.

    What is owed in it goes along, but for what another colleague took for themselves.
    """
    if not is_desk(by):
        raise PermissionDenied
    order = ConnectionRequest.objects.locked().get(pk=order_id)
    assigned([order], order.owner_id, owner_id, by=by, at=at or timezone.now())


def assigned(
    orders: list[ConnectionRequest],
    was_id: int | None,
    owner_id: int | None,
    *,
    by: User,
    at: datetime,
) -> None:
    """Give locked orders of one owner to another; many cost no more statements."""
    owner = User.objects.get(pk=owner_id, is_staff=True) if owner_id else None
    owed = WorkItem.objects.filter(thread__in=[order.thread for order in orders])
    follow_again(owed.exclude(kind=REPLY.slug), was=was_id)
    for order in orders:
        order.owner = owner
    rows = ConnectionRequest.objects.filter(pk__in=[order.pk for order in orders])
    rows.update(owner=owner)
    what = f"Assigned to {owner}" if owner else "Assigned to nobody"
    record_events(
        event_of(order, "assign_order", by=by, at=at, what=what, is_public=False)
        for order in orders
    )
