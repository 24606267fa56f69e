"""What people say of getting into a site, of visits, and of who was at equipment."""

from sites.forms.access_log import AccessEntryForm, LogFilters, LogPlaceForm
from sites.forms.passport import (
    DeskPassportForm,
    PassportForm,
    for_command,
    time_of_day,
)
from sites.forms.visit import (
    CallOffOwnForm,
    DisputeForm,
    MoveOwnForm,
    VisitTimes,
    know_site,
)

__all__ = [
    "AccessEntryForm",
    "CallOffOwnForm",
    "DeskPassportForm",
    "DisputeForm",
    "LogFilters",
    "LogPlaceForm",
    "MoveOwnForm",
    "PassportForm",
    "VisitTimes",
    "for_command",
    "know_site",
    "time_of_day",
]
