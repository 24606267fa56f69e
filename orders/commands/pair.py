"""Two requests that belong together: made, checked, and taken apart again."""

from datetime import datetime

from django.utils import timezone

from orders import emails
from orders.commands.acknowledge import tell
from orders.commands.fill_in import start_request
from orders.commands.mirror import (
    ALONE,
    join,
    lock_with_partner,
)
from orders.errors import (
    AlreadyPaired,
    LowNotAccepted,
    NoRolesToSwap,
    NotEditable,
    NotPaired,
    PartnerUnfit,
    RolesAreSettled,
)
from orders.findings.eligible import require_submitter
from orders.models import Acknowledgement, ConnectionRequest
from orders.models.request import BEFORE_ACCEPTANCE
from orders.states import AcknowledgementKind, Option
from parties.models import Party, User
from records.behalf import person_of
from records.transitions import record_event
from records.unit import command

OF_PAIRS = (
    AcknowledgementKind.ACTIVE_STANDBY,
    AcknowledgementKind.LAYER_2_SWITCH,
    AcknowledgementKind.LAYER_2_LINK,
    AcknowledgementKind.SMALLER_STANDBY,
)


@command
def start_pair(
    party_id: int,
    *,
    by: User,
    option: str,
    at: datetime | None = None,
) -> list[ConnectionRequest]:
    """Start two empty requests that name each other; the primary comes first.

    Each has a reference, and later a quotation and an authority, of its own. Until
    the Party says otherwise, our reference is also its own name for each.

    Args:
        option: medium (two at one site) or high (two at two sites).

    Source: R-1.3-6, R-2.4.1-1, R-2.4.2-1, R-2.14-2.
    """
    at = at or timezone.now()
    first = start_request(party_id, by=by, at=at)
    second = start_request(party_id, by=by, at=at)
    join(first, second, option=Option(option), by=by, at=at)
    return [first, second]


@command
def pair_with_new(
    order_id: int,
    *,
    by: User,
    option: str,
    at: datetime | None = None,
) -> ConnectionRequest:
    """Start a request that is the back-up of one which stands alone; return it.

    Raises:
        AlreadyPaired: it has a partner.
        PartnerUnfit: it has ended.

    Source: R-1.3-6, R-2.4.1-1, R-2.4.2-1.
    """
    at = at or timezone.now()
    elder = ConnectionRequest.objects.get(pk=order_id)
    order = start_request(elder.party_id, by=by, at=at)
    pair_requests(order.pk, by=by, partner_id=order_id, option=option, at=at)
    return ConnectionRequest.objects.get(pk=order.pk)


@command
def pair_requests(
    order_id: int,
    *,
    by: User,
    partner_id: int,
    option: str,
    at: datetime | None = None,
) -> ConnectionRequest:
    """Make a pair of a form that can still be changed and another request.

    The other may be with DCC or in service already: that the two name each other is
    bookkeeping, told in the history of both.

    Raises:
        NotEditable: the form is with DCC.
        AlreadyPaired: one of them has a partner.
        PartnerUnfit: it is another Party's, has ended, or is the same one.

    Source: R-2.4.1-1, R-2.4.2-1, R-2.14-2.
    """
    at = at or timezone.now()
    Party.objects.locked().get(orders=order_id)
    rows = {
        row.pk: row
        for row in ConnectionRequest.objects.locked()
        .filter(pk__in=(order_id, partner_id))
        .order_by("pk")
    }
    order: ConnectionRequest = rows[order_id]
    partner = rows.get(partner_id)
    require_changeable(order, by)
    if partner is None or not may_be_partners(order, partner):
        raise PartnerUnfit(order=partner or "That request")
    for one in (order, partner):
        if one.partner is not None:
            raise AlreadyPaired(order=one, partner=one.partner)
    join(order, partner, option=Option(option), by=by, at=at)
    return order


def may_be_partners(order: ConnectionRequest, partner: ConnectionRequest) -> bool:
    is_other = order.pk != partner.pk
    return is_other and order.party_id == partner.party_id and not partner.is_closed


def require_changeable(order: ConnectionRequest, by: User) -> None:
    require_submitter(order, by)
    if not order.is_editable:
        raise NotEditable(state=order.get_state_display().lower())


@command
def swap_roles(
    order_id: int, *, by: User, at: datetime | None = None
) -> ConnectionRequest:
    """Make the back-up the primary one and the other way round.

    Raises:
        NotEditable: the form is with DCC.
        NotPaired: it stands alone.
        RolesAreSettled: DCC has accepted the other form.
        NoRolesToSwap: SSI is on one and DUIS on the other, so neither is the back-up.

    Source: R-2.4.2-1, R-2.4.3-1.
    """
    at = at or timezone.now()
    order = lock_with_partner(order_id)
    require_changeable(order, by)
    partner = require_partner(order)
    if partner.state not in BEFORE_ACCEPTANCE:
        raise RolesAreSettled(partner=partner)
    if order.is_split:
        raise NoRolesToSwap(partner=partner)
    group, roles = order.group, (partner.role, order.role)
    # No two members of a pair may have one role, not for a moment either.
    order.group, order.role = None, ""
    order.save()
    partner.role = roles[1]
    partner.save()
    order.group, order.role = group, roles[0]
    order.save()
    for row in (order, partner):
        what = f"Now the {row.role_words.lower()} one of the pair"
        record_event(row, "swap_roles", by=by, at=at, what=what)
    return order


def require_partner(order: ConnectionRequest) -> ConnectionRequest:
    if order.partner is None:
        raise NotPaired(order=order)
    return order.partner


@command
def unpair(
    order_id: int,
    *,
    by: User,
    is_low_accepted: bool = False,
    at: datetime | None = None,
) -> ConnectionRequest:
    """Take a pair apart while this form can be changed; each then stands alone.

    What only a pair states is taken off the forms that can be changed.

    Args:
        is_low_accepted: the other form has no availability target by itself, and the
            Party accepts it; asked when DCC has that form already.

    Raises:
        LowNotAccepted: it is asked, and nobody accepted it.
        NotEditable: the form is with DCC.
        NotPaired: it stands alone.

    Source: R-2.4-1, R-2.4.1-2, R-4.1-4.
    """
    at = at or timezone.now()
    order = lock_with_partner(order_id)
    require_changeable(order, by)
    partner = require_partner(order)
    part(order, partner, is_low_accepted=is_low_accepted, by=by, at=at)
    emails.pair_taken_apart(order, partner, person_of(by), at)
    return order


def part(
    order: ConnectionRequest,
    partner: ConnectionRequest,
    *,
    is_low_accepted: bool,
    by: User,
    at: datetime,
) -> None:
    """Let each of a locked pair stand alone.

    Raises:
        LowNotAccepted: as `unpair`.
    """
    if is_low_to_be_accepted(partner):
        if not is_low_accepted:
            raise LowNotAccepted(partner=partner)
        accept_low(partner, by, at)
    for row, other in ((order, partner), (partner, order)):
        leave(row)
        what = f"No longer paired with {other.reference}"
        record_event(row, "unpair", by=by, at=at, what=what)


def is_low_to_be_accepted(partner: ConnectionRequest) -> bool:
    """Say whether a form of a pair cannot be asked any more what one alone is asked.

    Source: R-4.1-4.
    """
    if partner.is_editable or partner.is_closed:
        return False
    what = AcknowledgementKind.NO_AVAILABILITY
    return not partner.acknowledgements.filter(what=what).exists()


def accept_low(partner: ConnectionRequest, by: User, at: datetime) -> None:
    """Keep on a form that DCC has that it has no availability target by itself."""
    what = AcknowledgementKind.NO_AVAILABILITY
    whose = person_of(by)
    Acknowledgement.objects.create(order=partner, what=what, by=whose, at=at)
    tell(partner, "Acknowledged", [what], by=by, at=at)


def leave(order: ConnectionRequest) -> None:
    """Take one order out of its pair; a form that DCC has keeps its answers."""
    order.group, order.role, order.related_reference = None, "", ""
    if order.is_editable:
        for name, nothing in ALONE.items():
            setattr(order, name, nothing)
        Acknowledgement.objects.filter(order=order, what__in=OF_PAIRS).delete()
    order.save()


def tell_partner_of_the_end(
    order: ConnectionRequest, *, by: object, at: datetime
) -> None:
    """Tell the other one of a pair that this one has just ended.

    Its own state is left alone: what becomes of it is the Party's to say.

    Source: R-2.4.1-2, R-2.14-2.
    """
    partner = order.partner
    if partner is None or partner.is_closed:
        return
    how = order.get_state_display().lower()
    what = f"{order.reference}, the other one of the pair, has ended: {how}"
    record_event(partner, "partner_ended", by=by, at=at, what=what)
    emails.partner_ended(order, partner, at)
