"""Who may do what to charges."""

from typing import TYPE_CHECKING, Any

from parties.policies import has_role
from parties.states import Role

if TYPE_CHECKING:
    from parties.models import User


def may_correct_charge(subject: Any, user: "User") -> bool:
    """DCC Billing, and Operations. Source: R-2.9.1-4, R-2.9.1-9."""
    return has_role(user, Role.BILLING, Role.OPERATIONS)


def may_export_charges(subject: Any, user: "User") -> bool:
    """DCC Billing, Operations, and whoever audits them. Source: R-2.9.1-9."""
    return has_role(user, Role.BILLING, Role.OPERATIONS, Role.AUDITOR)


def may_record_payments(subject: Any, user: "User") -> bool:
    """DCC Billing, and Operations. Source: R-2.9.1-9."""
    return has_role(user, Role.BILLING, Role.OPERATIONS)


def may_read_figures(subject: Any, user: "User") -> bool:
    """DCC Billing, Operations, and whoever audits them. Source: R-2.9.1-9."""
    return has_role(user, Role.BILLING, Role.OPERATIONS, Role.AUDITOR)
