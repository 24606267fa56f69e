"""What a change costs is accepted, with the signed copy, and DCC checks by whom."""

from datetime import datetime

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from common.files import Upload
from connections import emails, policies
from connections.commands.rate import locked_change
from connections.errors import ChangeNotRead
from connections.models import RateChange
from orders.errors import ReasonMissing
from parties.models import User
from quotes.errors import ScanMissing
from records.behalf import person_of
from records.commands import store_document
from records.errors import NotPossibleInState
from records.models import Document
from records.transitions import SYSTEM, perform, record_event
from records.unit import command


@command
def accept_rate_change(
    change_id: int,
    *,
    by: User,
    is_understood: bool,
    signed: Upload | None = None,
    reason: str = "",
    at: datetime | None = None,
) -> RateChange:
    """Accept what a change costs; it is to be done within its days from now.

    It counts from now although DCC checks later who accepted it; nothing is changed or
    charged before that (T27).

    Args:
        is_understood: `by` ticked the words that the row keeps.
        signed: the quotation of the change, signed; needed if the settings say so.

    Raises:
        ChangeNotRead, NotPossibleInState, PermissionDenied: `by` may not authorise.
        ScanMissing: the signed copy is missing (T19).

    Source: R-2.7.2-2, R-2.6-11, R-2.9.2-3, R-2.11-3, R-2.11-5, T2, T13, T19.
    """
    at = at or timezone.now()
    change = locked_change(change_id)
    if not policies.may_accept_change(change, by):
        raise PermissionDenied
    if not is_understood:
        raise ChangeNotRead
    if signed is None and settings.SIGNED_UPLOAD_MANDATORY:
        raise ScanMissing
    why = " ".join(filter(None, [change.to_acknowledge, reason]))
    copy = signed_copy(change, signed, by=person_of(by), at=at) if signed else None
    how = {"person": person_of(by), "signed": copy}
    perform(change.accept, by=by, at=at, why=why, tells_price=True, **how)
    return change


def signed_copy(
    change: RateChange, signed: Upload, *, by: User, at: datetime
) -> Document:
    return store_document(
        signed.content,
        kind=Document.Kind.SIGNED_CHANGE,
        name=signed.name,
        content_type=signed.content_type,
        virus_check=signed.virus_check,
        thread=change.thread,
        by=by,
        at=at,
    )


def take_effect(change: RateChange, *, at: datetime) -> None:
    """Let a use be charged as accepted; what has to be made is made first (T2)."""
    if change.makes_chargeable:
        perform(change.take_effect, by=SYSTEM, at=at)
        emails.rate_change_done(change, at)


@command
def check_rate_acceptance(
    change_id: int,
    *,
    by: User,
    has_effect: bool,
    reason: str = "",
    at: datetime | None = None,
) -> RateChange:
    """Say whether an acceptance has effect: who gave it may authorise (T27).

    Without effect the price stands, the Party is told why and may accept it anew.

    Raises:
        ReasonMissing: it has none, and nobody says why.
        NotPossibleInState: nothing waits to be checked.
        PermissionDenied: `by` is not DCC Operations.

    Source: R-2.11-4, R-2.11-5, T27.
    """
    at = at or timezone.now()
    change = locked_change(change_id)
    if not policies.may_make_change(change, by):
        raise PermissionDenied
    if not change.is_to_check:
        raise NotPossibleInState(
            subject=change, state=change.get_state_display().lower()
        )
    if not has_effect:
        if not reason.strip():
            raise ReasonMissing
        perform(change.turn_down, by=by, at=at, why=reason.strip())
        emails.rate_change_not_effective(change, at, why=reason.strip())
        return change
    change.checked_at, change.checked_by = at, by
    change.save(update_fields=["checked_at", "checked_by"])
    what = f"{change}: its acceptance has effect"
    record_event(change, "check_rate_acceptance", by=by, at=at, what=what, why=reason)
    take_effect(change, at=at)
    return change
