from django.db.models import TextChoices

from orders.states import ConnectionType


class Purpose(TextChoices):
    """What a visit is for. Source: R-2.9.1-11."""

    SURVEY = "survey", "Site survey"
    CIRCUIT = "circuit", "Circuit installation"
    EQUIPMENT = "equipment", "Equipment installation"


class VisitState(TextChoices):
    """The life of one visit; one that is moved is replaced by another."""

    BOOKED = "booked", "Booked"
    ATTENDED = "attended", "Attended"
    FAILED = "failed", "Failed"
    REARRANGED = "rearranged", "Moved"
    CANCELLED = "cancelled", "Cancelled"


class Stage(TextChoices):
    """The two stages of installation that need a visit. Source: R-2.12-1."""

    CIRCUIT = "circuit", "Circuit"
    EQUIPMENT = "equipment", "Network equipment"


PREVIOUS_STAGE = {Stage.EQUIPMENT: Stage.CIRCUIT}
# Units of 1.75 inches that the equipment takes: R-3.7-2, R-5.1-1, R-5.2-1.
RACK_UNITS = {ConnectionType.HV: 4, ConnectionType.LV: 1}
