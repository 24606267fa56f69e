"""Who may move a request. Each is called with the order and the person."""

from typing import TYPE_CHECKING

from orders.states import Channel
from parties.policies import (
    has_role,
    is_desk,
    is_operations,
    may_authorise_for,
    may_submit_for,
)
from parties.states import Role
from records.behalf import OnBehalf

if TYPE_CHECKING:
    from orders.models import ConnectionRequest
    from parties.models import User


def may_submit(order: "ConnectionRequest", user: "User") -> bool:
    """Only a registered nominated contact of the Party. Source: R-2.2-5."""
    return may_submit_for(user, order.party_id)


def may_key_in(order: "ConnectionRequest | None", user: "User") -> bool:
    """The desk enters what came to it by another way than this portal. R-1.3-7."""
    return is_desk(user) and (order is None or order.channel != Channel.PORTAL)


def is_keyed_by_desk(order: "ConnectionRequest", user: "User") -> bool:
    """Say whether what `user` enters is the word of the paper's sender. R-1.3-7."""
    return may_key_in(order, user) and not may_submit(order, user)


def may_fill_in(order: "ConnectionRequest", user: "User") -> bool:
    """The Party's own submitters; for a form that came on paper, the desk too."""
    return may_submit(order, user) or may_key_in(order, user)


def may_authorise(order: "ConnectionRequest", user: "User") -> bool:
    return may_authorise_for(user, order.party_id)


def may_authorise_late(order: "ConnectionRequest", user: "User") -> bool:
    """Only the desk can know what the Party had said before a time ran out (T35)."""
    return isinstance(user, OnBehalf) and may_authorise(order, user)


def may_discard(order: "ConnectionRequest", user: "User") -> bool:
    """Who may send a draft may throw it away; what came on paper is with DCC."""
    return order.channel == Channel.PORTAL and may_submit(order, user)


def may_withdraw(order: "ConnectionRequest", user: "User") -> bool:
    return may_submit(order, user) or may_authorise(order, user)


def may_check(order: "ConnectionRequest", user: "User") -> bool:
    return is_operations(user)


def may_clarify(order: "ConnectionRequest", user: "User") -> bool:
    return is_desk(user)


def may_work_on_site(order: "ConnectionRequest", user: "User") -> bool:
    """The Gateway Connection Provider, or Operations for it. Source: R-1.3-3."""
    return has_role(user, Role.OPERATIONS, Role.INSTALLER)


def may_configure(order: "ConnectionRequest", user: "User") -> bool:
    """The Data Service Provider, or Operations for it. Source: R-3.7.1-1."""
    return has_role(user, Role.OPERATIONS, Role.CONFIGURER)


def only_the_portal(order: "ConnectionRequest", user: "User") -> bool:
    """A person never does this: it follows from a clock or from another record."""
    return False


def may_ask(party_id: int, user: "User") -> bool:
    """Any of the Party's people may ask the Service Desk. Source: R-1-4."""
    return bool(user.is_active and user.party_id == party_id)
