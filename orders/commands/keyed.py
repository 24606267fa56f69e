"""Forms that the desk keyed in: moved to another Party, set aside, taken after all."""

from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.utils import timezone

from common.clock import uk_date
from common.files import Upload
from common.lines import look
from common.wording import day_words
from orders import emails, policies
from orders.commands.key_in import Came, begin_draft, nominated_sender
from orders.commands.mirror import ALONE, locked_members
from orders.errors import (
    KeyedInAlready,
    NotKeyedIn,
    ReasonMissing,
    SamePartyAlready,
    SenderNotNominated,
    StillInAPair,
)
from orders.models import ANSWERS, ConnectionRequest, RefusedForm
from orders.models.answers import CHOSEN_OF_PARTY
from orders.signals import order_ended
from orders.states import Channel, OrderState
from parties.models import Party, User
from records.models import Document, Notice
from records.transitions import perform, record_event
from records.unit import command

# What a Party's own standing says of its request.
IN_ITS_CAPACITY = ("route", "is_capacity_asked")


@command
def move_keyed_form(
    order_id: int,
    *,
    by: User,
    party_id: int,
    why: str,
    sender_email: str = "",
    at: datetime | None = None,
) -> ConnectionRequest:
    """Move a form that was keyed in for the wrong Party to the right one.

    The right Party gets a draft of its own, with a number that nobody else was told:
    it has the file, the answers and the time of the first, but no data centre and no
    declaration. The first order ends with its quotation, if any, stays for DCC, and is
    kept back from the wrong Party. Until somebody signs.

    Args:
        sender_email: who of the right Party sent it; empty: the address as it stands.

    Returns:
        The draft of the right Party.

    Raises:
        SenderNotNominated: the right Party had not nominated its sender on that day.
        NoStanding: the right Party could not order on that day.
        NotPossibleInState: somebody has signed, or it is over.
        NotKeyedIn, StillInAPair, SamePartyAlready, ReasonMissing.
        PermissionDenied: `by` is not of the desk.

    Source: R-1.3-7, R-2.2-5, R-1.3-3.
    """
    at = at or timezone.now()
    parties = ConnectionRequest.objects.filter(pk=order_id).values_list("party")
    both = Party.objects.locked().filter(Q(pk__in=parties) | Q(pk=party_id))
    party = {row.pk: row for row in both.order_by("pk")}[party_id]
    order, before = keyed_order(order_id, by, why)
    if before.pk == party.pk:
        raise SamePartyAlready(order=order, party=before)
    was_told = told_words(order)
    end_aside(order, by=by, why=why, at=at)
    moved = begin_moved(order, party, sender_email or order.sender_email, by, at)
    order.moved_to = moved
    order.save(update_fields=["moved_to"])
    moves = f"From {before}, as {order}, to {party}, as {moved}"
    told = f"{moves}\n{why.strip()}\n{was_told}"
    record_move(order, f"Moved to the Party that the form names: {moved}", told, by, at)
    record_move(moved, f"Moved from the wrong Party: {order}", told, by, at)
    return moved


def record_move(
    order: ConnectionRequest, what: str, why: str, by: User, at: datetime
) -> None:
    """Write it down for DCC alone: each Party would read of the other one. R-1.3-3."""
    name = "move_keyed_form"
    record_event(order, name, by=by, at=at, what=what, why=why, is_public=False)


def told_words(order: ConnectionRequest) -> str:
    """Say which e-mails about an order went out, to whom and when."""
    sent = Notice.objects.filter(thread=order.thread).order_by("owed_at", "pk")
    rows = [f"{one.subject}, {one.to}, {day_words(one.owed_at)}" for one in sent]
    return "Told before: " + ("; ".join(rows) or "nobody")


def begin_moved(
    order: ConnectionRequest, party: Party, sender_email: str, by: User, at: datetime
) -> ConnectionRequest:
    """Begin the right Party's draft from what was keyed in, without what is not its."""
    came_at = order.received_at or order.created_at
    came = Came(order.channel, sender_email, came_at, by)
    sender = sender_at(party, sender_email, came_at)
    paper: Any = order.form_document
    moved = begin_draft(party, sender, file_of(paper), came, at)
    capacity = {name: getattr(moved, name) for name in IN_ITS_CAPACITY}
    kept = {
        name: getattr(order, name) for name in ANSWERS if name not in CHOSEN_OF_PARTY
    }
    # Who else uses it is a list of its own.
    for name, value in {**kept, **ALONE, "is_shared": None, **capacity}.items():
        setattr(moved, name, value)
    if is_reference_taken(moved):
        moved.customer_reference = ""
    moved.drop_needless()
    moved.owner = order.owner
    moved.save()
    return moved


def is_reference_taken(order: ConnectionRequest) -> bool:
    alike = order.party.orders.filter(
        customer_reference_look=look(order.customer_reference)
    )
    return alike.exclude(pk=order.pk).exclude(state=OrderState.DISCARDED).exists()


@command
def set_keyed_form_aside(
    order_id: int, *, by: User, why: str, at: datetime | None = None
) -> ConnectionRequest:
    """Set aside a form that should not have been keyed in, until somebody signs.

    Its file and its history stay, and a quotation goes with it. Nobody puts it back;
    the form can be keyed in again.

    Raises:
        NotPossibleInState: somebody has signed, or it is over.
        NotKeyedIn, StillInAPair, ReasonMissing.
        PermissionDenied: `by` is not of the desk.

    Source: R-1.3-7.
    """
    at = at or timezone.now()
    Party.objects.locked().get(orders=order_id)
    order, _ = keyed_order(order_id, by, why)
    end_aside(order, by=by, why=why, at=at)
    return order


def end_aside(order: ConnectionRequest, *, by: User, why: str, at: datetime) -> None:
    """End an order that was keyed in by mistake, with all that was offered on it.

    Its Party is told; why, DCC alone reads.

    Raises:
        NotPossibleInState: somebody has signed, or it is over.

    Source: R-1.3-7.
    """
    move, was_offered = order.set_sent_aside, order.state == OrderState.QUOTED
    if order.state == OrderState.DRAFT:
        move = order.set_aside
    else:
        ended = "It was keyed in by mistake"
        order_ended.send(ConnectionRequest, order=order, by=by, at=at, why=ended)
    cause = perform(move, by=by, at=at)
    # Why is for DCC alone.
    record_event(
        order,
        "end_aside",
        by=by,
        at=at,
        what="Why it was set aside",
        why=why.strip(),
        cause=cause,
        is_public=False,
    )
    emails.keyed_by_mistake(order, at, was_offered=was_offered)


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
    paper = Document.objects.get(refused_form=refused)
    order = begin_draft(party, sender, file_of(paper), came, at)
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


def file_of(paper: Document) -> Upload:
    """Return a form as it came, to be kept with another order too."""
    with paper.file.open() as file:
        content = file.read()
    kept = (paper.name, paper.content_type, paper.virus_check)
    return Upload(content, *kept, pages=0)
