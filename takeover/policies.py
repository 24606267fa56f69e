"""Who may take over what exists."""

from typing import TYPE_CHECKING

from parties.policies import is_operations

if TYPE_CHECKING:
    from parties.models import User


def may_take_over(subject: object, user: "User") -> bool:
    """DCC Operations alone: what is written becomes an order or a contract."""
    return is_operations(user)
