"""Sessions across a connection, asked for by the Party, set up by the configurer."""

from collections.abc import Iterable
from datetime import datetime
from ipaddress import ip_address

from django.utils import timezone

from common.lines import look, one_line
from connections import emails, policies
from connections.errors import (
    AddressesMissing,
    AddressesWrong,
    NameMissing,
    NameTaken,
)
from connections.models import Connection, Session
from orders.errors import NotNominated
from orders.models import ConnectionRequest
from parties.models import User
from records.transitions import perform, record_event
from records.unit import command


@command
def request_session(
    connection_id: int,
    *,
    by: User,
    name: str,
    service: str,
    use: str,
    addresses: Iterable[str],
    pep_name: str = "",
    at: datetime | None = None,
) -> Session:
    """Ask for a session, which costs nothing; the configurer is told.

    Args:
        addresses: the Party's IP addresses, version 4 or 6, that DCC's firewalls are
            opened for.

    Raises:
        NotNominated: `by` is no nominated submitter of the Party.
        AddressesMissing, AddressesWrong: which of them cannot be used.
        NameMissing, NameTaken: another open session of the connection has the name.

    Source: R-3.7.1-2, R-3.7.1-3, R-6-2, R-6-3, R-6-4, R-6-5, R-6-6, R-6-7, R-6.1-1.
    """
    at = at or timezone.now()
    order = ConnectionRequest.objects.locked().get(connection=connection_id)
    connection: Connection = order.connection
    if not policies.may_request_session(connection, by):
        raise NotNominated(party=connection.party)
    checked = check_addresses(addresses)
    session = Session.objects.create(
        connection=connection,
        name=free_name(connection, name),
        service=service,
        use=use,
        party_addresses=checked,
        pep_name=pep_name,
        requested_by=by,
        requested_at=at,
    )
    what = f"Session requested: {session.name}"
    record_event(session, "request_session", by=by, at=at, what=what)
    emails.session_requested(session, at)
    return session


def free_name(connection: Connection, name: str) -> str:
    name = one_line(name)
    if not name:
        raise NameMissing
    if connection.sessions.open().filter(name_look=look(name)).exists():
        raise NameTaken(connection=connection, name=name)
    return name


def check_addresses(addresses: Iterable[str]) -> list[str]:
    """Return the addresses in their usual spelling, each once, in the order given.

    Raises:
        AddressesMissing, AddressesWrong.

    Source: R-3.7.1-3.
    """
    given = [address.strip() for address in addresses if address.strip()]
    if not given:
        raise AddressesMissing
    wrong = [address for address in given if not is_usable(address)]
    if wrong:
        raise AddressesWrong(wrong=", ".join(wrong))
    return list(dict.fromkeys(str(ip_address(address)) for address in given))


def is_usable(address: str) -> bool:
    """Say whether it is one address of a machine that can be reached."""
    try:
        found = ip_address(address)
    except ValueError:
        return False
    # With a zone, as in fe80::1%eth0, it names a cable of one machine.
    has_zone = "%" in address
    return not (
        has_zone or found.is_unspecified or found.is_loopback or found.is_multicast
    )


def locked_session(session_id: int) -> Session:
    """Lock the order, then read the session."""
    ConnectionRequest.objects.locked().get(connection__sessions=session_id)
    session: Session = Session.objects.for_pages().get(pk=session_id)
    return session


@command
def begin_session(session_id: int, *, by: User, at: datetime | None = None) -> Session:
    """Take up a requested session. Source: R-6-4."""
    session = locked_session(session_id)
    perform(session.begin, by=by, at=at or timezone.now())
    return session


@command
def establish_session(
    session_id: int, *, by: User, at: datetime | None = None
) -> Session:
    """Record that a session is established, and tell the Party. Source: R-6-4."""
    at = at or timezone.now()
    session = locked_session(session_id)
    perform(session.establish, by=by, at=at)
    emails.session_established(session, at)
    return session


@command
def close_session(
    session_id: int, *, by: User, reason: str = "", at: datetime | None = None
) -> Session:
    """Close a session; its name is free again. Source: R-6-4."""
    session = locked_session(session_id)
    perform(session.close, by=by, at=at or timezone.now(), why=reason)
    return session
