"""How a site lets people in: the Party's answer, then what was agreed."""

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.utils import timezone

from orders.models import ConnectionRequest
from orders.states import PASSED_TO_INSTALLER, OrderState
from parties.models import User
from quotes.models import Authority
from records.transitions import SYSTEM, record_event
from records.unit import command
from sites import policies
from sites.commands.access_item import require_settled
from sites.errors import AccessNotWanted, PassportNotConfirmed
from sites.models import SiteAccess


@command
def record_access_answer(authority: Authority, *, at: datetime) -> SiteAccess:
    """Record the access answer that came with an authority, its order being locked.

    The answer with an updated quotation replaces the first one. Rules that were not
    told before have to be agreed anew before the next visit. The rack space counts as
    confirmed by whoever brought the authority, when it came.

    Source: R-3.5-1, R-3.5-3, R-3.7-2.
    """
    order = authority.quote.order
    access, is_new = SiteAccess.objects.get_or_create(
        order=order,
        defaults={
            "has_rules": authority.has_access_rules,
            "rules": authority.access_rules,
        },
    )
    if authority.has_rack_space:
        access.space_confirmed_at = authority.received_at
        access.space_confirmed_by = authority.uploaded_by
    answer = (authority.has_access_rules, authority.access_rules)
    is_other = not is_new and answer != (access.has_rules, access.rules)
    access.has_rules, access.rules = answer
    if is_other and access.has_rules and access.is_agreed:
        access.agreed_at = access.agreed_by = None
        what = "Access is to be agreed again: the site has other rules now"
        record_event(access, "record_access_answer", by=SYSTEM, at=at, what=what)
    access.save()
    return access


@command
def record_access(
    order_id: int,
    *,
    by: User,
    notes: str = "",
    is_space_confirmed: bool = False,
    at: datetime | None = None,
) -> SiteAccess:
    """Record that access to the site is agreed; only then can visits be booked.

    Recording it again replaces the notes.

    Args:
        is_space_confirmed: the Party told `by` that the rack space is free. A
            confirmation that is there already stays as it was given.

    Raises:
        AccessNotWanted: the order is not yet authorised, or installed or closed.
        PassportNotConfirmed: nobody said for this order how people get in.
        AccessItemsOpen: something has to be there first, which is named.
        PermissionDenied: `by` is neither the Service Desk nor the installer.

    Source: R-2.13-1, R-2.13-3, R-3.6-2, R-3.7-2.
    """
    if not policies.may_arrange_access(None, by):
        raise PermissionDenied
    at = at or timezone.now()
    order: ConnectionRequest = ConnectionRequest.objects.locked().get(pk=order_id)
    access: SiteAccess | None = SiteAccess.objects.filter(order=order).first()
    is_wanted = order.state in PASSED_TO_INSTALLER
    if access is None or not is_wanted or order.state == OrderState.CONFIGURING:
        raise AccessNotWanted(order=order, state=order.get_state_display().lower())
    if not access.is_confirmed:
        raise PassportNotConfirmed
    require_settled(order)
    access.notes = notes
    access.agreed_at, access.agreed_by = at, by
    what = "Access to the site agreed"
    if is_space_confirmed and not access.has_space:
        access.space_confirmed_at, access.space_confirmed_by = at, by
        what = f"{what}, {order.rack_units}U of rack space confirmed"
    access.save()
    record_event(access, "record_access", by=by, at=at, what=what, why=notes)
    return access
