"""Who may do what to a connection. Each is called with the row and the person."""

from typing import TYPE_CHECKING, Any

from orders import policies as order_policies
from parties.policies import has_role, is_operations, may_authorise_for, may_submit_for
from parties.states import Role

if TYPE_CHECKING:
    from connections.models import Connection, ContractPeriod, RateChange
    from parties.models import User


def may_configure(subject: Any, user: "User") -> bool:
    """The Data Service Provider, or Operations for it. Source: R-3.7.1-1."""
    return order_policies.may_configure(subject, user)


def may_set_renewal_charge(period: "ContractPeriod | None", user: "User") -> bool:
    return is_operations(user)


def may_end(connection: "Connection", user: "User") -> bool:
    """Those who may authorise for its Gateway Party. Source: R-2.3-3, R-2.10-1."""
    return may_authorise_for(user, connection.party_id)


def only_the_portal(connection: object, user: object) -> bool:
    """A clock does this, never a person."""
    return False


def may_request_change(connection: "Connection", user: "User") -> bool:
    """Whoever may order for its Gateway Party, or decide for it. Source: R-2.6-10."""
    may_submit = may_submit_for(user, connection.party_id)
    return may_submit or may_end(connection, user)


def may_withdraw_change(change: "RateChange", user: "User") -> bool:
    return may_request_change(change.connection, user)


def may_accept_change(change: "RateChange", user: "User") -> bool:
    """Those who commit the Party to pay, as to a quotation. Source: R-2.7.2-2."""
    return may_end(change.connection, user)


def may_make_change(subject: object, user: "User") -> bool:
    """DCC Operations prices, refuses, schedules and records it. Source: R-2.7.2-2."""
    return has_role(user, Role.OPERATIONS)


def may_share(connection: "Connection", user: "User") -> bool:
    """Whoever names sharers on a form of its Party. Source: R-2.3-1, R-2.3-3."""
    return order_policies.may_submit(connection.order, user)


def may_collect(subject: Any, user: "User") -> bool:
    """The Gateway Connection Provider, or Operations for it. Source: R-1.3-3."""
    return order_policies.may_work_on_site(subject, user)


def may_request_session(connection: "Connection", user: "User") -> bool:
    """The Gateway Party decides which sessions it needs. Source: R-3.7.1-2."""
    return may_submit_for(user, connection.party_id)


def may_request_report(subject: Any, user: "User") -> bool:
    """The Gateway Party alone, never a sharer. Source: R-2.8-9, R-2.3-3."""
    return may_submit_for(user, party_of(subject))


def may_answer_report(subject: Any, user: "User") -> bool:
    return is_operations(user)


def party_of(subject: Any) -> int:
    """Return the pk of the Gateway Party of a connection or of what hangs from it."""
    connection = getattr(subject, "connection", subject)
    return int(connection.party_id)


def may_change_session(session: Any, user: "User") -> bool:
    return may_request_session(session.connection, user)


def may_close_session(session: Any, user: "User") -> bool:
    own = may_request_session(session.connection, user)
    return own or may_configure(session, user)


def may_test_failover(subject: Any, user: "User") -> bool:
    """The Gateway Party plans its own tests, and records what it saw."""
    return may_submit_for(user, party_of(subject))
