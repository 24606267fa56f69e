"""What the two forms of a pair say of each other, kept the same on both.

Every command that changes one form of a pair comes through here, under the lock of the
Party and of both orders.
"""

from datetime import datetime

from common.lines import look
from orders.models import Acknowledgement, ConnectionRequest, ResilienceGroup
from orders.models.answers import EMPTY, SHARED_ANSWERS, column_of
from orders.models.checking import short_name
from orders.models.sections import FORM
from orders.states import (
    CLOSED,
    AcknowledgementKind,
    Option,
    OrderState,
    PairRole,
)
from parties.models import Party, User
from records.behalf import person_of
from records.transitions import record_event

# What a form that stands alone says of a pair: nothing.
OF_A_PAIR = FORM["pair"].answers
ALONE = {name: column_of(name).get_default() for name in OF_A_PAIR}


def lock_with_partner(order_id: int) -> ConnectionRequest:
    """Lock the Party, then the order and the other one of its pair, by pk.

    The pair cannot change meanwhile: whoever pairs or unpairs locks the Party first.
    """
    Party.objects.locked().get(orders=order_id)
    return locked_members(order_id)


def locked_members(order_id: int) -> ConnectionRequest:
    """Lock an order and the other one of its pair, whose Party is locked already."""
    group = ConnectionRequest.objects.values_list("group", flat=True).get(pk=order_id)
    if group is not None:
        members = ConnectionRequest.objects.locked().filter(group=group)
        list(members.order_by("pk").values_list("pk"))
    order: ConnectionRequest = ConnectionRequest.objects.locked().get(pk=order_id)
    return order


def own_name(order: ConnectionRequest) -> str:
    """Return the Party's own reference of a form, or one that nobody else has yet.

    Source: R-2.14-2.
    """
    if order.customer_reference:
        return order.customer_reference
    others = order.party.orders.exclude(pk=order.pk)
    taken = set(others.values_list("customer_reference_look", flat=True))
    names = [order.reference, *(f"{order.reference}/{n}" for n in range(2, 100))]
    return next(name for name in names if look(name) not in taken)


def name_each_other(order: ConnectionRequest, partner: ConnectionRequest) -> None:
    """Fill in the cross-reference on both forms. Source: R-2.14-2."""
    order.customer_reference = own_name(order)
    partner.customer_reference = own_name(partner)
    order.related_reference = partner.customer_reference
    partner.related_reference = order.customer_reference


def copy_to_partner(order: ConnectionRequest, *, by: User, at: datetime) -> None:
    """Write on the partner's form what the form of `order` has just said for both.

    The cross-reference is bookkeeping and follows even when DCC has the partner's form
    already; what is an answer follows only while that form can still be changed, and
    `check_pair` refuses the difference.

    Source: R-2.14-2, R-4.3-1.
    """
    partner = order.partner
    if partner is None:
        return
    before = partner.related_reference
    name_each_other(order, partner)
    if partner.is_editable:
        for name in SHARED_ANSWERS:
            setattr(partner, name, getattr(order, name))
    partner.save()
    if before != partner.related_reference and partner.state != OrderState.DRAFT:
        what = f"Related reference: {before} → {partner.related_reference}"
        record_event(partner, "copy_to_partner", by=by, at=at, what=what)


def follow_partner(order: ConnectionRequest, *, by: User, at: datetime) -> None:
    """Write on a form that has just come back what its partner's says by now.

    While DCC had it, only the form of the partner could change; without this the next
    save here would put the older answer back on both.

    Source: R-2.14-2, R-4.3-1.
    """
    partner = order.partner
    if partner is None or not partner.is_editable:
        return
    stated = {name: getattr(partner, name) for name in SHARED_ANSWERS}
    newer = {
        name: answer
        for name, answer in stated.items()
        if answer not in EMPTY and answer != getattr(order, name)
    }
    for name, answer in newer.items():
        setattr(order, name, answer)
    if newer:
        order.save()
        names = ", ".join(short_name(name).lower() for name in newer)
        what = f"Now as on the form of {partner}: {names}"
        record_event(order, "follow_partner", by=by, at=at, what=what)


def join(
    order: ConnectionRequest,
    partner: ConnectionRequest,
    *,
    option: str,
    by: User,
    at: datetime,
) -> ResilienceGroup:
    """Make a pair of two locked orders; the elder is the primary one.

    Source: R-2.4.1-1, R-2.4.2-1, R-2.14-2.
    """
    group = ResilienceGroup.objects.create(
        party_id=order.party_id,
        option=option,
        created_by=person_of(by),
        created_at=at,
    )
    elder, younger = sorted((order, partner), key=lambda row: row.pk)
    elder.group, elder.role = group, PairRole.PRIMARY
    younger.group, younger.role = group, PairRole.BACKUP
    name_each_other(elder, younger)
    for row, other in ((elder, younger), (younger, elder)):
        row.save()
        what = f"Paired with {other.reference}: {group.get_option_display()}"
        record_event(row, "pair", by=by, at=at, what=what)
    return group


def option_of(order: ConnectionRequest, other: ConnectionRequest) -> Option | None:
    """Return what two connections are together by their sites; None while unknown.

    Source: R-2.4.1-2, T18.
    """
    if order.data_centre_id is None or other.data_centre_id is None:
        return None
    is_one_site = order.data_centre_id == other.data_centre_id
    return Option.MEDIUM if is_one_site else Option.HIGH


def join_if_mutual(order: ConnectionRequest, *, by: User, at: datetime) -> None:
    """Pair a form with the one that it names, if that one names it back.

    So forms that came by e-mail become a pair by themselves, whichever came first.

    Source: R-2.14-2.
    """
    names = (order.customer_reference, order.related_reference)
    if order.group_id is not None or not all(names):
        return
    alone = ConnectionRequest.objects.locked().filter(party=order.party_id, group=None)
    named = alone.filter(customer_reference_look=look(names[1]))
    others = named.exclude(state__in=CLOSED).exclude(pk=order.pk)
    back = (row for row in others if look(row.related_reference) == look(names[0]))
    other = next(back, None)
    option = option_of(order, other) if other else None
    if other and option:
        join(order, other, option=option, by=by, at=at)


def save_mutually(order: ConnectionRequest, *, by: User, at: datetime) -> None:
    """Save changed answers, and on the other form what goes for both. R-2.14-2."""
    copy_to_partner(order, by=by, at=at)
    order.save()
    join_if_mutual(order, by=by, at=at)
    drop_standby(order, by=by, at=at)


def drop_standby(order: ConnectionRequest, *, by: User, at: datetime) -> None:
    """Take off a pair that splits SSI and DUIS that one link only stands by.

    Source: R-2.4.3-1.
    """
    partner = order.partner
    if partner is None or not order.is_split:
        return
    what = AcknowledgementKind.ACTIVE_STANDBY
    for row in (order, partner):
        kept = Acknowledgement.objects.filter(order=row, what=what)
        if row.is_editable and kept.exists():
            kept.delete()
            record_event(
                row, "acknowledge", by=by, at=at, what="Not asked", why=str(what.label)
            )
