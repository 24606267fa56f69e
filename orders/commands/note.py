"""What the desk tells itself about an order."""

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.utils import timezone

from orders.errors import NoteEmpty
from orders.models import ConnectionRequest, DeskNote
from parties.models import User
from records.transitions import record_event
from records.unit import command


@command
def add_desk_note(
    order_id: int, *, by: User, words: str, at: datetime | None = None
) -> DeskNote:
    """Keep a note for colleagues at DCC. It is never changed and never shown outside.

    Raises:
        NoteEmpty: there are no words.
        PermissionDenied: `by` does not work for DCC.

    Source: R-1.3-1.
    """
    at = at or timezone.now()
    if not by.is_active or not by.acts_for_dcc:
        raise PermissionDenied
    if not words.strip():
        raise NoteEmpty
    order = ConnectionRequest.objects.locked().get(pk=order_id)
    note = DeskNote.objects.create(order=order, words=words.strip(), by=by, at=at)
    what = "Note added"
    record_event(order, "add_desk_note", by=by, at=at, what=what, is_public=False)
    return note
