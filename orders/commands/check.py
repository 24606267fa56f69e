"""What DCC answers: the completeness check, and that it cannot be had at the site."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from django.core.exceptions import PermissionDenied
from django.utils import timezone

from common.clock import uk_date
from common.errors import DomainError
from orders import emails
from orders.commands.acknowledge import missing_kinds
from orders.commands.calendar import working_calendar
from orders.commands.eligible import check_eligible
from orders.commands.mirror import lock_with_partner
from orders.commands.pair import check_pair, tell_partner_of_the_end
from orders.commands.share import check_sharing
from orders.deadlines import quote_due_on
from orders.errors import (
    AnswerMissing,
    NotAcknowledged,
    QuestionsUnsent,
    SiteReviewMissing,
    StillAvailable,
)
from orders.models import ConnectionRequest, SiteReview
from orders.models.sections import ACKNOWLEDGEMENT
from orders.signals import order_ended
from parties.models import User
from parties.policies import is_desk
from records.transitions import perform, record_event
from records.unit import command

# What an obstacle about the Party itself is about, where no answer is.
PARTY = "party"


@dataclass(frozen=True)
class Obstacle:
    """Why a form cannot be accepted: about which answer, in which words."""

    field: str
    refusal: DomainError
    section: str


def obstacles(order: ConnectionRequest, today: date) -> list[Obstacle]:
    """Return all for which `accept_request` refuses, and nothing else.

    Source: R-3.2-4, R-2.2-1, R-2.14-2, R-4.1-4.
    """
    found = [
        Obstacle(name.removesuffix("_id"), AnswerMissing(answer=words), "3.2")
        for name, words in order.missing_fields.items()
    ]
    found += [
        Obstacle(f"{ACKNOWLEDGEMENT}{kind}", NotAcknowledged(what=kind.label), "3.2")
        for kind in missing_kinds(order)
    ]
    for field, check, section in CHECKS:
        try:
            check(order, today)
        except DomainError as refusal:
            found.append(Obstacle(field, refusal, section))
    return found


def check_questions(order: ConnectionRequest, today: date) -> None:
    """Refuse while a question waits that the Party has not been asked."""
    # All of them, since a list of forms has read them ahead.
    count = sum(not row.is_sent for row in order.questions.all())
    if count:
        one = count == 1
        raise QuestionsUnsent(
            count=f"{count} question{'' if one else 's'}",
            is_or_are="is" if one else "are",
            it_or_them="it" if one else "them",
        )


CHECKS: tuple[tuple[str, Callable[[ConnectionRequest, date], None], str], ...] = (
    (PARTY, check_eligible, "2.2"),
    ("related_reference", lambda order, _: check_pair(order), "2.14"),
    ("is_shared", check_sharing, "2.3"),
    ("", check_questions, "3.2"),
)

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
    """Give an order to a colleague at DCC, or to nobody. The Party is not told."""
    if not is_desk(by):
        raise PermissionDenied
    order = ConnectionRequest.objects.locked().get(pk=order_id)
    owner = User.objects.get(pk=owner_id, is_staff=True) if owner_id else None
    order.owner = owner
    order.save(update_fields=["owner"])
    what = f"Assigned to {owner}" if owner else "Assigned to nobody"
    at = at or timezone.now()
    record_event(order, "assign_order", by=by, at=at, what=what, is_public=False)
