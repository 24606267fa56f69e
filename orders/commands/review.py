"""The Electronic Site Review: what it found, and what a survey settles of it."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils import timezone

from common.clock import uk_date
from common.money import ZERO
from orders import policies
from orders.commands.calendar import working_calendar
from orders.deadlines import quote_due_on
from orders.errors import (
    EstimateMissing,
    EstimateNotPositive,
    LineKindMissing,
    ReasonMissing,
)
from orders.models import ConnectionRequest, SiteReview
from orders.states import ConnectionType, LineKind, OrderState, Verdict
from parties.models import User
from records.errors import NotPossibleInState
from records.transitions import record_event
from records.unit import command

SLOW_OR_OPEN = (LineKind.STANDARD, LineKind.UNKNOWN)
EXPECTED = ("expected_down_mbps", "expected_up_mbps")


@command
def record_site_review(
    order_id: int,
    *,
    by: User,
    verdict: str,
    is_survey_needed: bool,
    reason: str = "",
    line_kind: str = "",
    expected_down_mbps: Decimal | None = None,
    expected_up_mbps: Decimal | None = None,
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
        line_kind: of LV, superfast or standard broadband, or not known yet; HV is its
            own line.
        expected_down_mbps, expected_up_mbps: of LV, from the line check; from DCC to
            the Party, and to DCC.
        diversity_cost: indicative, in pounds net of VAT.
        has_separate_exchanges, has_separate_roads: how the diverse routes differ, as
            far as it is known; kept only where they can be had.
        lead_time_days: calendar days that delivery is expected to take.
        notes: for the desk alone.

    Raises:
        ReasonMissing: the review is amber or red without a word why.
        LineKindMissing: LV is available, and nobody says as which line.
        EstimateMissing: the line is standard or not known, and no survey is to tell
            what bandwidth to expect.
        EstimateNotPositive: a figure is 0 or less, or only one is given.
        NotPossibleInState: the order is not in desk review.
        PermissionDenied: `by` is not DCC Operations.

    Source: R-3.2-8, R-2.6-4, R-2.6-7, R-2.6-8, R-2.14-3, T31.
    """
    at = at or timezone.now()
    order: ConnectionRequest = ConnectionRequest.objects.locked().get(pk=order_id)
    require_reviewable(order, by)
    if verdict != Verdict.GREEN and not reason.strip():
        raise ReasonMissing
    is_available = verdict != Verdict.RED
    line = line_found(order, line_kind) if is_available else ""
    expected = expected_of(line, expected_down_mbps, expected_up_mbps)
    if line in SLOW_OR_OPEN and not (is_survey_needed or expected):
        raise EstimateMissing
    diversity = diversity_found(
        is_diversity_available,
        diversity_cost=diversity_cost,
        has_separate_exchanges=has_separate_exchanges,
        has_separate_roads=has_separate_roads,
    )
    review, _ = SiteReview.objects.update_or_create(
        order=order,
        defaults={
            "verdict": verdict,
            "reason": reason.strip(),
            "is_survey_needed": is_survey_needed,
            "line_kind": line,
            **dict(zip(EXPECTED, expected or (None, None), strict=True)),
            **diversity,
            "lead_time_days": lead_time_days,
            "notes": notes,
            "by": by,
            "at": at,
        },
    )
    note_review(review)
    return review


@command
def review_again(
    order_id: int, *, by: User, at: datetime, why: str, due_on: date | None = None
) -> None:
    """Let the site review of an order begin again, since what it rested on changed.

    What it had found stays in the history. The target for the quotation runs anew from
    the UK day of `at`, which is our own rule, unless `due_on` stands as it was.

    Source: R-3.2-8, R-3.3-1.
    """
    order: ConnectionRequest = ConnectionRequest.objects.locked().get(pk=order_id)
    order.quote_due_on = due_on or quote_due_on(uk_date(at), working_calendar())
    order.save(update_fields=["quote_due_on"])
    review = SiteReview.objects.filter(order=order).first()
    if review is None:
        return
    found = filter(None, [why, words_of(review), review.reason, review.notes])
    what = "Site review to be made again"
    record_event(order, "review_again", by=by, at=at, what=what, why=why)
    what = "What the site review had found"
    record_event(
        order,
        "review_again",
        by=by,
        at=at,
        what=what,
        why="\n".join(found),
        is_public=False,
    )
    review.delete()


def note_review(review: SiteReview) -> None:
    """Tell the history what a review found."""
    record_event(
        review.order,
        "record_site_review",
        by=review.by,
        at=review.at,
        what=words_of(review),
        why=review.reason,
        # Whoever found a cost may have written it into the reason.
        tells_price=review.diversity_cost is not None,
    )


def diversity_found(is_available: bool | None, **how: object) -> dict[str, Any]:
    """Return what is kept of diverse routing: how, only where it can be had."""
    kept = how if is_available else dict.fromkeys(how)
    return {"is_diversity_available": is_available, **kept}


def require_reviewable(order: ConnectionRequest, by: User) -> None:
    if not policies.may_check(order, by):
        raise PermissionDenied
    if order.state != OrderState.ACCEPTED:
        raise NotPossibleInState(subject=order, state=order.get_state_display().lower())


def words_of(review: SiteReview) -> str:
    """Return what the history says that a review found."""
    kind = review.order.get_connection_type_display()
    found = "available" if review.is_type_available else "not available"
    survey = "a survey is needed" if review.is_survey_needed else "no survey is needed"
    return f"Site review: {kind} is {found}, {survey}"


def line_found(order: ConnectionRequest, line_kind: str) -> str:
    """Return the line that the site can have, of the type asked for. R-2.6-4."""
    if order.connection_type == ConnectionType.HV:
        return LineKind.HV
    if line_kind not in (LineKind.SUPERFAST, *SLOW_OR_OPEN):
        raise LineKindMissing
    return line_kind


def expected_of(
    line: str, down: Decimal | None, up: Decimal | None
) -> tuple[Decimal, Decimal] | None:
    """Return both figures of an LV line, or None; HV and no line have none. T31.

    Source: R-2.6-7, T31.
    """
    if line in ("", LineKind.HV) or (down is None and up is None):
        return None
    if down is None or up is None or min(down, up) <= ZERO:
        raise EstimateNotPositive
    return down, up


@dataclass(frozen=True)
class Settled:
    """What a survey found out that the site review had left open.

    Args:
        line_kind: superfast or standard; empty where the review had said it.
        expected: Mbps from DCC and to DCC, or None.
        is_diversity_available: None where it was known, or was not asked for.
        diversity_cost: in pounds net of VAT.
        civil_works: which are needed, empty for none; None where nobody said.
    """

    line_kind: str = ""
    expected: tuple[Decimal, Decimal] | None = None
    is_diversity_available: bool | None = None
    diversity_cost: Decimal | None = None
    civil_works: str | None = None


def settle_review(
    order: ConnectionRequest, found: Settled, *, by: User, at: datetime
) -> None:
    """Keep with the review what a survey found out, the order's row locked.

    The quotation that follows then says it; who found it out is the survey's record.

    Source: R-2.6-7, R-2.14-5, R-2.9.3-5, T31.
    """
    review = SiteReview.objects.get(order=order)
    words = []
    if review.is_line_open and found.line_kind:
        review.line_kind = found.line_kind
        words.append(str(LineKind(found.line_kind).label))
    if found.expected:
        review.expected_down_mbps, review.expected_up_mbps = found.expected
        words.append("expected {:f} Mbps down and {:f} Mbps up".format(*found.expected))
    if order.wants_diverse_routing and review.is_diversity_available is None:
        review.is_diversity_available = found.is_diversity_available
        review.diversity_cost = found.diversity_cost
        can = "can" if found.is_diversity_available else "cannot"
        words.append(f"diverse routing {can} be had")
    words += settle_works(review, found)
    if words:
        review.save()
        what = f"Found out by the survey: {'; '.join(words)}"
        record_event(order, "settle_review", by=by, at=at, what=what)


def settle_works(review: SiteReview, found: Settled) -> list[str]:
    """Keep which civil works are needed; return what is new of it, in words."""
    if found.civil_works is None or found.civil_works == review.civil_works:
        return []
    review.civil_works = found.civil_works
    return ["civil works are needed" if found.civil_works else "no civil works"]
