"""What DCC finds when it checks who signed."""

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.utils import timezone

from common.clock import uk_date, uk_time
from common.wording import day_words
from orders.commands import tell_partner_of_the_end
from orders.errors import ReasonMissing
from orders.findings import check_eligible
from orders.models import ConnectionRequest
from orders.states import OrderState
from parties.models import Nomination, User
from parties.policies import is_operations
from parties.states import Purpose
from quotes import emails
from quotes.commands.hand_in import waiting_upload
from quotes.errors import (
    AlreadyVerified,
    AuthorityRestsOnIt,
    ReplacementWaiting,
    SignatoryNotNominated,
    UploadChanged,
)
from quotes.models import Authority, Quote
from quotes.signals import authority_verified
from quotes.states import AuthorityOutcome, QuoteState
from records.transitions import SYSTEM, perform, record_event
from records.unit import command


def locked_authority(
    authority_id: int, by: User
) -> tuple[ConnectionRequest, Quote, Authority]:
    """Lock the order, then read the authority that is still to be checked."""
    if not is_operations(by):
        raise PermissionDenied
    order: ConnectionRequest = ConnectionRequest.objects.locked().get(
        quotes__authorities=authority_id
    )
    authority = Authority.objects.select_related("quote").get(pk=authority_id)
    if authority.outcome == AuthorityOutcome.NONE:
        raise UploadChanged
    if authority.outcome != AuthorityOutcome.PENDING:
        raise AlreadyVerified(outcome=authority.get_outcome_display().lower())
    quote: Quote = order.quotes.get(pk=authority.quote_id)
    authority.quote = quote
    require_latest(quote)
    return order, quote, authority


def require_latest(quote: Quote) -> None:
    """Refuse to decide about a signature that is about to be replaced.

    Raises:
        ReplacementWaiting: another was uploaded before DCC began its check.
    """
    waiting = waiting_upload(quote)
    if waiting is not None:
        came, until = uk_time(waiting.received_at), waiting.until_words
        person = waiting.uploaded_by
        raise ReplacementWaiting(person=person, came=came, until=until)


@command
def verify_authority(
    authority_id: int, *, by: User, nomination_id: int, at: datetime | None = None
) -> Authority:
    """Find an authority effective: the signatory was nominated on the day it came.

    It counts from when it was given, though checked days later. On an indicative offer
    it authorises the survey; on a firm one it commits to the full cost (T8).

    Raises:
        SignatoryNotNominated: the nomination is another Party's, for another purpose,
            or did not hold on that day.
        NotEligible: the Party had lost its standing by then.
        AlreadyVerified: somebody was quicker.

    Source: R-2.11-4, R-2.11-5, R-2.2-1, R-3.6-5.
    """
    at = at or timezone.now()
    order, quote, authority = locked_authority(authority_id, by)
    day = uk_date(authority.received_at)
    nomination = Nomination.objects.select_related("user").get(pk=nomination_id)
    require_nominated(nomination, order, authority.received_at)
    check_eligible(order, day)
    authority.nomination = nomination
    settle(authority, AuthorityOutcome.EFFECTIVE, by, at)
    supersede_earlier(order, at)
    why = f"{nomination.user} was nominated to authorise on {day_words(day)}"
    given_at = authority.received_at
    perform(quote.accept, by=by, at=at, why=why, given_at=given_at)
    if order.state == OrderState.QUOTED:
        perform(order.authorise, by=by, at=at)
    authority_verified.send(Quote, quote=quote, authority=authority, at=at)
    emails.authority_verified(authority, at)
    return authority


def supersede_earlier(order: ConnectionRequest, at: datetime) -> None:
    """An updated offer that is accepted takes the place of the one before."""
    for earlier in order.quotes.filter(state=QuoteState.ACCEPTED):
        perform(earlier.supersede, by=SYSTEM, at=at)


def require_nominated(
    nomination: Nomination, order: ConnectionRequest, received_at: datetime
) -> None:
    theirs = Nomination.objects.of_party(order.party_id, Purpose.AUTHORISE)
    if not theirs.held_at(received_at).filter(pk=nomination.pk).exists():
        day = uk_date(received_at)
        raise SignatoryNotNominated(person=nomination.user, day=day_words(day))


@command
def reject_authority(
    authority_id: int, *, by: User, reason: str, at: datetime | None = None
) -> Authority:
    """Find an authority not effective, and tell the Party why.

    Before the end of the last day the offer is open again; after it, it has lapsed.

    Raises:
        ReasonMissing: the Party must know what was wrong.
        AlreadyVerified: somebody was quicker.

    Source: R-2.11-4, R-2.11-5, R-3.4-3.
    """
    at = at or timezone.now()
    if not reason.strip():
        raise ReasonMissing
    order, quote, authority = locked_authority(authority_id, by)
    authority.reason = reason
    settle(authority, AuthorityOutcome.NOT_EFFECTIVE, by, at)
    what = "Authority found not effective"
    record_event(authority, "reject_authority", by=by, at=at, what=what, why=reason)
    if quote.is_open_at(at):
        perform(quote.reopen, by=by, at=at, why=reason)
    else:
        perform(quote.lapse, by=SYSTEM, at=quote.deadline, why=reason)
        perform(order.lapse, by=SYSTEM, at=quote.deadline)
        tell_partner_of_the_end(order, by=SYSTEM, at=at)
    emails.authority_not_effective(authority, at)
    return authority


def settle(authority: Authority, outcome: str, by: User, at: datetime) -> None:
    authority.outcome = outcome
    authority.check_began_at = authority.check_began_at or at
    authority.checked_by, authority.checked_at = by, at
    authority.save()


def require_authorities_stand(nomination: Nomination) -> None:
    """Refuse a nomination's new last day where an authority verified on it would fall.

    Raises:
        AuthorityRestsOnIt: in words that name the quotation.

    Source: R-2.11-4.
    """
    rows = Authority.objects.filter(
        nomination=nomination, outcome=AuthorityOutcome.EFFECTIVE
    )
    for row in rows.select_related("quote").order_by("received_at"):
        day = uk_date(row.received_at)
        if not nomination.holds_on(day):
            raise AuthorityRestsOnIt(
                quote=row.quote, person=nomination.user, day=day_words(day)
            )
