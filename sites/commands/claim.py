"""What a visit that was not made costs: claimed, confirmed, disputed, charged."""

from datetime import datetime

from django.utils import timezone

from common.clock import uk_date
from common.money import pounds
from orders.commands import working_calendar
from orders.errors import ReasonMissing
from orders.models import ConnectionRequest
from parties.models import User
from records.transitions import SYSTEM, perform, record_event
from records.unit import command
from sites import emails
from sites.commands.cost import claimed_cost, next_visit_cost
from sites.deadlines import last_day_to_dispute
from sites.errors import AmountMissing
from sites.models import SiteVisit, VisitClaim
from sites.pricing import Bearing
from sites.states import LIVE_CLAIM, TOOK_PLACE


def open_claim(visit: SiteVisit, bearing: Bearing, *, at: datetime) -> VisitClaim:
    """Claim, its order being locked, that the visit after this one is charged.

    The amount is that of the price list on the day, which was shown; where it names
    none, none is claimed until Operations confirms.

    Source: R-2.9.1-10, R-3.5-7, T10, T11.
    """
    cost = next_visit_cost(visit.order, uk_date(at))
    claim: VisitClaim = VisitClaim.objects.create(
        visit=visit,
        reasoning=bearing.reasoning,
        net=None if cost is None else cost.net,
        opened_at=at,
    )
    what = "The next visit may be charged, once DCC confirms it"
    record_event(claim, "open_claim", by=SYSTEM, at=at, what=what, why=claim.reasoning)
    return claim


def locked_claim(claim_id: int) -> VisitClaim:
    """Return a claim, its order being locked from now on."""
    visits = SiteVisit.objects.filter(own_claim=claim_id)
    order: ConnectionRequest = ConnectionRequest.objects.locked().get(visits__in=visits)
    claim: VisitClaim = VisitClaim.objects.select_related("visit").get(pk=claim_id)
    claim.visit.order = order
    return claim


@command
def confirm_claim(claim_id: int, *, by: User, at: datetime | None = None) -> VisitClaim:
    """Confirm that the next visit is to be charged; the Party may then dispute it.

    Raises:
        AmountMissing: neither then nor now does the price list name an amount.
        NotPossibleInState, PermissionDenied.

    Source: R-2.9.1-10, T11.
    """
    at = at or timezone.now()
    claim = locked_claim(claim_id)
    today = uk_date(at)
    cost = claimed_cost(claim, today)
    if cost is None:
        raise AmountMissing
    until = last_day_to_dispute(today, working_calendar())
    why = f"{pounds(cost.net)} excluding VAT. {claim.reasoning}"
    perform(
        claim.confirm,
        by=by,
        at=at,
        why=why,
        tells_price=True,
        net=cost.net,
        until=until,
    )
    emails.claim_confirmed(claim, cost, at)
    return claim


@command
def drop_claim(
    claim_id: int, *, by: User, reason: str, at: datetime | None = None
) -> VisitClaim:
    """Let the next visit be free of charge after all, disputed or not.

    Raises:
        ReasonMissing, NotPossibleInState, PermissionDenied.

    Source: R-2.9.1-10.
    """
    return decide(claim_id, "drop", by=by, reason=reason, at=at or timezone.now())


@command
def uphold_claim(
    claim_id: int, *, by: User, reason: str, at: datetime | None = None
) -> VisitClaim:
    """Decide that a disputed claim stands.

    Raises:
        ReasonMissing, NotPossibleInState, PermissionDenied.

    Source: R-2.9.1-10.
    """
    return decide(claim_id, "uphold", by=by, reason=reason, at=at or timezone.now())


def decide(
    claim_id: int, move: str, *, by: User, reason: str, at: datetime
) -> VisitClaim:
    if not reason.strip():
        raise ReasonMissing
    claim = locked_claim(claim_id)
    perform(getattr(claim, move), by=by, at=at, why=reason, because=reason)
    emails.claim_decided(claim, at)
    return claim


@command
def dispute_claim(
    claim_id: int, *, by: User, reason: str, at: datetime | None = None
) -> VisitClaim:
    """Say why the next visit should not be charged; Operations decides.

    Raises:
        DisputeTooLate: the last day for it has passed.
        ReasonMissing, NotPossibleInState, PermissionDenied.

    Source: R-2.9.1-10.
    """
    at = at or timezone.now()
    if not reason.strip():
        raise ReasonMissing
    claim = locked_claim(claim_id)
    perform(claim.object_to, by=by, at=at, why=reason, because=reason)
    return claim


def made_for(claim: VisitClaim) -> SiteVisit | None:
    """Return the visit that a claim is charged for: the first that took place. T11."""
    made = claim.next_visits.filter(state__in=TOOK_PLACE).order_by("pk")
    found: SiteVisit | None = made.first()
    return found


def settle_claim(claim: VisitClaim, *, at: datetime) -> SiteVisit | None:
    """Let a locked claim be charged; return the visit that it is charged for, or None.

    Due when nothing can be said against it any more and the next visit took place: one
    that DCC's side missed, or that was called off, is never charged. Whoever calls
    raises the charge in the same unit of work.

    Source: R-2.9.1-10, T11.
    """
    made = made_for(claim)
    is_final = claim.state in LIVE_CLAIM and claim.is_final_on(uk_date(at))
    if made is None or not is_final:
        return None
    perform(claim.charge, by=SYSTEM, at=at, why=f"For {made}")
    return made
