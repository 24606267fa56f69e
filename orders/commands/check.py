"""What DCC answers: the completeness check and the site review."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from common.clock import uk_date
from common.errors import DomainError
from orders import emails, policies
from orders.commands.acknowledge import missing_kinds
from orders.commands.calendar import working_calendar
from orders.commands.eligible import check_eligible
from orders.commands.mirror import lock_with_partner
from orders.commands.pair import check_pair, tell_partner_of_the_end
from orders.commands.share import check_sharing
from orders.deadlines import quote_due_on
from orders.errors import (
    AnswerMissing,
    LineKindMissing,
    NotAcknowledged,
    QuestionsUnsent,
    ReasonMissing,
    SiteReviewMissing,
    StillAvailable,
)
from orders.models import ConnectionRequest, SiteReview
from orders.models.sections import ACKNOWLEDGEMENT
from orders.signals import order_unavailable
from orders.states import ConnectionType, LineKind, OrderState, Verdict
from parties.models import User
from parties.policies import is_desk
from records.errors import NotPossibleInState
from records.transitions import perform, record_event

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


@transaction.atomic
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


@transaction.atomic
def record_site_review(
    order_id: int,
    *,
    by: User,
    verdict: str,
    is_survey_needed: bool,
    reason: str = "",
    line_kind: str = "",
    is_diversity_available: bool | None = None,
    diversity_cost: Decimal | None = None,
    has_separate_exchanges: bool | None = None,
    has_separate_roads: bool | None = None,
    lead_time_days: int | None = None,
    notes: str = "",
    at: datetime | None = None,
) -> SiteReview:
    """Record what the Electronic Site Review found; a later review replaces it.

    Args:
        verdict: green, amber (with something to know) or red (not available).
        reason: for the Gateway Party to read; needed unless all is green.
        line_kind: of LV, superfast or standard broadband; HV is its own line.
        diversity_cost: indicative, in pounds net of VAT.
        has_separate_exchanges, has_separate_roads: how the diverse routes differ, as
            far as it is known; kept only where they can be had.
        lead_time_days: calendar days that delivery is expected to take.
        notes: for the desk alone.

    Raises:
        ReasonMissing: the review is amber or red without a word why.
        LineKindMissing: LV is available, and nobody says as which line.
        NotPossibleInState: the order is not in desk review.
        PermissionDenied: `by` is not DCC Operations.

    Source: R-3.2-8, R-2.6-4, R-2.6-8, R-2.14-3.
    """
    at = at or timezone.now()
    order: ConnectionRequest = ConnectionRequest.objects.locked().get(pk=order_id)
    if not policies.may_check(order, by):
        raise PermissionDenied
    if order.state != OrderState.ACCEPTED:
        raise NotPossibleInState(subject=order, state=order.get_state_display().lower())
    if verdict != Verdict.GREEN and not reason.strip():
        raise ReasonMissing
    is_available = verdict != Verdict.RED
    review, _ = SiteReview.objects.update_or_create(
        order=order,
        defaults={
            "verdict": verdict,
            "reason": reason.strip(),
            "is_survey_needed": is_survey_needed,
            "line_kind": line_found(order, line_kind) if is_available else "",
            "is_diversity_available": is_diversity_available,
            "diversity_cost": diversity_cost if is_diversity_available else None,
            "has_separate_exchanges": has_separate_exchanges
            if is_diversity_available
            else None,
            "has_separate_roads": has_separate_roads
            if is_diversity_available
            else None,
            "lead_time_days": lead_time_days,
            "notes": notes,
            "by": by,
            "at": at,
        },
    )
    kind = order.get_connection_type_display()
    found = "available" if is_available else "not available"
    survey = "a survey is needed" if is_survey_needed else "no survey is needed"
    what = f"Site review: {kind} is {found}, {survey}"
    tell_review(review, what)
    return review


def tell_review(review: SiteReview, what: str) -> None:
    """Record a review; whoever found a cost may have written it into the reason."""
    record_event(
        review.order,
        "record_site_review",
        by=review.by,
        at=review.at,
        what=what,
        why=review.reason,
        tells_price=review.diversity_cost is not None,
    )


def line_found(order: ConnectionRequest, line_kind: str) -> str:
    """Return the line that the site can have, of the type asked for. R-2.6-4."""
    if order.connection_type == ConnectionType.HV:
        return LineKind.HV
    if line_kind not in (LineKind.SUPERFAST, LineKind.STANDARD):
        raise LineKindMissing
    return line_kind


@transaction.atomic
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
    order_unavailable.send(ConnectionRequest, order=order, by=by, at=at)
    emails.request_unavailable(order, review, at)
    tell_partner_of_the_end(order, by=by, at=at)
    return order


@transaction.atomic
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
