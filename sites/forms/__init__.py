"""What people say of getting into a site, of visits, and of who was at equipment."""

from sites.forms.access_log import AccessEntryForm, LogFilters, LogPlaceForm
from sites.forms.passport import (
    DeskPassportForm,
    PassportForm,
    taken,
    time_of_day,
)
from sites.forms.visit import MoveOwnForm, VisitTimes, know_site

__all__ = [
    "AccessEntryForm",
    "DeskPassportForm",
    "LogFilters",
    "LogPlaceForm",
    "MoveOwnForm",
    "PassportForm",
    "VisitTimes",
    "know_site",
    "taken",
    "time_of_day",
]
