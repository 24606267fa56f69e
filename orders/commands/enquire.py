"""What a Party asks the Service Desk, and what becomes of it."""

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.utils import timezone

from orders import emails, policies
from orders.commands.limits import require_room_for_an_enquiry
from orders.errors import (
    CallInThePast,
    ForeignOrder,
    OutcomeMissing,
    PhoneMissing,
    WordsMissing,
)
from orders.models import ConnectionRequest, Enquiry
from orders.obligations import REPLY
from orders.states import EnquiryKind
from parties.models import Party, User
from parties.policies import is_desk
from records.commands import next_reference
from records.transitions import event_of, perform, record_event, record_events
from records.unit import command
from worklist.commands import follow_again
from worklist.models import WorkItem


@command
def raise_enquiry(
    party_id: int,
    *,
    by: User,
    kind: str,
    words: str,
    phone: str = "",
    best_time: str = "",
    order_id: int | None = None,
    at: datetime | None = None,
) -> Enquiry:
    """Ask the Service Desk; it is followed until it is answered. Nothing is ordered.

    Args:
        party_id: whose enquiry it is. Any of its people may ask.
        kind: an EnquiryKind.
        phone: on which to call; a call needs one.
        best_time: for a call, in the person's own words.
        order_id: the order of the Party that it is about, if any.

    Raises:
        WordsMissing: nothing is asked.
        PhoneMissing: a call is asked for without a number.
        ForeignOrder: the order is not the Party's.
        EnoughEnquiries: `by` has sent as many today as one person may.
        PermissionDenied: `by` is not of the Party.

    Source: R-1-4, R-1.3-9, R-2.8-8, R-4.3-8.
    """
    at = at or timezone.now()
    if not policies.may_ask(party_id, by):
        raise PermissionDenied
    if not words.strip():
        raise WordsMissing
    if kind == EnquiryKind.CALL and not phone.strip():
        raise PhoneMissing
    # Two at once cannot both find room for one more.
    Party.objects.locked().get(pk=party_id)
    require_room_for_an_enquiry(by, at)
    enquiry: Enquiry = Enquiry.objects.create(
        reference=next_reference("ENQ"),
        party_id=party_id,
        order=order_of(party_id, order_id),
        kind=kind,
        words=words.strip(),
        phone=phone.strip(),
        best_time=best_time.strip(),
        asked_by=by,
        asked_at=at,
    )
    what = f"Asked the Service Desk: {enquiry.get_kind_display().lower()}"
    record_event(enquiry, "raise_enquiry", by=by, at=at, what=what, why=enquiry.words)
    emails.enquiry_received(enquiry, at)
    emails.enquiry_raised(enquiry, at)
    return enquiry


def order_of(party_id: int, order_id: int | None) -> ConnectionRequest | None:
    """Return the order that an enquiry is about; it is the Party's own, or refused."""
    if order_id is None:
        return None
    own = ConnectionRequest.objects.filter(party=party_id)
    order: ConnectionRequest | None = own.filter(pk=order_id).first()
    if order is None:
        raise ForeignOrder
    return order


@command
def arrange_call(
    enquiry_id: int, *, by: User, call_at: datetime, at: datetime | None = None
) -> Enquiry:
    """Agree when DCC calls; again, to move the call. The person who asked is told.

    Args:
        call_at: aware.

    Raises:
        CallInThePast: the time is over already.
        NotPossibleInState: it is answered.
        PermissionDenied: `by` is not of the Service Desk.

    Source: R-4.3-8.
    """
    at = at or timezone.now()
    if call_at <= at:
        raise CallInThePast
    enquiry: Enquiry = Enquiry.objects.locked().get(pk=enquiry_id)
    before = enquiry.call_at
    perform(enquiry.arrange, by=by, at=at, call_at=call_at)
    emails.enquiry_arranged(enquiry, at, before=before)
    return enquiry


@command
def answer_enquiry(
    enquiry_id: int,
    *,
    by: User,
    outcome: str,
    agreed_design: str = "",
    at: datetime | None = None,
) -> Enquiry:
    """Record the answer, or what a call came to, and tell the person who asked.

    Args:
        outcome: in words that the Party reads.
        agreed_design: the failover and disaster recovery design that was agreed, for
            connections by discussion. It orders nothing.

    Raises:
        OutcomeMissing: there is no answer in it.
        NotPossibleInState: it was answered before.
        PermissionDenied: `by` is not of the Service Desk.

    Source: R-2.8-8, R-4.3-8.
    """
    at = at or timezone.now()
    if not outcome.strip():
        raise OutcomeMissing
    enquiry: Enquiry = Enquiry.objects.locked().get(pk=enquiry_id)
    perform(
        enquiry.answer,
        by=by,
        at=at,
        why=outcome.strip(),
        outcome=outcome.strip(),
        agreed_design=agreed_design.strip(),
        answered_by=by,
    )
    emails.enquiry_answered(enquiry, at)
    return enquiry


@command
def assign_enquiry(
    enquiry_id: int, *, by: User, owner_id: int | None, at: datetime | None = None
) -> None:
    """Give an enquiry to a colleague at DCC, or to nobody. The Party is not told."""
    if not is_desk(by):
        raise PermissionDenied
    enquiry: Enquiry = Enquiry.objects.locked().get(pk=enquiry_id)
    at = at or timezone.now()
    enquiries_assigned([enquiry], enquiry.owner_id, owner_id, by=by, at=at)


def enquiries_assigned(
    enquiries: list[Enquiry],
    was_id: int | None,
    owner_id: int | None,
    *,
    by: User,
    at: datetime,
) -> None:
    """Give locked enquiries of one owner to another; many cost no more statements."""
    owner = User.objects.get(pk=owner_id, is_staff=True) if owner_id else None
    keys = [enquiry.pk for enquiry in enquiries]
    owed = WorkItem.objects.filter(kind=REPLY.slug, subject_pk__in=keys)
    follow_again(owed, was=was_id)
    for enquiry in enquiries:
        enquiry.owner = owner
    Enquiry.objects.filter(pk__in=keys).update(owner=owner)
    what = f"Assigned to {owner}" if owner else "Assigned to nobody"
    record_events(
        event_of(enquiry, "assign_enquiry", by=by, at=at, what=what, is_public=False)
        for enquiry in enquiries
    )
