"""What the Gateway Party decides: authority to proceed, or a refusal."""

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from orders.commands import tell_partner_of_the_end
from orders.models import ConnectionRequest
from orders.states import OrderState
from parties.models import User
from quotes import emails, policies
from quotes.errors import (
    AccessAnswerMissing,
    AuthorityBeingChecked,
    RackSpaceMissing,
)
from quotes.models import Authority, Quote
from quotes.states import QuoteState
from records.commands import store_document
from records.models import Document
from records.transitions import perform


@transaction.atomic
def upload_authority(
    quote_id: int,
    *,
    by: User,
    content: bytes,
    file_name: str,
    content_type: str,
    signatory_name: str,
    has_access_rules: bool | None,
    access_rules: str = "",
    has_rack_space: bool = False,
    at: datetime | None = None,
) -> Authority:
    """Keep a signed scan as authority to proceed; DCC then checks who signed.

    The instant of the upload decides whether it is in time, not that of the check.

    Args:
        content: already found to be a PDF, JPEG or PNG of a permitted size.
        has_access_rules: whether the site has rules for visits; None is no answer.
        has_rack_space: the Party's word that the equipment has its place; asked with
            a firm offer, since installation follows it.

    Raises:
        QuoteLapsed: the last day has passed, even if no timer has run.
        AuthorityBeingChecked: one is in hand already.
        AccessAnswerMissing, RackSpaceMissing: the authority is incomplete without.
        NotPossibleInState, PermissionDenied.

    Source: R-2.11-1, R-2.11-3, R-3.4-3, R-3.5-1, R-3.7-2.
    """
    at = at or timezone.now()
    order: ConnectionRequest = ConnectionRequest.objects.locked().get(quotes=quote_id)
    quote: Quote = order.quotes.get(pk=quote_id)
    if not policies.may_upload(quote, by):
        raise PermissionDenied
    if quote.state == QuoteState.AUTHORITY_RECEIVED:
        raise AuthorityBeingChecked
    if has_access_rules is None or (has_access_rules and not access_rules.strip()):
        raise AccessAnswerMissing
    if quote.is_firm and not has_rack_space:
        raise RackSpaceMissing(units=order.rack_units)
    why = f"Signed by {signatory_name}"
    perform(quote.receive_authority, by=by, at=at, why=why)
    document = store_document(
        content,
        kind=Document.Kind.AUTHORITY,
        name=file_name,
        content_type=content_type,
        thread=quote.thread,
        by=by,
        at=at,
    )
    authority = Authority.objects.create(
        quote=quote,
        document=document,
        signatory_name=signatory_name,
        has_access_rules=has_access_rules,
        access_rules=access_rules,
        has_rack_space=has_rack_space,
        uploaded_by=by,
        received_at=at,
    )
    emails.authority_received(authority, at)
    return authority


@transaction.atomic
def decline_quote(
    quote_id: int, *, by: User, reason: str = "", at: datetime | None = None
) -> Quote:
    """Decline an open offer; its order ends, free of charge. It cannot be revived.

    Raises:
        QuoteLapsed, AuthorityBeingChecked, NotPossibleInState, PermissionDenied.

    Source: R-3.4-5, R-3.4-6, R-3.6-6.
    """
    at = at or timezone.now()
    order: ConnectionRequest = ConnectionRequest.objects.locked().get(quotes=quote_id)
    quote: Quote = order.quotes.get(pk=quote_id)
    if quote.state == QuoteState.AUTHORITY_RECEIVED:
        raise AuthorityBeingChecked
    perform(quote.decline, by=by, at=at, why=reason)
    ending = order.refuse if order.state == OrderState.SURVEY else order.decline
    perform(ending, by=by, at=at, why=reason)
    tell_partner_of_the_end(order, by=by, at=at)
    emails.quote_declined(quote, at)
    return quote
