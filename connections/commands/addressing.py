"""The addresses that DCC supplies for its router, the PEP and the pair."""

from datetime import datetime
from ipaddress import ip_address

from django.core.exceptions import PermissionDenied
from django.utils import timezone

from connections import policies
from connections.addresses import is_usable
from connections.errors import AddressesWrong, AddressTwice, VirtualWithoutPair
from connections.models import Connection
from orders.commands.mirror import lock_with_partner
from orders.models import ConnectionRequest
from orders.states import Option
from parties.models import User
from records.transitions import record_event
from records.unit import command


@command
def record_addressing(
    connection_id: int,
    *,
    by: User,
    router_address: str,
    pep_address: str,
    virtual_address: str | None = None,
    at: datetime | None = None,
) -> Connection:
    """Keep the IP addresses, version 4 or 6, that DCC supplies; they can be changed.

    The virtual address is one of the pair: the other connection, when it is there,
    has the same, or none.

    Args:
        router_address: of the DCC router at the site.
        pep_address: of the Party's Policy Enforcement Point.
        virtual_address: shared by the two routers of a pair; None or empty if none.

    Raises:
        AddressesWrong: no machine can be reached at it.
        AddressTwice: two machines would have one address.
        VirtualWithoutPair: the connection stands alone, or the other one has ended.
        PermissionDenied: `by` is not the configurer.

    Source: R-4.1-7, R-4.2-8, R-4.3-3, R-4.3-7.
    """
    at = at or timezone.now()
    orders = ConnectionRequest.objects.values_list("pk", flat=True)
    order = lock_with_partner(orders.get(connection=connection_id))
    connection: Connection = order.connection
    if not policies.may_configure(order, by):
        raise PermissionDenied
    router, pep = usable(router_address), usable(pep_address)
    virtual = usable(virtual_address) if virtual_address else None
    other = Connection.objects.other_of_pair(connection).first()
    require_pair(connection, virtual)
    require_each_its_own(order, other, [router, pep, virtual])
    connection.router_address, connection.pep_address = router, pep
    connection.virtual_address = virtual
    connection.save()
    what = f"Addresses supplied by DCC: router {router}, PEP {pep}"
    shared = f", virtual address {virtual}" if virtual else ""
    record_event(connection, "record_addressing", by=by, at=at, what=what + shared)
    mirror(other, virtual, by, at)
    return connection


def usable(address: str) -> str:
    """Return the address in its usual spelling."""
    address = address.strip()
    if not is_usable(address):
        raise AddressesWrong(wrong=address or "none was entered")
    return str(ip_address(address))


def require_pair(connection: Connection, virtual: str | None) -> None:
    """Refuse a virtual address of one router alone. Source: R-4.2-8, R-4.3-7."""
    partner = connection.order.partner
    if virtual and (partner is None or partner.is_closed):
        raise VirtualWithoutPair(connection=connection)


def require_each_its_own(
    order: ConnectionRequest, other: Connection | None, given: list[str | None]
) -> None:
    """Refuse one address for two machines. Source: R-4.2-3, R-4.3-3.

    The two routers are two machines; at one site both may lead to one PEP.
    """
    taken = [address for address in given if address]
    if other is not None and other.router_address and other.pep_address:
        taken.append(other.router_address)
        is_same_pep = other.pep_address == given[1]
        if order.option == Option.HIGH or not is_same_pep:
            taken.append(other.pep_address)
    twice = [address for address in taken if taken.count(address) > 1]
    if twice:
        raise AddressTwice(address=twice[0])


def mirror(
    other: Connection | None, virtual: str | None, by: User, at: datetime
) -> None:
    """Give the other connection of the pair the same virtual address. R-4.2-8."""
    if other is None or other.virtual_address == virtual:
        return
    other.virtual_address = virtual
    other.save()
    what = "The pair no longer has a virtual address"
    if virtual:
        what = f"Virtual address of the pair supplied by DCC: {virtual}"
    record_event(other, "record_addressing", by=by, at=at, what=what)
