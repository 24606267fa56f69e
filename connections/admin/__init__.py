"""The desk's lists of connections, and how Parties reach DCC."""

from connections.admin.connections import (
    ConnectionAdmin,
    FailoverTestAdmin,
    InterfaceVersionAdmin,
    RenewalsAdmin,
)

__all__ = [
    "ConnectionAdmin",
    "FailoverTestAdmin",
    "InterfaceVersionAdmin",
    "RenewalsAdmin",
]
