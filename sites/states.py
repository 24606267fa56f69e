from django.db.models import TextChoices


class VisitPurpose(TextChoices):
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


class StageKind(TextChoices):
    """The two stages of installation that need a visit. Source: R-2.12-1."""

    CIRCUIT = "circuit", "Circuit"
    EQUIPMENT = "equipment", "Network equipment"


PREVIOUS_STAGE = {StageKind.EQUIPMENT: StageKind.CIRCUIT}


class SiteDays(TextChoices):
    """On which days a data centre lets visitors in."""

    WORKING = "working", "Monday to Friday, not on bank holidays"
    SATURDAYS = "saturdays", "Monday to Saturday"
    ANY = "any", "Every day"


class RamsWanted(TextChoices):
    """Which risk assessment and method statement a site wants. Source: R-2.13-5."""

    NONE = "none", "None"
    STANDARD = "standard", "The standard one of whoever comes"
    CUSTOM = "custom", "One written for this site"
