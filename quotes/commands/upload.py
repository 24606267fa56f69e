"""A signed scan on its way to DCC: uploaded, looked at, handed in or replaced."""

import hashlib
from collections.abc import Sequence
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.utils import timezone

from common.files import Upload
from orders.models import ConnectionRequest
from parties.models import User
from parties.policies import is_operations
from quotes import emails, policies
from quotes.commands.hand_in import (
    AuthorityAnswers,
    attach_files,
    locked_quote,
    new_authority,
    refuse_while_one_waits,
    store_files,
    waiting_upload,
)
from quotes.deadlines import hands_itself_in_at
from quotes.errors import AuthorityBeingChecked, ScanMissing, UploadChanged
from quotes.models import Authority, Quote
from quotes.states import OPEN, AuthorityOutcome, HandIn, QuoteState
from records.errors import NotPossibleInState
from records.models import Document
from records.transitions import SYSTEM, System, perform, record_event
from records.unit import command


@command
def upload_authority(
    quote_id: int,
    *,
    by: User,
    files: Sequence[Upload],
    signatory_name: str,
    has_access_rules: bool | None,
    access_rules: str = "",
    has_rack_space: bool = False,
    replaces: int | None = None,
    reuses_files: bool = False,
    at: datetime | None = None,
) -> Authority:
    """Keep a signed scan, to be read and then handed in as authority to proceed.

    The instant of the upload decides whether it is in time: not when it is handed in,
    which it is by itself after 15 minutes, nor when it is checked.

    Args:
        files: each already found to be a PDF, JPEG or PNG; together one authority.
        has_access_rules: whether the site has rules for visits; None is no answer.
        has_rack_space: the Party's word that the equipment has its place; asked with
            a firm offer, since installation follows it.
        replaces: the authority that the person looked at and wants to replace.
        reuses_files: whether that one's files are part of the new one.

    Returns:
        The new row; or the one that waits, where the same person sent the same again.

    Raises:
        QuoteLapsed: the last day has passed, even if no timer has run.
        UploadWaiting, AuthorityBeingChecked: one is in hand already.
        UploadChanged: `replaces` is no longer the latest.
        CheckBegun: DCC has begun its check of it.
        ScanMissing, AccessAnswerMissing, RackSpaceMissing: it is incomplete without.
        NotPossibleInState, PermissionDenied.

    Source: R-2.11-1, R-2.11-3, R-3.4-3, R-3.5-1, R-3.7-2.
    """
    at = at or timezone.now()
    quote = locked_quote(quote_id)
    if not policies.may_upload(quote, by):
        raise PermissionDenied
    answers = AuthorityAnswers(
        signatory_name, has_access_rules, access_rules, has_rack_space
    )
    hand_in_what_is_due(quote, at)
    waiting = waiting_upload(quote)
    if waiting is not None and is_sent_again(waiting, by, answers, files):
        return waiting
    before = replaced(quote, waiting, replaces)
    given_at, due_at = times(before, files, at)
    require_answerable(quote, given_at)
    answers.require_complete(quote)
    kept = before.documents if before is not None and reuses_files else []
    if not [*kept, *files]:
        raise ScanMissing
    if before is not None:
        make_way(before, by, at)
    authority = new_authority(quote, answers, by, given_at, hands_in_at=due_at)
    attach_upload(authority, [*kept, *store_files(quote, files, by, at)], by, at)
    return authority


def attach_upload(
    authority: Authority, documents: Sequence[Document], by: User, at: datetime
) -> None:
    attach_files(authority, documents)
    what = f"Signed {authority.quote} uploaded"
    why = f"Signed by {authority.signatory_name}"
    record_event(authority, "upload_authority", by=by, at=at, what=what, why=why)


def times(
    before: Authority | None, files: Sequence[Upload], at: datetime
) -> tuple[datetime, datetime]:
    """Return from when an upload counts, and when it is handed in by itself.

    Putting a name right sends no paper, so it counts from when the paper came.
    """
    if files or before is None:
        return at, hands_itself_in_at(at)
    due_at = before.hands_in_at if before.is_waiting else None
    return before.received_at, due_at or hands_itself_in_at(at)


def with_quote(authority: Authority | None, quote: Quote) -> Authority | None:
    """Give the row the very offer that is locked, so that both change together."""
    if authority is not None:
        authority.quote = quote
    return authority


def is_sent_again(
    waiting: Authority, by: User, answers: AuthorityAnswers, files: Sequence[Upload]
) -> bool:
    """Say whether a form was sent twice: the same person, answers and new files."""
    sent = [hashlib.sha256(one.content).hexdigest() for one in files]
    came = [document.sha256 for document in waiting.documents]
    said = (waiting.signatory_name, waiting.access_rules)
    return (
        waiting.uploaded_by_id == by.pk
        and said == (answers.signatory_name, answers.access_rules)
        and bool(sent)
        and came[-len(sent) :] == sent
    )


def replaced(
    quote: Quote, waiting: Authority | None, replaces: int | None
) -> Authority | None:
    """Return what the new upload takes the place of, if it may."""
    if replaces is None:
        refuse_while_one_waits(quote)
        if quote.state == QuoteState.AUTHORITY_RECEIVED:
            raise AuthorityBeingChecked
        return None
    pending = with_quote(quote.authorities.pending().first(), quote)
    latest = waiting or pending
    if latest is None or latest.pk != replaces or not latest.has_scan:
        raise UploadChanged
    return latest


def require_answerable(quote: Quote, at: datetime) -> None:
    if quote.state not in OPEN:
        raise NotPossibleInState(subject=quote, state=quote.get_state_display().lower())
    quote.require_open(at)


def make_way(before: Authority, by: User, at: datetime) -> None:
    """Replace an upload at once; what is handed in stands until the new one is."""
    before.require_replaceable()
    if before.is_waiting:
        perform(before.replace, by=by, at=at)


@command
def hand_in_authority(
    authority_id: int, *, by: User, at: datetime | None = None
) -> Authority:
    """Hand in what was uploaded, as it is. It counts from the upload.

    Safe to repeat: what the timer or a second click has handed in stays so.

    Raises:
        UploadChanged: it was replaced or thrown away meanwhile.
        PermissionDenied: `by` is not nominated for either purpose.

    Source: R-2.11-1, R-2.11-3, R-2.11-5.
    """
    at = at or timezone.now()
    authority = locked_upload(authority_id, by)
    if authority.state == HandIn.HANDED_IN:
        return authority
    if not authority.is_waiting:
        raise UploadChanged
    hand_in(authority, by, at)
    return authority


def locked_upload(authority_id: int, by: User) -> Authority:
    """Lock the order, then read the upload and its offer."""
    authority = locked_authority(authority_id)
    if not policies.may_confirm(authority, by):
        raise PermissionDenied
    return authority


def locked_authority(authority_id: int) -> Authority:
    orders = ConnectionRequest.objects.locked()
    order: ConnectionRequest = orders.get(quotes__authorities=authority_id)
    authority = Authority.objects.get(pk=authority_id)
    authority.quote = order.quotes.get(pk=authority.quote_id)
    return authority


def hand_in(authority: Authority, by: User | System, at: datetime) -> None:
    """Stop the clock with the instant of the upload, and acknowledge it.

    After its time an upload is handed in by the portal, whoever comes first to it.
    """
    quote, due_at = authority.quote, authority.hands_in_at or at
    require_answerable(quote, authority.received_at)
    is_late = at >= due_at
    who, done_at = (SYSTEM, due_at) if is_late else (by, at)
    earlier = with_quote(quote.authorities.pending().first(), quote)
    if earlier is not None:
        perform(earlier.replace, by=who, at=done_at)
    if quote.state == QuoteState.ISSUED:
        given_at, signed = (
            authority.received_at,
            f"Signed by {authority.signatory_name}",
        )
        perform(quote.hand_in_authority, by=who, at=given_at, why=signed)
    authority.handed_in_by = who if isinstance(who, User) else None
    why = "Nobody had confirmed it within 15 minutes" if is_late else ""
    perform(authority.hand_in, by=who, at=done_at, why=why)
    emails.authority_received(authority, at)


def hand_in_what_is_due(quote: Quote, at: datetime) -> None:
    """Do what the timer owes, if it is late, before anything else is decided."""
    due = with_quote(quote.authorities.due_in(at).first(), quote)
    if due is not None:
        hand_in(due, SYSTEM, at)


@command
def hand_in_due_authority(authority_id: int, *, now: datetime) -> bool:
    """Hand in what nobody confirmed in time; return whether. Safe to repeat.

    Source: R-2.11-1, R-2.11-3.
    """
    authority = locked_authority(authority_id)
    if not authority.is_waiting or now < (authority.hands_in_at or now):
        return False
    hand_in(authority, SYSTEM, now)
    return True


@command
def discard_upload(
    authority_id: int, *, by: User, at: datetime | None = None
) -> Authority:
    """Throw away what was uploaded and not handed in. The files stay stored.

    Raises:
        UploadChanged: it was handed in, also where only its timer is late.
        PermissionDenied: `by` is not nominated for either purpose.

    Source: R-2.11-3.
    """
    at = at or timezone.now()
    authority = locked_upload(authority_id, by)
    if authority.state == HandIn.DISCARDED:
        return authority
    if not authority.is_waiting or at >= (authority.hands_in_at or at):
        raise UploadChanged
    perform(authority.discard, by=by, at=at)
    return authority


@command
def begin_check(authority_id: int, *, by: User, at: datetime | None = None) -> bool:
    """Keep when DCC first looked at a signature: it is not replaced from then on.

    Returns:
        Whether it began now. Not while a replacement waits, nor a second time.

    Raises:
        PermissionDenied: `by` does not check signatures.

    Source: R-2.11-4, R-2.11-5.
    """
    at = at or timezone.now()
    if not is_operations(by):
        raise PermissionDenied
    authority = locked_authority(authority_id)
    is_new = (
        authority.outcome == AuthorityOutcome.PENDING
        and authority.check_began_at is None
    )
    if not is_new or waiting_upload(authority.quote) is not None:
        return False
    authority.check_began_at = at
    authority.save()
    what = "DCC began to check who signed"
    record_event(authority, "begin_check", by=by, at=at, what=what)
    return True
