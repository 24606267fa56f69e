"""What a contact said of a visit's charge or of common points, recorded (T35).

Each is the contact's own act and counts from when it came.
"""

from orders import emails as order_emails
from orders.commands.behalf import AUTHORISERS, SUBMITTERS, Said, on_behalf
from orders.commands.mirror import lock_with_partner
from parties.models import User
from records.unit import command
from sites.commands.claim import dispute_claim, locked_claim
from sites.commands.paths import answer_common_points
from sites.models import PathCheck, VisitClaim


@command
def record_dispute(claim_id: int, *, by: User, said: Said, reason: str) -> VisitClaim:
    """Dispute the charge for the next visit as a contact said, from when that came.

    One that came in time counts although its last day is over since, as long as the
    visit is not charged.

    Raises:
        As `on_behalf`, and as `dispute_claim`.

    Source: T35, R-2.9.1-10.
    """
    claim = locked_claim(claim_id)
    order = claim.visit.order
    who = on_behalf(
        order,
        said,
        by=by,
        purposes=(*SUBMITTERS, *AUTHORISERS),
        since=claim.confirmed_at,
        what="the charge has been confirmed",
    )
    claim = dispute_claim(claim_id, by=who.actor, reason=reason, at=said.came_at)
    what = f"that the charge for the visit after {claim.visit} is disputed"
    order_emails.recorded_for_you(order, who, what)
    return claim


@command
def record_paths_answer(
    order_id: int, *, by: User, said: Said, is_accepted: bool, which: str, words: str
) -> PathCheck:
    """Accept common points, or ask for another design, as an authoriser said (T34).

    Args:
        order_id: of either of the two.
        which: the points that they were told.
        words: their own, which are kept.

    Raises:
        As `on_behalf`, and as `answer_common_points`.

    Source: T35, R-4.2-2, T34.
    """
    order = lock_with_partner(order_id)
    check = PathCheck.objects.filter(group=order.group_id).first()
    who = on_behalf(
        order,
        said,
        by=by,
        purposes=AUTHORISERS,
        since=check.at if check else None,
        what="the common points have been found",
    )
    check = answer_common_points(
        order_id,
        by=who.actor,
        is_accepted=is_accepted,
        which=which,
        said=words,
        at=said.came_at,
    )
    answer = "accepted" if is_accepted else "to be designed out"
    what = f"that the common points of the two routes are {answer}: {which}"
    order_emails.recorded_for_you(order, who, what)
    return check
