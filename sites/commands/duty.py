"""Evidence that what has to be seen to at a site is seen to."""

from datetime import date, datetime

from django.core.exceptions import PermissionDenied
from django.utils import timezone

from common.clock import uk_date
from common.files import Upload
from common.wording import day_words
from orders.models import ConnectionRequest
from parties.models import User
from records.commands import store_document
from records.errors import NotPossibleInState
from records.models import Document
from records.transitions import record_event
from records.unit import command
from sites import policies
from sites.commands.install import require_past
from sites.errors import ValidityPassed
from sites.errors.equipment import EvidenceMissing
from sites.facts import AFTER_AUTHORITY
from sites.models import DutyEvidence, SiteDuty


@command
def keep_evidence(
    order_id: int,
    *,
    by: User,
    duty: str,
    on: date,
    note: str = "",
    file: Upload | None = None,
    valid_until: date | None = None,
    at: datetime | None = None,
) -> DutyEvidence:
    """Keep what shows for an order that one thing is seen to; earlier evidence stays.

    Args:
        duty: the code of one in the catalogue that is of this order.
        on: UK day of the evidence, not to come.
        valid_until: its last UK day; None where it has no end.

    Raises:
        EvidenceMissing: neither a note nor a document.
        ValidityPassed, DoneInTheFuture, NotPossibleInState, PermissionDenied.

    Source: R-5.2.1-1, R-5.2.2-1, R-5.2.2-3.
    """
    at = at or timezone.now()
    order: ConnectionRequest = ConnectionRequest.objects.locked().get(pk=order_id)
    if not policies.may_keep_evidence(order, by):
        raise PermissionDenied
    if order.state not in AFTER_AUTHORITY:
        raise NotPossibleInState(subject=order, state=order.get_state_display().lower())
    found: SiteDuty = SiteDuty.objects.of_order(order).get(code=duty)
    if not note.strip() and file is None:
        raise EvidenceMissing
    require_past(on, at)
    if valid_until is not None and valid_until < uk_date(at):
        raise ValidityPassed(day=day_words(valid_until))
    row: DutyEvidence = order.duty_evidence.create(
        duty=found,
        note=note.strip(),
        document=None if file is None else stored(order, file, by=by, at=at),
        on=on,
        valid_until=valid_until,
        by=by,
        at=at,
    )
    what, why = f"Evidence kept: {found.title[0].lower()}{found.title[1:]}", row.note
    record_event(row, "keep_evidence", by=by, at=at, what=what, why=why)
    return row


def stored(
    order: ConnectionRequest, file: Upload, *, by: User, at: datetime
) -> Document:
    return store_document(
        file.content,
        kind=Document.Kind.EVIDENCE,
        name=file.name,
        content_type=file.content_type,
        virus_check=file.virus_check,
        thread=order.thread,
        by=by,
        at=at,
    )
