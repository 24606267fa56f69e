"""Who else is to use the connection that a form asks for."""

from dataclasses import asdict, dataclass
from datetime import date, datetime

from django.db.models import Q
from django.utils import timezone

from common.clock import uk_date
from common.lines import look
from orders.commands.mirror import lock_with_partner
from orders.commands.pair import require_changeable
from orders.errors import (
    ChargeNotConfirmed,
    SharerIsOwner,
    SharerTaken,
)
from orders.findings.eligible import require_sec_party
from orders.models import ConnectionRequest, Sharer
from parties.models import Party, User
from records.behalf import person_of
from records.transitions import record_event
from records.unit import command


@dataclass(frozen=True)
class NamedSharer:
    """What is said of an organisation that shares a connection, from day to day (UK).

    Both days are included; no last day means that no end is agreed.

    Source: R-2.3-1, R-2.3-2.
    """

    name: str
    standing: str
    reason: str
    from_on: date
    until_on: date | None = None


@command
def add_sharer(
    order_id: int,
    *,
    by: User,
    name: str,
    standing: str,
    reason: str,
    from_on: date,
    until_on: date | None = None,
    is_charge_confirmed: bool = False,
    at: datetime | None = None,
) -> Sharer:
    """Name an organisation that is to use the connection too.

    A name of our register is linked to it. The answer to "does anybody else use it?"
    becomes yes; a connection that was free for registration data becomes chargeable.

    Args:
        from_on, until_on: UK days, both included; no last day means open.
        is_charge_confirmed: the Party knows that a free connection is then charged.

    Raises:
        SharingNeedsSecParty: the Party is no SEC Party in its own right (T1).
        ChargeNotConfirmed: it would be free of charge otherwise (T2).
        SharerTaken, SharerIsOwner: the name is on the list, or is the Party's own.
        NotEditable: the form is with DCC.
        NotNominated: `by` is no nominated submitter of the Party.

    Source: R-2.3-1, R-2.3-2, R-2.3-7, R-2.9.2-3.
    """
    at = at or timezone.now()
    order = lock_with_partner(order_id)
    require_changeable(order, by)
    named = NamedSharer(name, standing, reason, from_on, until_on)
    require_sharable(order, named, uk_date(at))
    stop_being_free(order, is_confirmed=is_charge_confirmed, by=by, at=at)
    sharer = name_sharer(order, named, by=by, at=at)
    order.saved_at = at
    order.save(update_fields=["saved_at"])
    return sharer


def require_sharable(
    order: ConnectionRequest, named: NamedSharer, today: date, *, but: int = 0
) -> None:
    """Refuse a sharer of a connection, on its form or once it is there.

    Raises:
        SharingNeedsSecParty, SharerIsOwner, SharerTaken.

    Source: R-2.3-1, R-2.3-7, T1.
    """
    require_sec_party(order.party, today)
    name = named.name
    if look(name) == order.party.name_look:
        raise SharerIsOwner(party=order.party)
    party, same = registered(name), Q(name_look=look(name))
    if party is not None:
        same |= Q(party=party)
    others = order.sharers.during(named.from_on, named.until_on).exclude(pk=but)
    if others.filter(same).exists():
        raise SharerTaken(name=name, order=order)


def name_sharer(
    order: ConnectionRequest,
    named: NamedSharer,
    *,
    by: User,
    at: datetime,
    acknowledged: str = "",
) -> Sharer:
    """Keep a sharer of an order that is locked, and that others use its connection.

    Args:
        acknowledged: the words accepted for this one; empty on a form.

    Source: R-2.3-1, R-2.3-2, R-2.3-6.
    """
    sharer: Sharer = Sharer.objects.create(
        order=order,
        party=registered(named.name),
        added_by=person_of(by),
        added_at=at,
        acknowledged=acknowledged,
        **asdict(named),
    )
    order.is_shared = True
    order.save(update_fields=["is_shared"])
    what = f"Shared with {sharer}"
    record_event(order, "add_sharer", by=by, at=at, what=what, why=acknowledged)
    return sharer


@command
def change_sharer(
    sharer_id: int,
    *,
    by: User,
    name: str,
    standing: str,
    reason: str,
    from_on: date,
    until_on: date | None = None,
    at: datetime | None = None,
) -> Sharer:
    """Correct what the form says of an organisation that is to use the connection.

    Raises:
        SharerTaken, SharerIsOwner, SharingNeedsSecParty, NotEditable, NotNominated.

    Source: R-2.3-1, R-2.3-2, R-2.3-7.
    """
    at = at or timezone.now()
    order = lock_with_partner(Sharer.objects.get(pk=sharer_id).order_id)
    require_changeable(order, by)
    named = NamedSharer(name, standing, reason, from_on, until_on)
    require_sharable(order, named, uk_date(at), but=sharer_id)
    sharer = order.sharers.get(pk=sharer_id)
    before = sharer.name
    sharer.party = registered(name)
    for field, value in asdict(named).items():
        setattr(sharer, field, value)
    sharer.save()
    save_sharing(order, at)
    what = f"Sharing corrected: {before}"
    record_event(order, "change_sharer", by=by, at=at, what=what)
    return sharer


@command
def remove_sharer(
    sharer_id: int, *, by: User, at: datetime | None = None
) -> ConnectionRequest:
    """Take an organisation off the form; the history keeps that it was on it.

    Raises:
        NotEditable: the form is with DCC.
        NotNominated: `by` is no nominated submitter of the Party.

    Source: R-2.3-1.
    """
    at = at or timezone.now()
    order = lock_with_partner(Sharer.objects.get(pk=sharer_id).order_id)
    require_changeable(order, by)
    sharer = order.sharers.get(pk=sharer_id)
    sharer.delete()
    save_sharing(order, at)
    what = f"No longer shared with {sharer}"
    record_event(order, "remove_sharer", by=by, at=at, what=what)
    return order


def save_sharing(order: ConnectionRequest, at: datetime) -> None:
    """Say on the form whether anybody else uses the connection."""
    order.is_shared = order.sharers.exists() or None
    order.saved_at = at
    order.save()


def registered(name: str) -> Party | None:
    """Return the Party of our register that is called so, or whose person is."""
    named = Q(name_look=look(name)) | Q(people__email__iexact=name)
    return Party.objects.filter(named).order_by("pk").first()


def stop_being_free(
    order: ConnectionRequest, *, is_confirmed: bool, by: User, at: datetime
) -> None:
    """Make a free connection chargeable, which the Party confirms first (T2).

    Raises:
        ChargeNotConfirmed: nobody said that it may be charged.

    Source: R-2.9.2-1, R-2.9.2-3.
    """
    if not order.is_registration_only:
        return
    if not is_confirmed:
        raise ChargeNotConfirmed(order=order)
    carry_more(order, by=by, at=at)


def carry_more(order: ConnectionRequest, *, by: User, at: datetime) -> None:
    """Keep that it is for more than registration data, so that it is free no longer.

    Source: R-2.9.2-1, R-2.9.2-3, T2.
    """
    order.is_registration_only = False
    order.save(update_fields=["is_registration_only"])
    what = "Chargeable: no longer for registration data alone"
    record_event(order, "stop_being_free", by=by, at=at, what=what)


def carry_registration_alone(
    order: ConnectionRequest, *, by: User, at: datetime, why: str
) -> None:
    """Keep that it is for registration data alone after all, and nobody shares it.

    Source: R-2.9.2-1, R-2.9.2-3, T2.
    """
    order.is_registration_only, order.is_shared = True, None
    order.save(update_fields=["is_registration_only", "is_shared"])
    what = "Free of charge as before: for registration data alone"
    record_event(order, "stay_free", by=by, at=at, what=what, why=why)
