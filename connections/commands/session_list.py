"""Many sessions at once, out of a list: all of them, or none."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.utils import timezone

from common.csv_file import LineFault
from common.errors import DomainError
from common.lines import look
from connections import emails, policies
from connections.commands.locks import locked_with_pair, require_goes_on
from connections.commands.session_wish import (
    SessionWish,
    checked,
    known_of_pair,
    refusals_of,
    wish_of,
)
from connections.commands.sessions import keep_change, keep_request
from connections.errors import (
    AddressesMissing,
    AddressesWrong,
    AddressUsed,
    LoadNotPositive,
    NameMissing,
    NameTaken,
    PriorityNotAccepted,
    SessionListWrong,
    VersionOfOther,
)
from connections.models import Session
from orders.errors import NotNominated
from parties.models import User
from records.unit import command

# In which column of a list a refusal is at home; the rest is about the secondary.
COLUMN_OF: dict[type[DomainError], str] = {
    NameMissing: "Session",
    NameTaken: "Session",
    AddressesMissing: "Addresses",
    AddressesWrong: "Addresses",
    AddressUsed: "Addresses",
    PriorityNotAccepted: "Use",
    VersionOfOther: "Interface version",
    LoadNotPositive: "Expected Mbps",
}


@dataclass(frozen=True)
class ListedWish:
    """One line of a list: what a session is to be.

    Args:
        number: of its line.
        session: the one that it changes; None where it asks for a new one.
    """

    number: int
    wish: SessionWish
    session: Session | None = None


@dataclass(frozen=True)
class ListChecked:
    """The lines of a list as they are kept, and what is wrong with it."""

    rows: list[ListedWish]
    faults: list[LineFault]


def checked_list(connection_id: int, listed: Iterable[ListedWish]) -> ListChecked:
    """Return a list by the rules of a single session, with what is wrong with it.

    Lines are also held against each other: a name, or an address of a connection, that
    two of them would have.

    Source: R-3.7.1-3, R-6.1-4, R-6-7, R-6-8, R-6-14, T17.
    """
    known = known_of_pair(connection_id)
    rows: list[ListedWish] = []
    faults: list[LineFault] = []
    for one in listed:
        refusals = list(refusals_of(one.wish, one.session, known))
        for refusal in refusals:
            column = COLUMN_OF.get(type(refusal), "Secondary")
            faults.append(LineFault(one.number, column, str(refusal)))
        if not refusals:
            wish = checked(one.wish, one.session, known)
            rows.append(replace(one, wish=wish))
    return ListChecked(rows, [*faults, *twins(rows)])


def twins(rows: Iterable[ListedWish]) -> Iterator[LineFault]:
    """Yield what two lines would both have. Source: R-3.7.1-3."""
    names: dict[tuple[int, str], int] = {}
    addresses: dict[tuple[int, str], int] = {}
    for number, wish in ((one.number, one.wish) for one in rows):
        earlier = names.setdefault((wish.connection, look(wish.name)), number)
        if earlier != number:
            why = f"line {earlier} has this name already."
            yield LineFault(number, "Session", why)
        for key in addresses_of(wish):
            line = addresses.setdefault(key, number)
            if line != number:
                why = f"line {line} has {key[1]} already."
                yield LineFault(number, "Addresses", why)


def addresses_of(wish: SessionWish) -> list[tuple[int, str]]:
    """Return each connection with each address that a session has on it."""
    links = filter(None, (wish.connection, wish.secondary))
    return [(link, address) for link in links for address in wish.addresses]


@command
def import_sessions(
    connection_id: int,
    *,
    by: User,
    listed: Sequence[ListedWish],
    at: datetime | None = None,
) -> list[Session]:
    """Ask for all sessions of a list, new ones and changes, or for none of them.

    It costs nothing; the configurer is told once of all. What a list does not name
    stays as it is.

    Args:
        connection_id: pk of one of the pair.

    Raises:
        SessionListWrong: a line is refused, by its number and column.
        NotNominated: `by` is no nominated submitter of the Party.
        EndedAlready: the connection is there no longer.
        NotPossibleInState: a session of it was closed meanwhile.

    Source: R-3.7.1-2, R-6-4, R-6-5, R-6.1-1, R-6.1-2.
    """
    at = at or timezone.now()
    connection = locked_with_pair(connection_id)
    if not policies.may_request_session(connection, by):
        raise NotNominated(party=connection.party)
    require_goes_on(connection, "no session of it can be asked for")
    found = checked_list(connection_id, listed)
    if found.faults:
        raise SessionListWrong(reason=" ".join(map(str, found.faults)))
    asked = (kept(one, by, at) for one in found.rows)
    sessions = [session for session in asked if session is not None]
    if sessions:
        emails.sessions_requested(connection, sessions, at)
    return sessions


def kept(one: ListedWish, by: User, at: datetime) -> Session | None:
    """Return the session that a line asks for; nothing where it is so already."""
    if one.session is None:
        return keep_request(one.wish, by, at)
    session = Session.objects.for_pages().get(pk=one.session.pk)
    if one.wish == wish_of(session) and not session.asked:
        return None
    return keep_change(session, one.wish, by, at)
