"""Who may take over what exists."""

from typing import TYPE_CHECKING

from parties.policies import has_role, is_operations
from parties.states import Role

if TYPE_CHECKING:
    from parties.models import User


def may_take_over(subject: object, user: "User") -> bool:
    """DCC Operations alone: what is written becomes an order or a contract."""
    return is_operations(user)


def may_read_files(subject: object, user: "User") -> bool:
    """DCC Operations, and whoever audits it: what was taken over, from which file."""
    return has_role(user, Role.OPERATIONS, Role.AUDITOR)
