"""Sessions across a connection, asked for by the Party, set up by the configurer."""

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils import timezone

from common.clock import uk_date
from common.wording import day_words
from connections import emails, policies
from connections.commands.configure import go_into_service
from connections.commands.locks import locked_with_pair, require_goes_on
from connections.commands.session_wish import (
    SessionWish,
    checked,
    give_back_addresses,
    take_addresses,
    wish_of,
)
from connections.errors import DeferralUnexplained, SessionUnchanged
from connections.errors.late import DccKiInTheFuture, SessionOver
from connections.models import Session
from connections.states import SessionState
from orders.commands.mirror import lock_with_partner
from orders.errors import NotNominated
from orders.models import ConnectionRequest
from parties.models import User
from records.behalf import person_of
from records.transitions import perform, record_event
from records.unit import command, touch


@command
def request_session(
    connection_id: int,
    *,
    by: User,
    addresses: Iterable[str],
    at: datetime | None = None,
    **asked: Any,
) -> Session:
    """Ask for a session, which costs nothing; the configurer is told.

    Args:
        connection_id: pk of its primary connection.
        addresses: the Party's IP addresses, version 4 or 6, that DCC's firewalls are
            opened for.
        asked: the rest of `SessionWish`.

    Raises:
        NotNominated: `by` is no nominated submitter of the Party.
        EndedAlready: the connection is there no longer.
        As `checked`.

    Source: R-3.7.1-2, R-3.7.1-3, R-6-2, R-6-3, R-6-4, R-6-5, R-6-6, R-6-7, R-6.1-1.
    """
    at = at or timezone.now()
    connection = locked_with_pair(connection_id)
    if not policies.may_request_session(connection, by):
        raise NotNominated(party=connection.party)
    require_goes_on(connection, "no session of it can be asked for")
    wish = checked(SessionWish(connection_id, addresses=list(addresses), **asked))
    session = keep_request(wish, by, at)
    emails.session_requested(session, at)
    return session


def keep_request(wish: SessionWish, by: User, at: datetime) -> Session:
    """Keep a new session of a wish that was checked, its orders locked."""
    session: Session = Session.objects.create(
        **wish.columns, requested_by=person_of(by), requested_at=at
    )
    take_addresses(session, wish, at)
    what = f"Session requested: {session.name}"
    record_event(session, "request_session", by=by, at=at, what=what)
    return session


def locked_session(session_id: int) -> Session:
    """Lock the order and its partner, then read the session."""
    orders = ConnectionRequest.objects.values_list("pk", flat=True)
    lock_with_partner(orders.get(connection__sessions=session_id))
    session: Session = Session.objects.for_pages().get(pk=session_id)
    return session


@command
def change_session(
    session_id: int,
    *,
    by: User,
    addresses: Iterable[str],
    at: datetime | None = None,
    **asked: Any,
) -> Session:
    """Ask for another shape of a session, which costs nothing.

    One that is not set up yet is what it is to be at once. One that is in use works as
    before until the configurer has changed it. One that was put off waits for the
    configurer again, also where its Party asks for the same once more.

    Raises:
        SessionUnchanged: it is so already.
        NotNominated: `by` is no nominated submitter of the Party.
        NotPossibleInState: it is closed.
        As `checked`.

    Source: R-6-4, R-6-5, R-6.1-2.
    """
    at = at or timezone.now()
    session = locked_session(session_id)
    if not policies.may_change_session(session, by):
        raise NotNominated(party=session.connection.party)
    wish = checked(SessionWish(addresses=list(addresses), **asked), session)
    is_open_matter = bool(session.asked or session.deferred_because)
    if wish == wish_of(session) and not is_open_matter:
        raise SessionUnchanged(session=session.name)
    keep_change(session, wish, by, at)
    emails.session_requested(session, at)
    return session


def keep_change(session: Session, wish: SessionWish, by: User, at: datetime) -> Session:
    """Keep what a session is to become, its orders locked and the wish checked."""
    if session.is_in_use or not session.is_open:
        perform(session.ask_change, by=by, at=at, asked=wish.as_json)
    else:
        # Its thread is that of its primary connection, which may be another now.
        touch(session.thread, at)
        session.deferred_because = ""
        become(session, wish.columns)
        what = f"Session changed before it was set up: {session.name}"
        record_event(session, "change_session", by=by, at=at, what=what)
    take_addresses(session, wish, at)
    if not session.is_in_use:
        give_back_addresses(session, at)
    return session


def become(session: Session, columns: dict[str, Any]) -> None:
    """Make a session what was asked for, and save it."""
    for name, value in columns.items():
        setattr(session, name, value)
    if session.expected_mbps is not None:
        session.expected_mbps = Decimal(session.expected_mbps)
    session.save()


@command
def begin_session(session_id: int, *, by: User, at: datetime | None = None) -> Session:
    """Take up a requested session. Source: R-6-4."""
    session = locked_session(session_id)
    perform(session.begin, by=by, at=at or timezone.now())
    return session


@command
def establish_session(
    session_id: int, *, by: User, dcc_pep_name: str = "", at: datetime | None = None
) -> Session:
    """Record that a session is established, or changed, and tell the Party.

    Args:
        dcc_pep_name: of the Policy Enforcement Point at DCC's end.

    Source: R-6-4, R-6-6.
    """
    at = at or timezone.now()
    session = locked_session(session_id)
    asked = dict(session.asked)
    perform(session.establish, by=by, at=at, dcc_pep_name=dcc_pep_name.strip())
    if asked:
        become(session, asked)
        session.refresh_from_db()
    give_back_addresses(session, at)
    emails.session_established(session, at)
    go_into_service(session.connection.order_id, at=at)
    return session


@command
def defer_session(
    session_id: int, *, by: User, reason: str, at: datetime | None = None
) -> Session:
    """Put off a session that cannot be set up now; its order need not wait for it.

    Raises:
        DeferralUnexplained: no reason is given.
        PermissionDenied: `by` is not the configurer.

    Source: R-3.7.1-1, R-6-4.
    """
    at, why = at or timezone.now(), reason.strip()
    session = locked_session(session_id)
    if not policies.may_configure(session, by):
        raise PermissionDenied
    if not why:
        raise DeferralUnexplained
    session.deferred_because = why
    session.save(update_fields=["deferred_because"])
    what = f"Session put off: {session.name}"
    record_event(session, "defer_session", by=by, at=at, what=what, why=why)
    emails.session_deferred(session, at)
    go_into_service(session.connection.order_id, at=at)
    return session


@command
def close_session(
    session_id: int, *, by: User, reason: str = "", at: datetime | None = None
) -> Session:
    """Close a session; its name and its addresses are free again. Source: R-6-4."""
    at = at or timezone.now()
    session = locked_session(session_id)
    was_asked_for = session.state == SessionState.REQUESTED
    perform(session.close, by=by, at=at, why=reason)
    give_back_addresses(session, at)
    if not was_asked_for:
        emails.session_closed(session, at)
    go_into_service(session.connection.order_id, at=at)
    return session


@command
def record_dccki(
    session_id: int, *, by: User, day: date, at: datetime | None = None
) -> Session:
    """Record when the Party had followed the DCCKI documentation for a session.

    Raises:
        NotNominated: `by` is neither a submitter of the Party nor the configurer.
        SessionOver: it is closed.
        DccKiInTheFuture: the day is still to come.

    Source: R-3.7.1-4.
    """
    at = at or timezone.now()
    session = locked_session(session_id)
    if not policies.may_close_session(session, by):
        raise NotNominated(party=session.connection.party)
    if session.state == SessionState.CLOSED:
        raise SessionOver(session=session.name)
    if day > uk_date(at):
        raise DccKiInTheFuture(day=day_words(day))
    session.dccki_done_on = day
    session.save(update_fields=["dccki_done_on"])
    what = f"DCCKI documentation followed for session {session.name}"
    record_event(session, "record_dccki", by=by, at=at, what=what, days=(None, day))
    return session
