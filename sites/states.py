from django.db.models import TextChoices


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
