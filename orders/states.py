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


CLOSED = (
    OrderState.LAPSED,
    OrderState.DECLINED,
    OrderState.WITHDRAWN,
    OrderState.CANCELLED,
    OrderState.UNAVAILABLE,
)
FINISHED = (*CLOSED, OrderState.CONFIGURED)
NEVER_SUBMITTED = (OrderState.DRAFT,)
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


class LineKind(TextChoices):
    """What a site review finds can be provided. Source: R-2.6-1, R-2.6-2."""

    HV = "hv", "HV Ethernet"
    SUPERFAST = "superfast", "LV, superfast broadband"
    STANDARD = "standard", "LV, standard broadband"
