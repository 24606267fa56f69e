"""What people say of getting into a site, of visits, and of who was at equipment."""

from sites.forms.access_item import (
    AccessDocumentForm,
    AccessItemForm,
    DeskAccessItemForm,
    ItemCostForm,
    SettleItemForm,
)
from sites.forms.access_log import AccessEntryForm, LogFilters, LogPlaceForm
from sites.forms.damage import DamageForm
from sites.forms.duty import EvidenceForm
from sites.forms.passport import (
    DeskPassportForm,
    PassportForm,
    for_command,
    time_of_day,
)
from sites.forms.paths import PathAnswerForm
from sites.forms.visit import (
    MOST_SLOTS,
    CallOffOwnForm,
    ChooseDayForm,
    DisputeForm,
    MoveOwnForm,
    SlotTimes,
    VisitTimes,
    know_site,
)

__all__ = [
    "MOST_SLOTS",
    "AccessDocumentForm",
    "AccessEntryForm",
    "AccessItemForm",
    "CallOffOwnForm",
    "ChooseDayForm",
    "DamageForm",
    "DeskAccessItemForm",
    "DeskPassportForm",
    "DisputeForm",
    "EvidenceForm",
    "ItemCostForm",
    "LogFilters",
    "LogPlaceForm",
    "MoveOwnForm",
    "PassportForm",
    "PathAnswerForm",
    "SettleItemForm",
    "SlotTimes",
    "VisitTimes",
    "for_command",
    "know_site",
    "time_of_day",
]
