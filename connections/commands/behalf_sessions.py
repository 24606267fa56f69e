"""What a submitter said of sessions across a connection (T35).

Each is the submitter's own act and counts from when it came.
"""

from collections.abc import Iterable
from datetime import date
from typing import Any

from common.wording import day_words
from connections.commands.behalf_sharing import (
    of_submitter,
    of_submitter_since_installed,
    tell,
)
from connections.commands.locks import locked_with_pair
from connections.commands.sessions import (
    change_session,
    close_session,
    locked_session,
    record_dccki,
    request_session,
)
from connections.models import Session
from orders.commands.behalf import Said
from parties.models import User
from records.unit import command

ASKED = "the session has been asked for"


@command
def record_session_request(
    connection_id: int,
    *,
    by: User,
    said: Said,
    addresses: Iterable[str],
    **asked: Any,
) -> Session:
    """Ask for a session as a submitter said, from when that came.

    Args:
        connection_id: pk of its primary connection.
        addresses: the Party's IP addresses, version 4 or 6.
        asked: the rest of `SessionWish`.

    Raises:
        As `on_behalf`, and as `request_session`.

    Source: T35, R-3.7.1-2, R-3.7.1-3, R-6-4.
    """
    connection = locked_with_pair(connection_id)
    who = of_submitter_since_installed(connection, said, by=by)
    session = request_session(
        connection_id, by=who.actor, addresses=addresses, at=said.came_at, **asked
    )
    tell(connection, who, f"the request for session {session.name} of {connection}")
    return session


@command
def record_session_change(
    session_id: int,
    *,
    by: User,
    said: Said,
    addresses: Iterable[str],
    **asked: Any,
) -> Session:
    """Ask for another shape of a session as a submitter said, from when that came.

    Args:
        addresses, asked: what the whole session is to be, as for `change_session`.

    Raises:
        As `on_behalf`, and as `change_session`.

    Source: T35, R-6-4, R-6-5, R-6.1-2.
    """
    session = locked_session(session_id)
    connection, since = session.connection, session.requested_at
    who = of_submitter(connection, said, by=by, since=since, what=ASKED)
    session = change_session(
        session_id, by=who.actor, addresses=addresses, at=said.came_at, **asked
    )
    tell(connection, who, f"the change of session {session.name} of {connection}")
    return session


@command
def record_session_close(
    session_id: int, *, by: User, said: Said, reason: str = ""
) -> Session:
    """Close a session as a submitter said, from when that came.

    Raises:
        As `on_behalf`, and as `close_session`.

    Source: T35, R-6-4.
    """
    session = locked_session(session_id)
    connection, since = session.connection, session.requested_at
    who = of_submitter(connection, said, by=by, since=since, what=ASKED)
    session = close_session(session_id, by=who.actor, reason=reason, at=said.came_at)
    tell(connection, who, f"that session {session.name} of {connection} is closed")
    return session


@command
def record_dccki_day(session_id: int, *, by: User, said: Said, day: date) -> Session:
    """Record when the DCCKI documentation was followed, as a submitter said.

    Args:
        day: UK, not after the one on which it came.

    Raises:
        As `on_behalf`, and as `record_dccki`.

    Source: T35, R-3.7.1-4.
    """
    session = locked_session(session_id)
    connection, since = session.connection, session.requested_at
    who = of_submitter(connection, said, by=by, since=since, what=ASKED)
    session = record_dccki(session_id, by=who.actor, day=day, at=said.came_at)
    of_session = f"session {session.name} of {connection}"
    on = day_words(day)
    tell(connection, who, f"that DCCKI was followed for {of_session} on {on}")
    return session
