"""Throwing a draft away, and putting it back within the day."""

from datetime import datetime

from django.utils import timezone

from common.lines import look
from common.wording import long_day_words
from orders.commands.mirror import lock_with_partner, name_each_other
from orders.commands.pair import part
from orders.errors import TooLateToRestore
from orders.models import ConnectionRequest
from orders.states import OrderState
from parties.models import User
from records.transitions import perform
from records.unit import command


@command
def discard_draft(
    order_id: int,
    *,
    by: User,
    with_partner: bool = False,
    is_low_accepted: bool = False,
    at: datetime | None = None,
) -> ConnectionRequest:
    """Throw a draft away. Nothing of it is deleted; its reference is free again.

    Args:
        with_partner: throw away both drafts of its pair, which stays one for the
            undo. Otherwise the pair is taken apart and the other goes on alone.
        is_low_accepted: as `unpair`.

    Raises:
        NotPossibleInState: it, or the other one to be thrown away, is no draft.
        LowNotAccepted: as `unpair`.
        PermissionDenied: `by` may not submit for the Party.
    """
    at = at or timezone.now()
    order = lock_with_partner(order_id)
    partner = order.partner
    if partner is not None and with_partner:
        perform(partner.discard, by=by, at=at)
    elif partner is not None:
        # First, since only a form that can be changed loses what a pair alone states.
        part(order, partner, is_low_accepted=is_low_accepted, by=by, at=at)
    perform(order.discard, by=by, at=at)
    return order


@command
def restore_draft(
    order_id: int, *, by: User, at: datetime | None = None
) -> ConnectionRequest:
    """Put a draft back that was thrown away, with the other one of its pair.

    Its reference goes if the Party has used it for another request meanwhile.

    Raises:
        TooLateToRestore: its day is over.
        NotPossibleInState: it was not thrown away.
        PermissionDenied: `by` may not submit for the Party.
    """
    at = at or timezone.now()
    order = lock_with_partner(order_id)
    last_day = order.restore_last_day
    if last_day is not None and not order.may_be_restored(at):
        raise TooLateToRestore(order=order, last_day=long_day_words(last_day))
    partner = order.partner
    pair = [order] if partner is None else [order, partner]
    for row in pair:
        free_reference(row)
        perform(row.restore, by=by, at=at)
    if partner is not None:
        name_each_other(order, partner)
        for row in pair:
            row.save()
    return order


def free_reference(order: ConnectionRequest) -> None:
    """Take off a reference that another request has taken. Source: R-2.14-2."""
    others = order.party.orders.exclude(pk=order.pk)
    standing = others.exclude(state=OrderState.DISCARDED)
    if standing.filter(customer_reference_look=look(order.customer_reference)).exists():
        order.customer_reference = ""
