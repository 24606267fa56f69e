"""Who may write and publish the guidance."""

from typing import TYPE_CHECKING

from parties.policies import is_operations

if TYPE_CHECKING:
    from parties.models import User


def may_write(subject: object, user: "User") -> bool:
    """DCC Operations writes it. Source: R-1.3-1."""
    return is_operations(user)


def may_publish(subject: object, user: "User") -> bool:
    """Only DCC Operations publishes. Source: R-0-3."""
    return is_operations(user)
