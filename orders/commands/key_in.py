"""Forms that came by another way than this portal: keyed in, or turned away."""

from datetime import date, datetime
from typing import NamedTuple

from django.core.exceptions import PermissionDenied
from django.utils import timezone

from common.clock import uk_date
from common.files import Upload
from common.lines import same_address
from orders import emails, policies
from orders.deadlines import SERVICE_START
from orders.errors import NotAnotherChannel, NotWhenItCame
from orders.findings.eligible import capacity_of
from orders.models import ConnectionRequest, RefusedForm
from orders.states import Channel
from parties.models import Party, User
from parties.states import Purpose
from records.commands import next_reference, store_document
from records.models import Document
from records.transitions import record_event
from records.unit import command


class Came(NamedTuple):
    """How a form came: by the names of the columns that keep it."""

    channel: str
    sender_email: str
    received_at: datetime
    keyed_by: User


@command
def key_in_request(
    party_id: int,
    *,
    by: User,
    channel: str,
    sender_email: str,
    received_at: datetime,
    form: Upload,
    at: datetime | None = None,
) -> ConnectionRequest | RefusedForm:
    """Take in a form that came by e-mail or the secure upload area.

    Whether its sender was nominated on the day it came decides. If so, a draft begins
    in the Party's name, for the desk to fill in and send; it counts from when the form
    came. If not, no order begins: the file is kept, and the sender and the Party are
    told how to nominate somebody.

    Args:
        received_at: aware, in any zone; when DCC had it.

    Raises:
        NotWhenItCame: in the future, or before the service opened (T21).
        NotAnotherChannel: what came by the portal is not keyed in.
        NoStanding: the Party could not order on that day.
        PermissionDenied: `by` is not of the desk.

    Source: R-1.2-1, R-1.3-7, R-1.3-8, R-2.2-5, R-2.2-7.
    """
    at = at or timezone.now()
    if not policies.may_key_in(None, by):
        raise PermissionDenied
    if channel not in (Channel.EMAIL, Channel.UPLOAD):
        raise NotAnotherChannel
    if received_at > at or uk_date(received_at) < SERVICE_START:
        raise NotWhenItCame
    party = Party.objects.locked().get(pk=party_id)
    day = uk_date(received_at)
    sender = nominated_sender(party_id, sender_email, day)
    came = Came(channel, sender_email, received_at, by)
    if sender is None:
        return turn_away(party, form, came, at)
    return begin_draft(party, sender, form, came, at)


def nominated_sender(party_id: int, email: str, day: date) -> User | None:
    """Return who of a Party could submit on a UK day and has the address. R-2.2-5."""
    people = User.objects.nominated(party_id, Purpose.SUBMIT, day)
    found: User | None = people.filter(email__iexact=same_address(email)).first()
    return found


def begin_draft(
    party: Party, sender: User, form: Upload, came: Came, at: datetime
) -> ConnectionRequest:
    """Begin the draft that the desk fills in. It is the sender's own. R-1.3-7."""
    order: ConnectionRequest = ConnectionRequest.objects.create(
        reference=next_reference("ORD"),
        party=party,
        **capacity_of(party, uk_date(came.received_at)),
        created_by=sender,
        created_at=came.received_at,
        saved_at=at,
        **came._asdict(),
    )
    order.form_document = store_form(order, form, came.keyed_by, at)
    order.save(update_fields=["form_document"])
    what = f"Form received by {order.get_channel_display()} and keyed in by DCC"
    why = f"From {order.sender_email}"
    by, received_at = came.keyed_by, came.received_at
    record_event(order, "key_in_request", by=by, at=received_at, what=what, why=why)
    emails.form_received(order, at)
    return order


def turn_away(party: Party, form: Upload, came: Came, at: datetime) -> RefusedForm:
    """Keep a form from somebody not nominated, and say how to nominate. R-2.2-7."""
    refused = RefusedForm.objects.create(
        reference=next_reference("REF"), party=party, keyed_at=at, **came._asdict()
    )
    refused.document = store_form(refused, form, came.keyed_by, at)
    refused.save(update_fields=["document"])
    what = f"Form not accepted: {refused.sender_email} was not nominated by {party}"
    by = came.keyed_by
    record_event(
        refused, "turn_away", by=by, at=came.received_at, what=what, is_public=False
    )
    emails.form_refused(refused, at)
    return refused


def store_form(
    row: ConnectionRequest | RefusedForm, form: Upload, by: User, at: datetime
) -> Document:
    """Keep the form as it came."""
    return store_document(
        form.content,
        kind=Document.Kind.FORM,
        name=form.name,
        content_type=form.content_type,
        virus_check=form.virus_check,
        thread=row.thread,
        by=by,
        at=at,
    )
