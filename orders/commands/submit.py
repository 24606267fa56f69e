"""Sending a request to DCC, and taking it back."""

from datetime import date, datetime

from django.utils import timezone

from common.clock import uk_date
from guidance.commands import version_in_force
from orders import emails, policies
from orders.commands.ask import close_round, require_answers
from orders.commands.pair import tell_partner_of_the_end
from orders.commands.snapshot import save_version
from orders.deadlines import SERVICE_START
from orders.errors import (
    NotOpenYet,
    RequestIncomplete,
)
from orders.findings.acknowledged import missing_acknowledgements
from orders.findings.eligible import check_eligible, require_submitter
from orders.findings.pairs import check_partner
from orders.findings.sharing import check_sharing
from orders.models import ConnectionRequest
from orders.signals import order_ended
from orders.states import OrderState
from parties.models import User
from records.behalf import person_of, recorded_words
from records.transitions import perform
from records.unit import command


@command
def submit_request(
    order_id: int,
    *,
    by: User,
    missing: list[str] | None = None,
    at: datetime | None = None,
) -> ConnectionRequest:
    """Send the form to DCC, the first time or again after questions.

    Args:
        missing: titles of the sections that are not complete, as the form found.

    Raises:
        RequestIncomplete: sections are missing.
        QuestionsUnanswered: DCC asked something that nobody answered.
        NotNominated: `by` is no nominated submitter of the Party.
        NotEligible: the Party has lost its standing.
        PartnerEnded, NotOneSite and others: as `check_partner`.
        SharingMissing and others: as `check_sharing`.
        NotOpenYet: dated before the service opened (T21).
        NotPossibleInState: it was sent already.

    Source: R-1.2-1, R-2.2-1, R-2.2-5, R-0-2, R-1.3-8, R-4.1-4.
    """
    order: ConnectionRequest = ConnectionRequest.objects.locked().get(pk=order_id)
    require_submitter(order, by)
    submitter, came_at = sender_of(order, by)
    at = at or came_at
    if uk_date(at) < SERVICE_START:
        raise NotOpenYet
    if missing:
        raise RequestIncomplete(sections=", ".join(missing).lower())
    require_answers(order)
    require_whole(order, uk_date(at))
    version = version_in_force()
    perform(order.submit, by=by, at=at, submitter=submitter, guidance_version=version)
    close_round(order, at)
    save_version(order, submitter, at, recorded=recorded_words(by))
    emails.request_received(order, at)
    return order


def require_whole(order: ConnectionRequest, today: date) -> None:
    """Refuse a form that DCC could not check: unfinished, or contradicting another.

    Raises:
        RequestIncomplete: names the answers and acknowledgements that are missing.
        NotEligible, PartnerEnded, SharingMissing and others: as `submit_request`.

    Source: R-2.2-1, R-4.1-4.
    """
    missing = order.missing_answers or missing_acknowledgements(order)
    if missing:
        raise RequestIncomplete(sections=", ".join(missing).lower())
    check_eligible(order, today)
    check_partner(order)
    check_sharing(order, today)


def sender_of(order: ConnectionRequest, by: User) -> tuple[User, datetime]:
    """Return whose form it is and when DCC had it.

    A form that the desk keyed in is its sender's, and counts from when it came; once
    returned, from when the desk sends it in again.

    Source: R-1.3-7, R-1.2-1.
    """
    now = timezone.now()
    if policies.may_submit(order, by):
        return person_of(by), now
    came_at = order.received_at if order.state == OrderState.DRAFT else None
    return order.created_by, came_at or now


@command
def withdraw_request(
    order_id: int, *, by: User, reason: str = "", at: datetime | None = None
) -> ConnectionRequest:
    """Withdraw before authority to proceed, free of charge. Quotes go with it.

    Source: R-2.10-1, R-3.4-5.
    """
    at = at or timezone.now()
    order: ConnectionRequest = ConnectionRequest.objects.locked().get(pk=order_id)
    why = "The order was withdrawn"
    order_ended.send(ConnectionRequest, order=order, by=by, at=at, why=why)
    perform(order.withdraw, by=by, at=at, why=reason)
    emails.request_withdrawn(order, at)
    tell_partner_of_the_end(order, by=by, at=at)
    return order
