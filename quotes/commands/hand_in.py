"""Authority to proceed that comes in one step: by e-mail, or in the portal."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from common.clock import uk_date, uk_time
from common.files import Upload
from common.wording import day_words
from orders.models import ConnectionRequest
from parties.models import User
from quotes import emails, policies
from quotes.commands.read import owe_reading
from quotes.errors import (
    AccessAnswerMissing,
    AuthorityBeingChecked,
    RackSpaceMissing,
    ReceivedBeforeIssue,
    ReceivedInFuture,
    SenderMissing,
    SignedUploadNeeded,
    UploadWaiting,
)
from quotes.models import Authority, Quote, SignedFile
from quotes.states import (
    AuthorityOutcome,
    AuthorityRoute,
    HandIn,
    QuoteStage,
    QuoteState,
)
from records.commands import store_document
from records.models import Document
from records.transitions import SYSTEM, perform, record_event
from records.unit import command


@dataclass(frozen=True)
class AuthorityAnswers:
    """What an authority says beside the signature. Source: R-3.5-1, R-3.7-2."""

    signatory_name: str
    has_access_rules: bool | None
    access_rules: str
    has_rack_space: bool

    def require_complete(self, quote: Quote) -> None:
        """Refuse an authority that leaves a question open."""
        has_rules = self.has_access_rules
        if has_rules is None or (has_rules and not self.access_rules.strip()):
            raise AccessAnswerMissing
        if quote.is_firm and not self.has_rack_space:
            raise RackSpaceMissing(units=quote.order.rack_units)


@command
def key_in_authority(
    quote_id: int,
    *,
    by: User,
    files: Sequence[Upload],
    sender_email: str,
    received_at: datetime,
    signatory_name: str,
    has_access_rules: bool | None,
    access_rules: str = "",
    has_rack_space: bool = False,
    at: datetime | None = None,
) -> Authority:
    """Enter a signed scan that came to the Service Desk by e-mail.

    It counts from when the mail came, not from when it was entered. An offer that the
    timer ended meanwhile had been taken in time, so its lapse is set aside.

    Args:
        received_at: aware; when DCC's mail server had the mail.

    Raises:
        ReceivedInFuture, ReceivedBeforeIssue: the mail cannot have come then.
        QuoteLapsed: it came after the last day.
        SenderMissing, AccessAnswerMissing, RackSpaceMissing: the record is incomplete.
        AuthorityBeingChecked, UploadWaiting, NotPossibleInState, PermissionDenied.

    Source: R-2.11-1, R-2.11-3, R-2.11-5, R-3.4-3.
    """
    at = at or timezone.now()
    quote = locked_quote(quote_id)
    if not policies.may_key(quote, by):
        raise PermissionDenied
    require_possible(quote, received_at, at)
    if not sender_email.strip():
        raise SenderMissing
    answers = AuthorityAnswers(
        signatory_name, has_access_rules, access_rules, has_rack_space
    )
    if quote.state == QuoteState.LAPSED:
        answers.require_complete(quote)
        set_lapse_aside(quote, by, at, received_at)
    else:
        stop_the_clock(quote, answers, by, received_at)
    authority = new_authority(
        quote,
        answers,
        by,
        received_at,
        **handed_in(at, by),
        route=AuthorityRoute.KEYED,
        sender_email=sender_email.strip(),
    )
    attach_files(authority, store_files(quote, files, by, at))
    emails.authority_received(authority, at)
    return authority


def require_possible(quote: Quote, received_at: datetime, at: datetime) -> None:
    if received_at > at:
        raise ReceivedInFuture
    if quote.issued_at is None or received_at < quote.issued_at:
        day = day_words(uk_date(quote.issued_at)) if quote.issued_at else "never"
        raise ReceivedBeforeIssue(quote=quote, day=day)


def set_lapse_aside(
    quote: Quote, by: User, at: datetime, received_at: datetime
) -> None:
    """Undo a lapse that was none: what stops the clock had come before its end."""
    order: ConnectionRequest = quote.order
    came = timezone.localtime(received_at)
    why = f"The signed quotation came by e-mail at {came:%-H:%M on %-d %B %Y}"
    perform(quote.set_lapse_aside, by=by, at=at, why=why, given_at=received_at)
    is_updated = quote.stage == QuoteStage.UPDATED
    resume = order.resume_survey_offer if is_updated else order.resume_offer
    perform(resume, by=SYSTEM, at=at, why=why)
    tell_partner_of_the_return(order, at)


def tell_partner_of_the_return(order: ConnectionRequest, at: datetime) -> None:
    """Say in the other one's history that this one goes on: its end was told there."""
    partner = order.partner
    if partner is not None and not partner.is_closed:
        what = f"{order.reference}, the other one of the pair, goes on after all"
        record_event(partner, "partner_resumed", by=SYSTEM, at=at, what=what)


@command
def accept_in_portal(
    quote_id: int,
    *,
    by: User,
    statement: str,
    has_access_rules: bool | None,
    access_rules: str = "",
    has_rack_space: bool = False,
    at: datetime | None = None,
) -> Authority:
    """Keep an authoriser's acceptance given in the portal, as evidence.

    Kept are the person, the instant, the words that were shown and agreed to, and the
    fingerprint of the document that they are about. DCC checks the nomination as it
    does for a signature.

    Args:
        by: signed in again just before; the page sees to that.
        statement: the words beside the box that was ticked.

    Raises:
        SignedUploadNeeded: DCC asks for signatures on paper.
        QuoteLapsed, AuthorityBeingChecked, NotPossibleInState.
        AccessAnswerMissing, RackSpaceMissing: the authority is incomplete without.
        PermissionDenied: `by` is not nominated to authorise.

    Source: R-2.11-2, R-2.11-4, R-2.11-5, R-3.4-2.
    """
    at = at or timezone.now()
    quote = locked_quote(quote_id)
    if not policies.may_accept(quote, by):
        raise PermissionDenied
    if settings.SIGNED_UPLOAD_MANDATORY:
        raise SignedUploadNeeded
    answers = AuthorityAnswers(by.name, has_access_rules, access_rules, has_rack_space)
    mark = quote.fingerprint
    said = f"“{statement}” (document with fingerprint {mark})"
    stop_the_clock(quote, answers, by, at, said=said)
    authority = new_authority(
        quote,
        answers,
        by,
        at,
        **handed_in(at, by),
        route=AuthorityRoute.BROWSER,
        statement=statement,
        fingerprint=mark,
    )
    emails.authority_received(authority, at)
    return authority


def locked_quote(quote_id: int) -> Quote:
    """Lock the order, then read the offer."""
    order: ConnectionRequest = ConnectionRequest.objects.locked().get(quotes=quote_id)
    quote: Quote = order.quotes.get(pk=quote_id)
    return quote


def stop_the_clock(
    quote: Quote, answers: AuthorityAnswers, by: User, at: datetime, said: str = ""
) -> None:
    """Stop the clock, unless the authority is late, second or incomplete."""
    if quote.state == QuoteState.AUTHORITY_RECEIVED:
        raise AuthorityBeingChecked
    refuse_while_one_waits(quote)
    answers.require_complete(quote)
    why = said or f"Signed by {answers.signatory_name}"
    perform(quote.hand_in_authority, by=by, at=at, why=why)


def waiting_upload(quote: Quote) -> Authority | None:
    """Return what was uploaded for an offer and is not handed in yet."""
    found: Authority | None = quote.authorities.waiting().first()
    if found is not None:
        # The very offer that is locked, so that both change together.
        found.quote = quote
    return found


def refuse_while_one_waits(quote: Quote) -> None:
    """Refuse what would overtake an upload: it counts from when it came.

    Raises:
        UploadWaiting.
    """
    waiting = waiting_upload(quote)
    if waiting is not None:
        came = uk_time(waiting.received_at)
        until = waiting.until_words
        raise UploadWaiting(quote=quote, came=came, until=until)


def store_files(
    quote: Quote, files: Sequence[Upload], by: User, at: datetime
) -> list[Document]:
    """Keep each file as it came, with its own SHA-256."""
    return [
        store_document(
            one.content,
            kind=Document.Kind.AUTHORITY,
            name=one.name,
            content_type=one.content_type,
            virus_check=one.virus_check,
            thread=quote.thread,
            by=by,
            at=at,
        )
        for one in files
    ]


def handed_in(at: datetime, by: User) -> dict[str, Any]:
    """Return what stands on an authority that comes to DCC in one step."""
    return {
        "state": HandIn.HANDED_IN,
        "outcome": AuthorityOutcome.PENDING,
        "handed_in_at": at,
        "handed_in_by": by,
    }


def new_authority(
    quote: Quote,
    answers: AuthorityAnswers,
    by: User,
    received_at: datetime,
    **facts: object,
) -> Authority:
    """Add the row of an authority; it counts from `received_at`."""
    return Authority.objects.create(
        quote=quote,
        signatory_name=answers.signatory_name,
        has_access_rules=bool(answers.has_access_rules),
        access_rules=answers.access_rules,
        has_rack_space=answers.has_rack_space,
        uploaded_by=by,
        received_at=received_at,
        **facts,
    )


def attach_files(authority: Authority, documents: Sequence[Document]) -> None:
    """Add the files in their order, and ask a worker to read their codes."""
    SignedFile.objects.bulk_create(
        SignedFile(authority=authority, document=document, position=position)
        for position, document in enumerate(documents, start=1)
    )
    owe_reading(authority)
