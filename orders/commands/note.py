"""What the desk tells itself about an order."""

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.utils import timezone

from orders import emails
from orders.errors import NoteEmpty
from orders.findings.named import named_in
from orders.models import ConnectionRequest, DeskNote
from parties.models import User
from parties.states import DCC_ROLES
from records.transitions import record_event
from records.unit import command
from worklist.people import names


@command
def add_desk_note(
    order_id: int, *, by: User, words: str, at: datetime | None = None
) -> DeskNote:
    """Keep a note for colleagues at DCC. It is never changed and never shown outside.

    Whoever is named in it with an "@" gets an e-mail and reads it on their first page.

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
    people = User.objects.filter(is_active=True, role__in=DCC_ROLES).order_by("name")
    named = [person for person in named_in(words, list(people)) if person != by]
    note.named.set(named)
    told = f"Named in it: {names(named)}" if named else ""
    what = "Note added"
    record_event(
        order, "add_desk_note", by=by, at=at, what=what, why=told, is_public=False
    )
    if named:
        emails.note_names_you(note, [person.email for person in named])
    return note
