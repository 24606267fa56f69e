"""What a session is to be: checked as a whole, before it is asked for or changed."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
from decimal import Decimal
from ipaddress import ip_address
from typing import Any

from common.errors import DomainError
from common.lines import look, one_line
from common.money import ZERO
from connections.addresses import is_usable
from connections.errors import (
    AddressesMissing,
    AddressesWrong,
    AddressUsed,
    LinkNotConfirmed,
    LoadNotPositive,
    NameMissing,
    NameTaken,
    PriorityNotAccepted,
    SecondaryNotOfPair,
    VersionOfOther,
)
from connections.models import (
    Connection,
    InterfaceVersion,
    Session,
    SessionAddress,
)
from connections.states import SessionUse
from records.unit import touch


@dataclass(frozen=True)
class SessionWish:
    """What a session is to be.

    Args:
        connection: pk of the primary connection.
        secondary: pk of the one that stands by; None without.
        addresses: of the Party, version 4 or 6, that DCC's firewalls are opened for.
        interface_version: pk of a listed version.
        expected_mbps: the Party's own estimate, if it has one.
        has_layer_2_link: that the Party joins the two sites.
        is_priority_accepted: that giving live traffic its priority is the Party's part.
    """

    connection: int
    name: str
    service: str
    use: str
    addresses: list[str]
    secondary: int | None = None
    used_by: str = ""
    user_role: str = ""
    interface_version: int | None = None
    expected_mbps: Decimal | None = None
    pep_name: str = ""
    has_layer_2_link: bool = False
    is_priority_accepted: bool = False

    @property
    def columns(self) -> dict[str, Any]:
        """Return the columns of the session, by name."""
        found = asdict(self)
        keys = ("connection", "secondary", "interface_version")
        return {
            **{f"{name}_id": found.pop(name) for name in keys},
            "party_addresses": found.pop("addresses"),
            **found,
        }

    @property
    def as_json(self) -> dict[str, Any]:
        """Return the same for the session to keep until it is changed."""
        load = self.expected_mbps
        return {**self.columns, "expected_mbps": None if load is None else str(load)}


@dataclass(frozen=True)
class PairKnown:
    """What a wish is held against, read once for any number of wishes.

    Args:
        links: the connections of the pair, with their orders, by pk.
        names: the session of each connection and look of a name, of the open ones.
        taken: the session of each connection and address.
        versions: what a session can name, by pk.
    """

    links: dict[int, Connection]
    names: dict[tuple[int, str], Session]
    taken: dict[tuple[int, str], Session]
    versions: dict[int, InterfaceVersion]

    def other(self, connection: Connection) -> Connection | None:
        """Return what can stand by for a connection. Source: R-6.1-4."""
        others = [row for row in self.links.values() if row.pk != connection.pk]
        return next((row for row in others if not row.is_leaving), None)


def known_of_pair(connection_id: int) -> PairKnown:
    """Return what is known of a pair, in five queries."""
    rows = Connection.objects.select_related("order", "party", "data_centre")
    own = rows.get(pk=connection_id)
    links = {row.pk: row for row in (own, *rows.other_of_pair(own))}
    sessions = {row.pk: row for row in Session.objects.across(links.values()).open()}
    used = SessionAddress.objects.filter(connection__in=links)
    return PairKnown(
        links,
        {(row.connection_id, row.name_look): row for row in sessions.values()},
        {
            (row.connection_id, row.address): row.session
            for row in used.select_related("session")
        },
        InterfaceVersion.objects.in_bulk(),
    )


def checked(
    wish: SessionWish, session: Session | None = None, known: PairKnown | None = None
) -> SessionWish:
    """Return a wish with its name and addresses as they are kept, or refuse it.

    Args:
        session: the one that it changes; its own name and addresses are no others'.
        known: what it is held against, where many are; otherwise it is read.

    Raises:
        NameMissing, NameTaken, AddressesMissing, AddressesWrong, AddressUsed,
        SecondaryNotOfPair, LinkNotConfirmed, PriorityNotAccepted, VersionOfOther,
        LoadNotPositive.

    Source: R-3.7.1-3, R-6-7, R-6-8, R-6-10, R-6-14, R-6.1-4, T17.
    """
    for refusal in refusals_of(wish, session, known):
        raise refusal
    name, addresses = one_line(wish.name), check_addresses(wish.addresses)
    return SessionWish(**{**asdict(wish), "name": name, "addresses": addresses})


def refusals_of(
    wish: SessionWish, session: Session | None = None, known: PairKnown | None = None
) -> Iterator[DomainError]:
    """Yield all for which `checked` refuses a wish."""
    known = known or known_of_pair(wish.connection)
    for check in CHECKS:
        try:
            check(wish, session, known)
        except DomainError as refusal:
            yield refusal


def check_name(wish: SessionWish, session: Session | None, known: PairKnown) -> None:
    name = one_line(wish.name)
    if not name:
        raise NameMissing
    if known.names.get((wish.connection, look(name)), session) != session:
        raise NameTaken(connection=known.links[wish.connection], name=name)


def check_load(wish: SessionWish, session: Session | None, known: PairKnown) -> None:
    if wish.expected_mbps is not None and wish.expected_mbps <= ZERO:
        raise LoadNotPositive


def check_priority(
    wish: SessionWish, session: Session | None, known: PairKnown
) -> None:
    """Refuse live use until its priority is understood. Source: R-6-8."""
    if wish.use == SessionUse.LIVE and not wish.is_priority_accepted:
        raise PriorityNotAccepted


def check_version(wish: SessionWish, session: Session | None, known: PairKnown) -> None:
    """Refuse the version of another interface. Source: R-6-7."""
    if wish.interface_version is None:
        return
    version = known.versions[wish.interface_version]
    if version.service != wish.service:
        of = version.get_service_display()
        raise VersionOfOther(version=version, service=of)


def check_secondary(
    wish: SessionWish, session: Session | None, known: PairKnown
) -> None:
    """Refuse what cannot stand by. Source: R-6.1-4, R-6-14, R-6-10."""
    if wish.secondary is None:
        return
    connection = known.links[wish.connection]
    other = known.other(connection)
    if other is None or other.pk != wish.secondary:
        raise SecondaryNotOfPair(connection=connection)
    is_elsewhere = other.data_centre_id != connection.data_centre_id
    if is_elsewhere and not wish.has_layer_2_link:
        raise LinkNotConfirmed(connection=connection, other=other)


def require_unused(
    wish: SessionWish, session: Session | None, known: PairKnown
) -> None:
    """Refuse what is no address, or one that another open session there has."""
    addresses = check_addresses(wish.addresses)
    for link in filter(None, (wish.connection, wish.secondary)):
        for address in addresses:
            user = known.taken.get((link, address), session)
            if user is not None and user != session:
                raise AddressUsed(address=address, session=user.name)


Check = Callable[[SessionWish, Session | None, PairKnown], None]
CHECKS: tuple[Check, ...] = (
    check_name,
    require_unused,
    check_load,
    check_priority,
    check_version,
    check_secondary,
)


def take_addresses(session: Session, wish: SessionWish, at: datetime) -> None:
    """Keep for a session the addresses that it has and those that it is to have."""
    own = set(session.addresses.values_list("connection", "address"))
    links = [wish.connection, *filter(None, [wish.secondary])]
    touch_links(links, at)
    SessionAddress.objects.bulk_create(
        [
            SessionAddress(session=session, connection_id=link, address=address)
            for link in links
            for address in wish.addresses
            if (link, address) not in own
        ]
    )


def give_back_addresses(session: Session, at: datetime) -> None:
    """Leave a session those that it has now: none once it is closed."""
    touch_links(set(session.addresses.values_list("connection", flat=True)), at)
    session.addresses.all().delete()
    if session.is_open:
        take_addresses(session, wish_of(session), at)


def touch_links(links: Iterable[int], at: datetime) -> None:
    """Let each order be looked at whose addresses change: it is found by them.

    A session's own thread is that of its primary connection alone.
    """
    there = Connection.objects.filter(pk__in=links)
    for thread in there.values_list("order__reference", flat=True):
        touch(thread, at)


def wish_of(session: Session) -> SessionWish:
    """Return what a session is, as a wish."""
    return SessionWish(
        connection=session.connection_id,
        secondary=session.secondary_id,
        name=session.name,
        service=session.service,
        use=session.use,
        addresses=list(session.party_addresses),
        used_by=session.used_by,
        user_role=session.user_role,
        interface_version=session.interface_version_id,
        expected_mbps=session.expected_mbps,
        pep_name=session.pep_name,
        has_layer_2_link=session.has_layer_2_link,
        is_priority_accepted=session.is_priority_accepted,
    )


def as_asked(session: Session) -> dict[str, Any]:
    """Return what a session is to be once its open change is made, as a wish names it.

    Its own columns where nothing is asked for.
    """
    wish = asdict(wish_of(session))
    asked = {name.removesuffix("_id"): value for name, value in session.asked.items()}
    addresses = asked.pop("party_addresses", wish["addresses"])
    load = asked.pop("expected_mbps", wish["expected_mbps"])
    load = None if load is None else Decimal(load)
    return {**wish, **asked, "addresses": addresses, "expected_mbps": load}


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
