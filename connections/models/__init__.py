"""What lives after the order: the connection, its contract periods, its sessions."""

from connections.models.cancellation import Cancellation
from connections.models.collection import EquipmentCollection
from connections.models.connection import Connection
from connections.models.failover_test import FailoverTest
from connections.models.paper import ConnectionPaper
from connections.models.period import ContractPeriod, RenewalAnswer, RenewalReading
from connections.models.rate_change import RateChange
from connections.models.report import PerformanceReport, UsageDay
from connections.models.session import InterfaceVersion, Session, SessionAddress
from connections.models.use_declaration import UseDeclaration

__all__ = [
    "Cancellation",
    "Connection",
    "ConnectionPaper",
    "ContractPeriod",
    "EquipmentCollection",
    "FailoverTest",
    "InterfaceVersion",
    "PerformanceReport",
    "RateChange",
    "RenewalAnswer",
    "RenewalReading",
    "Session",
    "SessionAddress",
    "UsageDay",
    "UseDeclaration",
]
