"""All writes to work on site, split by verb."""

from sites.commands.access import record_access, record_access_answer
from sites.commands.access_log import record_access_entry, state_log_place
from sites.commands.install import (
    begin_after_survey,
    complete_installation,
    complete_stage,
)
from sites.commands.passport import confirm_passport, write_passport
from sites.commands.paths import record_path_check
from sites.commands.survey import record_survey
from sites.commands.visit import (
    book_visit,
    cancel_booked_visits,
    fail_visit,
    rearrange_visit,
)

__all__ = [
    "begin_after_survey",
    "book_visit",
    "cancel_booked_visits",
    "complete_installation",
    "complete_stage",
    "confirm_passport",
    "fail_visit",
    "rearrange_visit",
    "record_access",
    "record_access_answer",
    "record_access_entry",
    "record_path_check",
    "record_survey",
    "state_log_place",
    "write_passport",
]
