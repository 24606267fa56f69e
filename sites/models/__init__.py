"""Work on site: how people get in, who comes when, what was found and installed."""

from sites.models.access_document import AccessDocument
from sites.models.access_item import AccessItem
from sites.models.access_log import AccessEntry, AccessLogCopy, AccessLogPlace
from sites.models.claim import VisitClaim
from sites.models.completion import Completion
from sites.models.correction import (
    CircuitOrder,
    Correction,
    kept_value,
    value_words,
)
from sites.models.damage import DamageReport
from sites.models.duty import DutyEvidence, SiteDuty
from sites.models.equipment import EquipmentType, InstalledItem
from sites.models.gate_pass import GatePass, gate_pass
from sites.models.item_cost import ItemCost
from sites.models.passport import FACTS, SitePassport, changed_at_site
from sites.models.stages import StageDay, StageIssue
from sites.models.visit import SiteVisit, VisitSlot
from sites.models.work import (
    InstallationStage,
    PathCheck,
    SiteAccess,
    SurveyResult,
)

__all__ = [
    "FACTS",
    "AccessDocument",
    "AccessEntry",
    "AccessItem",
    "AccessLogCopy",
    "AccessLogPlace",
    "CircuitOrder",
    "Completion",
    "Correction",
    "DamageReport",
    "DutyEvidence",
    "EquipmentType",
    "GatePass",
    "InstallationStage",
    "InstalledItem",
    "ItemCost",
    "PathCheck",
    "SiteAccess",
    "SiteDuty",
    "SitePassport",
    "SiteVisit",
    "StageDay",
    "StageIssue",
    "SurveyResult",
    "VisitClaim",
    "VisitSlot",
    "changed_at_site",
    "gate_pass",
    "kept_value",
    "value_words",
]
