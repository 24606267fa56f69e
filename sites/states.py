from django.db.models import TextChoices


class VisitPurpose(TextChoices):
    """What a visit is for. Source: R-2.9.1-11."""

    SURVEY = "survey", "Site survey"
    CIRCUIT = "circuit", "Circuit installation"
    EQUIPMENT = "equipment", "Equipment installation"


class VisitState(TextChoices):
    """The life of one visit; one that is moved or not made is replaced by another.

    A visit failed for reasons on the Party's side and was missed on the supplier's.

    Source: R-2.9.1-10, R-2.9.1-11.
    """

    PROPOSED = "proposed", "Proposed"
    CONFIRMED = "confirmed", "Booked"
    IN_PROGRESS = "in_progress", "In progress"
    COMPLETED = "completed", "Completed"
    FAILED = "failed", "Failed"
    MISSED = "missed", "Missed"
    MOVED = "moved", "Moved"
    CALLED_OFF = "called_off", "Called off"


# Somebody comes, or is there.
TO_COME = (VisitState.CONFIRMED, VisitState.IN_PROGRESS)
# Of these an order has one a purpose at most.
OPEN = (VisitState.PROPOSED, *TO_COME)
# Somebody came, so a charge for having to come again is due. Source: T11.
TOOK_PLACE = (VisitState.COMPLETED, VisitState.FAILED)
# It was not made, and another takes its place.
NOT_MADE = (VisitState.FAILED, VisitState.MISSED, VisitState.CALLED_OFF)


class Happened(TextChoices):
    """What kept whoever came, or should have come, from the work."""

    NOT_LET_IN = "not_let_in", "Not let in at the gate or the door"
    NOBODY_THERE = "nobody_there", "Nobody was there to let them in"
    NOT_READY = "not_ready", "The place was not ready: rack space, power or access"
    SITE_PAPERS = "site_papers", "The site wanted papers or an escort that it lacked"
    DID_NOT_COME = "did_not_come", "The engineer did not come"
    NOT_EQUIPPED = "not_equipped", "The engineer came without what the work needs"
    OUR_PAPERS = "our_papers", "Papers that DCC or the engineer owed were missing"


class Bearer(TextChoices):
    """On whose side it lies that a visit was not made. Source: T10."""

    PARTY = "party", "The Gateway Party"
    SUPPLIER = "supplier", "DCC’s side"


class ClaimState(TextChoices):
    """The life of DCC's claim that the next visit is charged. Source: T10, T11."""

    OPEN = "open", "To be confirmed"
    CONFIRMED = "confirmed", "Confirmed"
    DISPUTED = "disputed", "Disputed"
    UPHELD = "upheld", "Stands"
    DROPPED = "dropped", "Dropped"
    CHARGED = "charged", "Charged"


# What may still become a charge.
LIVE_CLAIM = (
    ClaimState.OPEN,
    ClaimState.CONFIRMED,
    ClaimState.DISPUTED,
    ClaimState.UPHELD,
)


class GatePassStanding(TextChoices):
    """What a guard is told who scans the code of a visit."""

    VALID = "valid", "Valid today"
    EARLY = "early", "Not valid yet"
    MOVED = "moved", "Moved"
    OVER = "over", "No longer valid"
    OFF = "off", "Called off"


class StageKind(TextChoices):
    """The two stages of installation that need a visit. Source: R-2.12-1."""

    CIRCUIT = "circuit", "Circuit"
    EQUIPMENT = "equipment", "Network equipment"


PREVIOUS_STAGE = {StageKind.EQUIPMENT: StageKind.CIRCUIT}


class DayKind(TextChoices):
    """What a day of a stage is; the day on which it was done is with the stage."""

    PLANNED = "planned", "Planned"
    COMMITTED = "committed", "Committed"


class ChangeCause(TextChoices):
    """Whose doing it is that a day of a stage changed, as its Party reads it."""

    PROVIDER = "provider", "The provider"
    PARTY = "party", "You"
    THIRD_PARTY = "third_party", "A third party"


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


class AccessItemKind(TextChoices):
    """What has to be there or done before anybody may come. Source: R-2.13-4."""

    OWN_DOCUMENT = "own_document", "Document that the data centre raises itself"
    RAMS = "rams", "Risk assessment and method statement (RAMS)"
    INDUCTION = "induction", "Induction"
    NOTICE = "notice", "What the site’s notice must say"
    IDENTITY = "identity", "Identity papers"
    OTHER = "other", "Something else"


class AccessItemOwner(TextChoices):
    """Who sees to it. Source: R-2.13-4."""

    PARTY = "party", "The Gateway Party"
    INSTALLER = "installer", "The supplier who visits"
    DCC = "dcc", "DCC"


class AccessItemState(TextChoices):
    """The life of one thing that has to be there before anybody may come."""

    OPEN = "open", "Open"
    DONE = "done", "Done"
    DROPPED = "dropped", "No longer needed"


class ItemCostState(TextChoices):
    """The life of an amount that is asked before something is made or done."""

    ASKED = "asked", "To be accepted"
    ACCEPTED = "accepted", "Accepted"
    DECLINED = "declined", "Declined"
    WITHDRAWN = "withdrawn", "Withdrawn"
    DUE = "due", "To be charged"
    CHARGED = "charged", "Charged"


# Of these an item has one at most: it waits for an answer, or for its work.
LIVE_COST = (ItemCostState.ASKED, ItemCostState.ACCEPTED)


class AccessDocumentState(TextChoices):
    """How far a document for access is. Source: R-2.13-4."""

    SENT = "sent", "To be checked"
    APPROVED = "approved", "Approved"
    TURNED_DOWN = "turned_down", "Turned down"


class PathAnswer(TextChoices):
    """What a Party says to the common points of its two routes. Source: T34."""

    ACCEPTED = "accepted", "Accepted"
    OTHERWISE = "otherwise", "To be designed out"


class Slot(TextChoices):
    """What an item of equipment is. Source: R-5.1-1, R-5.2-1."""

    SWITCH = "switch", "Switch"
    FIBRE_TRAY = "tray", "Fibre tray"
    NTE = "nte", "BT network terminating equipment (NTE)"
    ROUTER = "router", "BT remote access router"
    LV_ROUTER = "lv_router", "LV router"


class Correctable(TextChoices):
    """What was recorded of the work on site and can be put right afterwards.

    Each is the name of its field, but for the outcome of a visit, which is a state.
    """

    OUTCOME = "outcome", "What became of the visit"
    ARRIVED_AT = "arrived_at", "When the engineer came"
    SURVEYED_ON = "surveyed_on", "Day on which the survey was made"
    CIRCUIT_POSSIBLE = "is_circuit_possible", "Whether the circuit is possible"
    EQUIPMENT_POSSIBLE = "is_equipment_possible", "Whether the equipment fits"
    EXPECTED_DOWN = "expected_down_mbps", "Expected download in Mbps"
    EXPECTED_UP = "expected_up_mbps", "Expected upload in Mbps"
    CIVIL_WORKS = "civil_works", "Civil works that are needed"
    NOTES = "notes", "Notes of the survey"
    DONE_ON = "done_on", "Day on which it was done"
    PROVIDER = "provider", "Telecom provider"
    PROVIDER_REFERENCE = "provider_reference", "The provider’s order reference"
    ORDERED_ON = "ordered_on", "Day on which the circuit was ordered"
    TEST_RESULT = "test_result", "Result of the basic test"
    MEASURED_DOWN = "measured_down_mbps", "Measured download in Mbps"
    MEASURED_UP = "measured_up_mbps", "Measured upload in Mbps"
    COMPLETED_ON = "completed_on", "Day on which installation was complete"


class ValueKind(TextChoices):
    """What kind of value was recorded, and so how it is asked for and kept."""

    DAY = "day", "Day"
    MOMENT = "moment", "Day and time"
    WORDS = "words", "Words"
    LINE = "line", "One line"
    ANSWER = "answer", "Yes or no"
    MBPS = "mbps", "Mbps"
    OUTCOME = "outcome", "Outcome"


VALUE_KIND = {
    Correctable.OUTCOME: ValueKind.OUTCOME,
    Correctable.ARRIVED_AT: ValueKind.MOMENT,
    Correctable.SURVEYED_ON: ValueKind.DAY,
    Correctable.CIRCUIT_POSSIBLE: ValueKind.ANSWER,
    Correctable.EQUIPMENT_POSSIBLE: ValueKind.ANSWER,
    Correctable.EXPECTED_DOWN: ValueKind.MBPS,
    Correctable.EXPECTED_UP: ValueKind.MBPS,
    Correctable.CIVIL_WORKS: ValueKind.WORDS,
    Correctable.NOTES: ValueKind.WORDS,
    Correctable.DONE_ON: ValueKind.DAY,
    Correctable.PROVIDER: ValueKind.LINE,
    Correctable.PROVIDER_REFERENCE: ValueKind.LINE,
    Correctable.ORDERED_ON: ValueKind.DAY,
    Correctable.TEST_RESULT: ValueKind.WORDS,
    Correctable.MEASURED_DOWN: ValueKind.MBPS,
    Correctable.MEASURED_UP: ValueKind.MBPS,
    Correctable.COMPLETED_ON: ValueKind.DAY,
}
# The visit was recorded wrongly: what became of it is recorded anew.
ANEW = "anew"


class EmergencyGround(TextChoices):
    """Why an emergency excuses that equipment was damaged. Source: R-5.2.2-4."""

    SAFETY = "safety", "To protect people’s health or safety"
    PROPERTY = "property", "To stop imminent damage to property"
    PRACTICE = "practice", "As Good Industry Practice demanded"


class DamageState(TextChoices):
    """How far a report of damage is. Source: R-5.2.2-4."""

    REPORTED = "reported", "Reported"
    REPAIR = "repair", "To be repaired"
    CLOSED = "closed", "Closed"


class DutyOwner(TextChoices):
    """Who sees to a thing at a site."""

    PARTY = "party", "The Gateway Party"
    DCC = "dcc", "DCC"
    SUPPLIER = "supplier", "DCC’s suppliers"
