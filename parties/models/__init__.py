"""Who: organisations, their people, whom they nominated, where they are."""

from parties.models.invitation import Invitation, invited_by
from parties.models.premises import DataCentre, place_words
from parties.models.question import NominationsQuestion
from parties.models.register import (
    CalendarFeed,
    Closure,
    Feed,
    Nomination,
    Party,
    PartyCalendarFeed,
    PartyStanding,
    ProviderAppointment,
    User,
    UserManager,
)

__all__ = [
    "CalendarFeed",
    "Closure",
    "DataCentre",
    "Feed",
    "Invitation",
    "Nomination",
    "NominationsQuestion",
    "Party",
    "PartyCalendarFeed",
    "PartyStanding",
    "ProviderAppointment",
    "User",
    "UserManager",
    "invited_by",
    "place_words",
]
