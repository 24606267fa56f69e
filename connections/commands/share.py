"""Who shares a connection that is there: added, and ended, by its Gateway Party."""

from datetime import date, datetime

from django.utils import timezone

from common.clock import uk_date
from common.wording import day_words
from connections.commands.free import require_may_share, stop_being_free
from connections.commands.locks import locked_connection
from connections.errors import (
    ResponsibilityNotAccepted,
    SharedTooEarly,
    SharingEndsAlready,
    SharingEndsBefore,
    SharingIsOver,
)
from connections.models import Connection
from connections.policies import may_share
from connections.words import responsible_words
from orders import commands as orders
from orders import emails
from orders.commands import NamedSharer
from orders.errors import NotNominated, ReasonMissing
from orders.models import Sharer
from parties.models import User
from records.behalf import person_of
from records.transitions import record_event
from records.unit import command


@command
def share_connection(
    connection_id: int,
    *,
    by: User,
    named: NamedSharer,
    is_responsible: bool,
    is_charge_confirmed: bool = False,
    at: datetime | None = None,
) -> Sharer:
    """Name an organisation that uses an installed connection too; both sides are told.

    What `by` accepts for it is kept with it. A connection that was free for
    registration data becomes chargeable.

    Args:
        is_responsible: `by` accepted that what lies between the Party's data centre and
            the organisation is the Party's own affair.
        is_charge_confirmed: the Party knows that a free connection is charged then.

    Raises:
        NotNominated: `by` is no nominated submitter of its Party.
        SharedConnectionEnds: it is cancelled.
        SharingNeedsSecParty: its Party is no SEC Party in its own right (T1).
        SharerTaken, SharerIsOwner: it is on the list for those days, or the Party.
        ResponsibilityNotAccepted, SharedTooEarly, SharingIsOver.
        ChargeableNotConfirmed, ChangeOpen: of a connection that is free (T2).

    Source: R-2.3-1, R-2.3-2, R-2.3-6, R-2.3-7, R-2.9.2-3, T1, T2.
    """
    at = at or timezone.now()
    connection = locked_connection(connection_id)
    require_may_share(connection, by)
    if not is_responsible:
        raise ResponsibilityNotAccepted
    orders.require_sharable(connection.order, named, uk_date(at))
    check_days(connection, named, uk_date(at))
    use = f"{named.name} shares it from {day_words(named.from_on)}."
    stop_being_free(connection, use=use, is_confirmed=is_charge_confirmed, by=by, at=at)
    words = responsible_words(named.name)
    sharer = orders.name_sharer(
        connection.order, named, by=by, at=at, acknowledged=words
    )
    emails.sharer_added(sharer, at)
    return sharer


def check_days(connection: Connection, named: NamedSharer, today: date) -> None:
    """Refuse sharing before it was there, and sharing that is over. R-2.3-1."""
    if named.from_on < connection.completed_on:
        raise SharedTooEarly(
            day=day_words(named.from_on),
            connection=connection,
            installed=day_words(connection.completed_on),
        )
    if named.until_on is not None and named.until_on < today:
        raise SharingIsOver(day=day_words(named.until_on))


@command
def end_sharing(
    sharer_id: int,
    *,
    by: User,
    last_day: date,
    reason: str,
    at: datetime | None = None,
) -> Sharer:
    """End the sharing of an installed connection after a day; both sides are told.

    The row stays, with who ended it, when and why. It can be ended earlier still.

    Args:
        last_day: UK, included: today or later, not before it begins, and not after the
            day on which it ends already.

    Raises:
        NotNominated: `by` is no nominated submitter of its Party.
        SharingIsOver, SharingEndsBefore, SharingEndsAlready: it cannot be that day.
        ReasonMissing.

    Source: R-2.3-1, R-2.3-3.
    """
    at = at or timezone.now()
    found: Sharer = Sharer.objects.get(pk=sharer_id)
    connection = locked_connection(Connection.objects.get(order=found.order_id).pk)
    sharer: Sharer = connection.order.sharers.get(pk=sharer_id)
    if not may_share(connection, by):
        raise NotNominated(party=connection.party)
    if not reason.strip():
        raise ReasonMissing
    check_end(sharer, last_day, uk_date(at))
    sharer.until_on, sharer.ended_because = last_day, reason.strip()
    sharer.ended_by, sharer.ended_at = person_of(by), at
    sharer.save()
    what = f"{sharer} shares it until {day_words(last_day)}"
    record_event(connection, "end_sharing", by=by, at=at, what=what, why=reason)
    emails.sharing_ended(sharer, at)
    return sharer


def check_end(sharer: Sharer, last_day: date, today: date) -> None:
    if last_day < today:
        raise SharingIsOver(day=day_words(last_day))
    if last_day < sharer.from_on:
        raise SharingEndsBefore(sharer=sharer, day=day_words(sharer.from_on))
    if sharer.until_on is not None and last_day >= sharer.until_on:
        raise SharingEndsAlready(sharer=sharer, day=day_words(sharer.until_on))
