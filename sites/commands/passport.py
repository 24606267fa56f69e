"""How people get into a site: written, corrected, and confirmed for an order."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils import timezone

from orders.models import ConnectionRequest
from parties.models import DataCentre, Party, User
from records.transitions import record_event
from records.unit import command
from sites import policies
from sites.commands.access_item import ask_for
from sites.errors import (
    AccessNotWanted,
    PassportChanged,
    PassportIncomplete,
    PassportMissing,
    PassportUnchanged,
    PassportWhyMissing,
)
from sites.models import FACTS, SiteAccess, SitePassport


@command
def write_passport(
    order_id: int,
    *,
    by: User,
    facts: Mapping[str, Any],
    based_on: int = 0,
    why: str = "",
    at: datetime | None = None,
) -> SitePassport:
    """Keep what gets people into an order's site as its next version.

    Whoever writes it confirms it for this order. Other orders at the site keep the
    version that was confirmed for them, and are shown what changed.

    Args:
        facts: by the passport's own names; what is not named is not known.
        based_on: the number of the version that the writer had before them.
        why: why it changed; the first version needs none.

    Raises:
        AccessNotWanted: nobody has authorised the order, or it has ended.
        PassportChanged: somebody else wrote a version meanwhile.
        PassportWhyMissing, PassportUnchanged, PassportIncomplete, PermissionDenied.

    Source: R-2.13-2, R-3.5-2, R-3.5-3.
    """
    at = at or timezone.now()
    access, site = access_to_change(order_id, by)
    last = SitePassport.objects.newest_of(site.pk)
    require_newest(last, based_on, site)
    new = version_after(last, facts, why)
    new.data_centre, new.by, new.at = site, by, at
    changes = new.changes_since(last) if last else []
    if last:
        require_change(last, changes, why)
    new.save()
    confirm(access, new, by, at)
    what = f"Access details of {site.name} written, version {new.number}"
    told = [
        f"{name}: {was or 'nothing'} → {now or 'nothing'}" for name, was, now in changes
    ]
    because = "\n".join(filter(None, [why, *told]))
    record_event(access, "write_passport", by=by, at=at, what=what, why=because)
    return new


def require_newest(last: SitePassport | None, number: int, site: DataCentre) -> None:
    """Refuse what somebody typed or read over an older version."""
    newest = last.number if last else 0
    if newest != number:
        raise PassportChanged(site=site, number=newest)


def version_after(
    last: SitePassport | None, facts: Mapping[str, Any], why: str
) -> SitePassport:
    """Return the version that follows, not saved yet.

    Raises:
        PassportIncomplete: it does not say what nobody can travel without.
    """
    said = {name: facts[name] for name in FACTS if name in facts}
    new = SitePassport(number=last.number + 1 if last else 1, why=why, **said)
    if not new.is_complete:
        raise PassportIncomplete
    return new


def require_change(
    last: SitePassport, changes: list[tuple[str, str, str]], why: str
) -> None:
    if not changes:
        raise PassportUnchanged(number=last.number)
    if not why.strip():
        raise PassportWhyMissing


@command
def confirm_passport(
    order_id: int, *, by: User, number: int, at: datetime | None = None
) -> SitePassport:
    """Say for an order that the site's newest version is right.

    Args:
        number: of the version that `by` has read.

    Raises:
        PassportMissing: nobody has written down how people get in.
        PassportIncomplete: it does not say yet what nobody can travel without.
        PassportChanged: there is a newer version than the one that was read.
        AccessNotWanted, PermissionDenied.

    Source: R-2.13-1, R-3.5-3.
    """
    at = at or timezone.now()
    access, site = access_to_change(order_id, by)
    last = SitePassport.objects.newest_of(site.pk)
    if last is None:
        raise PassportMissing
    require_newest(last, number, site)
    if not last.is_complete:
        raise PassportIncomplete
    confirm(access, last, by, at)
    what = f"Access details of {site.name} confirmed, version {number}"
    record_event(access, "confirm_passport", by=by, at=at, what=what)
    return last


def access_to_change(order_id: int, by: User) -> tuple[SiteAccess, DataCentre]:
    """Lock a Party and its order, and return how its site lets people in, and the site.

    The Party first: its orders at one site number the versions together.
    """
    Party.objects.locked().get(orders=order_id)
    order: ConnectionRequest = ConnectionRequest.objects.locked().get(pk=order_id)
    if not policies.may_write_passport(order, by):
        raise PermissionDenied
    access = SiteAccess.objects.filter(order=order).first()
    if access is None or order.data_centre is None or order.is_closed:
        raise AccessNotWanted(order=order, state=order.get_state_display().lower())
    access.order = order
    return access, order.data_centre


def confirm(access: SiteAccess, passport: SitePassport, by: User, at: datetime) -> None:
    """Say that a version is right; what it asks for has to be there before a visit."""
    access.passport = passport
    access.confirmed_by, access.confirmed_at = by, at
    access.save()
    ask_for(access.order, passport, by=by, at=at)
