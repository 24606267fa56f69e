"""A connection that is free for registration data alone, and stops being so (T2)."""

from datetime import datetime

from django.utils import timezone

from common.clock import uk_date
from common.money import ZERO
from common.wording import day_words
from connections import emails, policies
from connections.commands.cancel import commitment_of
from connections.commands.locks import locked_connection
from connections.commands.rate import locked_change, require_no_open_change
from connections.errors import (
    ChargeableNotConfirmed,
    ChargedAlready,
    SharedConnectionEnds,
    StillShared,
    UseNotDescribed,
)
from connections.models import Connection, RateChange
from connections.states import RateChangeKind
from orders import commands as orders
from orders.errors import NotNominated, OtherDataNeedsSecParty, ReasonMissing
from orders.states import Route
from parties.models import User
from records.behalf import person_of
from records.transitions import perform, record_event
from records.unit import command


def is_free_for_registration(connection: Connection) -> bool:
    """Say whether an RDP has it free of charge, for registration data alone.

    By the quotation that was accepted, and until a use is recorded that is not free.

    Source: R-2.9.2-1, R-2.9.2-3, T2.
    """
    is_asked_free = connection.order.route == Route.E3 and not connection.is_over
    if not is_asked_free or connection.chargeable is not None:
        return False
    return commitment_of(connection).annual == ZERO


def stop_being_free(
    connection: Connection, *, use: str, is_confirmed: bool, by: User, at: datetime
) -> RateChange | None:
    """Ask DCC what a free connection costs from now on; None where it is not free.

    Its order is locked. DCC is alerted and owes a price, which an authoriser accepts:
    nothing is charged before that.

    Args:
        use: what makes it chargeable, a sentence.

    Raises:
        ChargeableNotConfirmed: nobody confirmed that it is chargeable.
        ChangeOpen: another change of it is not done yet.

    Source: R-2.9.2-3, T2.
    """
    if not is_free_for_registration(connection):
        return None
    if not is_confirmed:
        raise ChargeableNotConfirmed(connection=connection)
    require_no_open_change(connection)
    orders.carry_more(connection.order, by=by, at=at)
    change: RateChange = RateChange.objects.create(
        connection=connection,
        kind=RateChangeKind.CHARGEABLE,
        use=use,
        requested_at=at,
        requested_by=person_of(by),
    )
    what = f"{connection} is chargeable: DCC says what it costs"
    record_event(change, "record_other_use", by=by, at=at, what=what, why=use)
    emails.use_recorded(change, at)
    return change


@command
def record_other_use(
    connection_id: int,
    *,
    by: User,
    use: str,
    is_charge_confirmed: bool,
    at: datetime | None = None,
) -> RateChange:
    """Record that a free connection carries more than registration data.

    Raises:
        NotNominated: `by` is no nominated submitter of its Party.
        SharedConnectionEnds: it is cancelled.
        OtherDataNeedsSecParty: its Party is no SEC Party today.
        UseNotDescribed, ChargedAlready, ChargeableNotConfirmed, ChangeOpen.

    Source: R-2.9.2-3, T2.
    """
    at = at or timezone.now()
    connection = locked_connection(connection_id)
    require_may_share(connection, by)
    if not connection.party.is_sec_party_on(uk_date(at)):
        raise OtherDataNeedsSecParty(party=connection.party)
    if not use.strip():
        raise UseNotDescribed
    change = stop_being_free(
        connection, use=use.strip(), is_confirmed=is_charge_confirmed, by=by, at=at
    )
    if change is None:
        raise ChargedAlready(connection=connection)
    return change


def require_may_share(connection: Connection, by: User) -> None:
    """Refuse who may not, and any new use of a connection that ends. R-2.3-3."""
    if not policies.may_share(connection, by):
        raise NotNominated(party=connection.party)
    if connection.is_leaving:
        day = connection.ends_on
        raise SharedConnectionEnds(connection=connection, day=day_words(day))


@command
def leave_free(
    change_id: int, *, by: User, reason: str, at: datetime | None = None
) -> RateChange:
    """Leave a connection free of charge, since nobody uses it otherwise any more.

    Raises:
        StillShared: somebody shares it, today or later.
        ReasonMissing, NotPossibleInState, PermissionDenied.

    Source: R-2.9.2-1, R-2.9.2-3, T2.
    """
    at = at or timezone.now()
    change = locked_change(change_id)
    connection = change.connection
    if not reason.strip():
        raise ReasonMissing
    names = ", ".join(
        row.name for row in connection.order.sharers.during(uk_date(at), None)
    )
    if names:
        raise StillShared(names=names, connection=connection)
    because = reason.strip()
    perform(change.refuse, by=by, at=at, why=reason, because=because)
    orders.carry_registration_alone(connection.order, by=by, at=at, why=because)
    emails.rate_change_refused(change, at)
    return change
