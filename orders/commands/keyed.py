"""Forms that the desk keyed in: moved to another Party, set aside, taken after all."""

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.utils import timezone

from common.clock import uk_date
from common.files import Upload
from common.wording import day_words
from orders import emails, policies
from orders.commands.key_in import Came, begin_draft, nominated_sender
from orders.commands.mirror import locked_members
from orders.errors import (
    KeyedInAlready,
    NotKeyedIn,
    ReasonMissing,
    SamePartyAlready,
    SenderNotNominated,
    SentAlready,
    StillInAPair,
)
from orders.findings.eligible import capacity_of
from orders.models import ConnectionRequest, RefusedForm
from orders.states import Channel, OrderState
from parties.models import Party, User
from records.models import Document
from records.transitions import perform, record_event
from records.unit import command


@command
def move_keyed_form(
    order_id: int, *, by: User, party_id: int, why: str, at: datetime | None = None
) -> ConnectionRequest:
    """Move a form that was keyed in for the wrong Party to the right one.

    It keeps its number, its file, its answers and when it came; the data centre, the
    Party's reference and what was declared in the wrong Party's name go. The wrong
    Party no longer sees it.

    Raises:
        SenderNotNominated: the right Party had not nominated its sender on that day.
        NoStanding: the right Party could not order on that day.
        NotKeyedIn, SentAlready, StillInAPair, SamePartyAlready, ReasonMissing.
        PermissionDenied: `by` is not of the desk.

    Source: R-1.3-7, R-2.2-5.
    """
    at = at or timezone.now()
    list(Party.objects.locked().filter(orders=order_id).order_by("pk"))
    order, before = keyed_order(order_id, by, why)
    if order.state != OrderState.DRAFT:
        raise SentAlready(order=order, party=before)
    if before.pk == party_id:
        raise SamePartyAlready(order=order, party=before)
    party = Party.objects.locked().get(pk=party_id)
    hand_over(order, party)
    what = "Moved to the Party that the form names"
    told = f"From {before} to {party}\n{why.strip()}"
    record_event(
        order, "move_keyed_form", by=by, at=at, what=what, why=told, is_public=False
    )
    emails.form_received(order, at)
    emails.keyed_by_mistake(order, before, at)
    return order


def hand_over(order: ConnectionRequest, party: Party) -> None:
    """Make a keyed draft another Party's, without what was of the first alone."""
    came_at = order.received_at or order.created_at
    order.created_by = sender_at(party, order.sender_email, came_at)
    order.party, order.data_centre, order.customer_reference = party, None, ""
    for name, value in capacity_of(party, uk_date(came_at)).items():
        setattr(order, name, value)
    order.drop_needless()
    order.acknowledgements.all().delete()
    order.save()


@command
def set_keyed_form_aside(
    order_id: int, *, by: User, why: str, at: datetime | None = None
) -> ConnectionRequest:
    """Set aside a form that should not have been keyed in, until DCC has accepted it.

    Its file and its history stay. Nobody puts it back; the form can be keyed in again.

    Raises:
        NotPossibleInState: DCC has accepted it, or it is over.
        NotKeyedIn, StillInAPair, ReasonMissing.
        PermissionDenied: `by` is not of the desk.

    Source: R-1.3-7.
    """
    at = at or timezone.now()
    Party.objects.locked().get(orders=order_id)
    order, party = keyed_order(order_id, by, why)
    is_draft = order.state == OrderState.DRAFT
    move = order.set_aside if is_draft else order.set_sent_aside
    perform(move, by=by, at=at, why=why.strip())
    emails.keyed_by_mistake(order, party, at)
    return order


def keyed_order(order_id: int, by: User, why: str) -> tuple[ConnectionRequest, Party]:
    """Return an order that the desk keyed in, locked, with its Party."""
    order = locked_members(order_id)
    if order.channel == Channel.PORTAL:
        raise NotKeyedIn(order=order)
    if not policies.may_key_in(order, by):
        raise PermissionDenied
    if not why.strip():
        raise ReasonMissing
    if order.group_id is not None:
        raise StillInAPair(order=order)
    return order, order.party


@command
def key_in_refused(
    refused_id: int,
    *,
    by: User,
    party_id: int,
    sender_email: str,
    why: str,
    at: datetime | None = None,
) -> ConnectionRequest:
    """Key in a form after all that was turned away, from when it came.

    For a sender or a Party that was typed wrongly, or a nomination that was recorded
    late. The right of the sender is asked for the day on which the form came.

    Raises:
        SenderNotNominated: the Party had not nominated the address on that day.
        KeyedInAlready, NoStanding, ReasonMissing.
        PermissionDenied: `by` is not of the desk.

    Source: R-1.3-7, R-2.2-5, R-2.2-7.
    """
    at = at or timezone.now()
    if not policies.may_key_in(None, by):
        raise PermissionDenied
    if not why.strip():
        raise ReasonMissing
    party = Party.objects.locked().get(pk=party_id)
    refused: RefusedForm = RefusedForm.objects.select_for_update(of=("self",)).get(
        pk=refused_id
    )
    if refused.keyed_as is not None:
        raise KeyedInAlready(refused=refused, order=refused.keyed_as)
    came = Came(refused.channel, sender_email, refused.received_at, by)
    sender = sender_at(party, sender_email, refused.received_at)
    order = begin_draft(party, sender, file_of(refused), came, at)
    refused.keyed_as = order
    refused.save(update_fields=["keyed_as"])
    what = f"Keyed in after all, as {order}"
    told = f"{party}, from {sender.email}\n{why.strip()}"
    record_event(
        refused, "key_in_refused", by=by, at=at, what=what, why=told, is_public=False
    )
    return order


def sender_at(party: Party, email: str, received_at: datetime) -> User:
    day = uk_date(received_at)
    found = nominated_sender(party.pk, email, day)
    if found is None:
        raise SenderNotNominated(party=party, email=email, day=day_words(day))
    return found


def file_of(refused: RefusedForm) -> Upload:
    """Return the file of a form that was turned away, to be kept with its order too."""
    paper = Document.objects.get(refused_form=refused)
    with paper.file.open() as file:
        content = file.read()
    kept = (paper.name, paper.content_type, paper.virus_check)
    return Upload(content, *kept, pages=0)
