"""Documents that let people into a site: handed in, checked, and no longer valid."""

from datetime import date, datetime, timedelta

from django.core.exceptions import PermissionDenied
from django.utils import timezone

from common.clock import uk_date
from common.files import Upload
from common.wording import day_words
from orders.errors import ReasonMissing
from parties.models import User
from records.commands import store_document
from records.errors import NotPossibleInState
from records.models import Document
from records.transitions import SYSTEM, perform, record_event
from records.unit import command
from sites import emails, policies
from sites.commands.access_item import locked_item, needs_visits, settle_item
from sites.commands.item_cost import require_cost_accepted
from sites.errors import NotValidLongEnough, ValidityPassed
from sites.models import AccessDocument, AccessItem
from sites.states import AccessItemOwner


@command
def hand_in_access_document(
    item_id: int,
    *,
    by: User,
    file: Upload,
    valid_until: date | None = None,
    at: datetime | None = None,
) -> AccessDocument:
    """Store a document for something that a site asks for; DCC checks it next.

    Args:
        valid_until: its last UK day; None where it has no end.

    Raises:
        ValidityPassed: that day is over.
        CostNotAccepted: it costs something, and nobody has accepted that.
        NotPossibleInState: the thing is settled already.
        PermissionDenied: `by` does not see to it.

    Source: R-2.13-4, R-3.5-2.
    """
    at = at or timezone.now()
    item = locked_item(item_id)
    if not policies.may_settle_item(item, by):
        raise PermissionDenied
    if not item.is_open:
        raise NotPossibleInState(subject=item, state=item.get_state_display().lower())
    require_cost_accepted(item)
    if valid_until is not None and valid_until < uk_date(at):
        raise ValidityPassed(day=day_words(valid_until))
    stored = store_document(
        file.content,
        kind=Document.Kind.ACCESS,
        name=file.name,
        content_type=file.content_type,
        virus_check=file.virus_check,
        thread=item.thread,
        by=by,
        at=at,
    )
    paper: AccessDocument = AccessDocument.objects.create(
        item=item, document=stored, valid_until=valid_until, sent_at=at
    )
    what = f"Document for “{item}” handed in"
    record_event(paper, "hand_in_access_document", by=by, at=at, what=what)
    return paper


def locked_document(document_id: int) -> AccessDocument:
    """Return a document for access, its order being locked from now on."""
    item = locked_item(AccessItem.objects.get(documents=document_id).pk)
    paper: AccessDocument = AccessDocument.objects.select_related("document__by").get(
        pk=document_id
    )
    paper.item = item
    return paper


def has_to_hold_on(item: AccessItem, today: date) -> date:
    """Return the UK day on which a document for it is needed: the next visit's."""
    visit = item.order.visits.to_come().first()
    return max(visit.on, today) if visit is not None else today


@command
def approve_access_document(
    document_id: int,
    *,
    by: User,
    valid_until: date | None = None,
    at: datetime | None = None,
) -> AccessDocument:
    """Approve a document; what it was handed in for is done.

    Args:
        valid_until: its last UK day, as DCC reads it; None where it has no end.

    Raises:
        NotValidLongEnough: it is over before the visit that is booked.
        NotPossibleInState, PermissionDenied.

    Source: R-2.13-4.
    """
    at = at or timezone.now()
    paper = locked_document(document_id)
    day = has_to_hold_on(paper.item, uk_date(at))
    if valid_until is not None and valid_until < day:
        raise NotValidLongEnough(until=day_words(valid_until), day=day_words(day))
    perform(
        paper.approve, by=by, at=at, why=paper.item.what, person=by, until=valid_until
    )
    if paper.item.is_open:
        settle_item(paper.item, f"{paper} approved", by=by, at=at)
    return paper


@command
def turn_down_access_document(
    document_id: int, *, by: User, reason: str, at: datetime | None = None
) -> AccessDocument:
    """Turn a document down, with the reason that whoever handed it in reads.

    Raises:
        ReasonMissing, NotPossibleInState, PermissionDenied.

    Source: R-2.13-4.
    """
    at = at or timezone.now()
    if not reason.strip():
        raise ReasonMissing
    paper = locked_document(document_id)
    perform(paper.turn_down, by=by, at=at, why=reason, person=by, because=reason)
    if paper.item.owner == AccessItemOwner.PARTY:
        emails.access_document_turned_down(paper, at)
    return paper


@command
def reopen_expired_item(item_id: int, *, now: datetime | None = None) -> bool:
    """Open anew what a document settled that does not hold for the next visit.

    It is due the day before that visit, or today. Safe to repeat: whether it is still
    due is asked again. Return whether it was.

    Source: R-2.13-3, R-2.13-4.
    """
    now = now or timezone.now()
    today = uk_date(now)
    item = locked_item(item_id)
    is_due = AccessItem.objects.due_to_reopen(today).filter(pk=item.pk).exists()
    if not (is_due and needs_visits(item.order)):
        return False
    needed = has_to_hold_on(item, today)
    until = day_words(item.valid_until)
    because = f"Its document is valid until {until}. It has to hold on "
    because = f"{because}{day_words(needed)}."
    last_day = max(needed - timedelta(days=1), today)
    why = f"{item}\n{because}"
    perform(item.reopen, by=SYSTEM, at=now, why=why, until=last_day, because=because)
    if item.owner == AccessItemOwner.PARTY:
        emails.access_item_reopened(item, now)
    return True
