from decimal import Decimal

from django.db.models import TextChoices


class OrderState(TextChoices):
    """Where an order is, from the first answer to the connection in service."""

    DRAFT = "draft", "Draft"
    SUBMITTED = "submitted", "Submitted"
    RETURNED = "returned", "Returned to you"
    ACCEPTED = "accepted", "Desk review"
    QUOTED = "quoted", "Quoted"
    AUTHORISED = "authorised", "Authorised"
    SURVEY = "survey", "Survey"
    INSTALL = "install", "Installation"
    CONFIGURING = "configuring", "Configuration"
    CONFIGURED = "configured", "In service"
    LAPSED = "lapsed", "Quotation lapsed"
    DECLINED = "declined", "Declined"
    WITHDRAWN = "withdrawn", "Withdrawn"
    CANCELLED = "cancelled", "Cancelled"
    UNAVAILABLE = "unavailable", "Not available"
    DISCARDED = "discarded", "Thrown away"


CLOSED = (
    OrderState.LAPSED,
    OrderState.DECLINED,
    OrderState.WITHDRAWN,
    OrderState.CANCELLED,
    OrderState.UNAVAILABLE,
    OrderState.DISCARDED,
)
# Authority is given and the connection is not there yet: visits are made, and it costs
# what was accepted to cancel.
ON_SITE = (OrderState.AUTHORISED, OrderState.SURVEY, OrderState.INSTALL)
# The connection is there: its installation is complete.
INSTALLED = (OrderState.CONFIGURING, OrderState.CONFIGURED)
FINISHED = (*CLOSED, OrderState.CONFIGURED)
NEVER_SUBMITTED = (OrderState.DRAFT, OrderState.DISCARDED)
# The form is with DCC or has come back, and nothing rests on it yet.
BEING_CHECKED = (OrderState.SUBMITTED, OrderState.RETURNED)
# The form is accepted: a review, a price and work on site rest on it.
UNDER_WAY = (
    OrderState.ACCEPTED,
    OrderState.QUOTED,
    OrderState.AUTHORISED,
    OrderState.SURVEY,
    OrderState.INSTALL,
)
PASSED_TO_INSTALLER = (
    OrderState.AUTHORISED,
    OrderState.SURVEY,
    OrderState.INSTALL,
    OrderState.CONFIGURING,
)
PASSED_TO_CONFIGURER = (OrderState.CONFIGURING, OrderState.CONFIGURED)


class Route(TextChoices):
    """Under which provision the order is placed. Source: R-1.1-2."""

    H15 = "h15", "SEC Party, under H15"
    E3 = "e3", "Registration Data Provider, under E3"


class ConnectionType(TextChoices):
    HV = "hv", "High Volume (HV)"
    LV = "lv", "Low Volume (LV)"

    @property
    def rack_units(self) -> int:
        """Units of 1.75 inches that the equipment takes. R-3.7-2, R-5.1-1, R-5.2-1."""
        return 4 if self == self.HV else 1


class Use(TextChoices):
    """What a connection is wanted for. Source: R-2.1.1-1, R-2.1.1-3, R-2.1.2-1."""

    DUIS = "duis", "DCC User Interface (DUIS)"
    SSI = "ssi", "Self-Service Interface (SSI)"
    TESTING = "testing", "Testing with DCC services"
    REGISTRATION_LOAD = "registration_load", "Initial load of registration data"
    REGISTRATION_CHANGES = (
        "registration_changes",
        "Daily transfer of registration data changes",
    )
    STATUS_FLOW = "status_flow", "DCC status flow back to you"


REGISTRATION_USES = (Use.REGISTRATION_LOAD, Use.REGISTRATION_CHANGES, Use.STATUS_FLOW)
# What a form says of the connection that an RDP has free of charge, by the name of each
# answer; nobody else uses it either. Source: R-2.9.2-1, R-2.9.2-3.
FREE_KIND = {
    "route": Route.E3,
    "connection_type": ConnectionType.LV,
    "is_registration_only": True,
}


class LineKind(TextChoices):
    """What a site review finds can be provided. Source: R-2.6-1, R-2.6-2, T31."""

    HV = "hv", "HV Ethernet"
    SUPERFAST = "superfast", "LV, superfast broadband"
    STANDARD = "standard", "LV, standard broadband"
    UNKNOWN = "unknown", "LV, kind of broadband not known yet"

    @property
    def carries_mbps(self) -> tuple[Decimal, Decimal]:
        """What broadband of this kind carries at most, from DCC and to it. R-2.6-2."""
        if self == self.STANDARD:
            return Decimal(20), Decimal("2.5")
        return Decimal(40), Decimal(10)


class Option(TextChoices):
    """How resilient a set of connections is. Source: R-2.4.1-1, R-4-1."""

    LOW = "low", "Low resilience: one connection"
    MEDIUM = "medium", "Medium resilience: two connections at one site"
    HIGH = "high", "High resilience: two connections at two sites"


class PairRole(TextChoices):
    """What a connection is in its pair. Source: R-2.4.2-1."""

    PRIMARY = "primary", "Primary"
    BACKUP = "backup", "Back-up"


class Continuity(TextChoices):
    """Why a Party wants another connection. Source: R-2.1.1-5."""

    RESILIENCE = "resilience", "Resilience"
    BCDR = "bcdr", "Business continuity and disaster recovery"


class TestingKind(TextChoices):
    """Which testing a connection is for. Source: R-2.1.1-3."""

    SANDPIT = "sandpit", "Sandpit"
    USER_ENTRY = "user_entry", "User Entry Process Testing"
    INTERFACE = "interface", "Interface Testing"
    END_TO_END = "end_to_end", "End-to-End Testing"


class InformedBy(TextChoices):
    """How the site contact wants to hear of visits and changes."""

    EMAIL = "email", "By e-mail"
    PHONE = "phone", "By phone"
    BOTH = "both", "By e-mail and by phone"


class Channel(TextChoices):
    """How a form came to DCC. Source: R-1.3-7."""

    PORTAL = "portal", "This portal"
    EMAIL = "email", "E-mail to the Service Desk"
    UPLOAD = "upload", "Secure upload area"


class SharingReason(TextChoices):
    """Why others use a connection. Source: R-2.3-2."""

    RETAIL_AND_NETWORK = (
        "retail_network",
        "A retail business and a network operator share it",
    )
    LEGAL_ENTITIES = "legal_entities", "Several legal entities of one organisation"
    PROVIDER = "provider", "A service provider for small suppliers"
    NETWORK_AND_RDP = "network_rdp", "A Network Operator with its RDP"
    RDP_GROUP = "rdp_group", "A group of RDPs with a service provider"
    OTHER = "other", "Another reason"


class AcknowledgementKind(TextChoices):
    """What a person of the Party has to accept or confirm on a form."""

    NO_AVAILABILITY = "no_availability", "No availability is guaranteed"
    PEP = "pep", "There is a Policy Enforcement Point"
    LAYER_2_SWITCH = "layer_2_switch", "A layer 2 network joins the routers"
    LAYER_2_LINK = "layer_2_link", "A layer 2 link joins the sites"
    ACTIVE_STANDBY = "active_standby", "One link is active, one stands by"
    SMALLER_STANDBY = "smaller_standby", "A smaller link degrades service"
    SHARING = "sharing", "Onward communication is the Party’s own"
    POWER = "power", "There is adequate power"
    SPACE = "space", "Space and temperature are suitable"
    PROTECTION = "protection", "The equipment is protected"
    NO_DAMAGE = "no_damage", "The equipment is not damaged"


class EnquiryKind(TextChoices):
    """What a Party wants of the Service Desk."""

    CALL = "call", "A call about another kind of connection"
    MESSAGE_SIZES = "message_sizes", "Help with message sizes"
    QUESTION = "question", "A question"
    UPLOAD_AREA = "upload_area", "Access to the secure upload area"
    ACCESS = "access", "A question about getting into a site"


class EnquiryState(TextChoices):
    """The life of an enquiry."""

    ASKED = "asked", "Asked"
    ARRANGED = "arranged", "Call arranged"
    ANSWERED = "answered", "Answered"


class Verdict(TextChoices):
    """What the Electronic Site Review found, at a glance. Source: R-3.2-8."""

    GREEN = "green", "Green: available as requested"
    AMBER = "amber", "Amber: available, with something to know"
    RED = "red", "Red: not available"
