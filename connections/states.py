from django.db.models import TextChoices


class ConnectionState(TextChoices):
    """From completed installation to its end."""

    INSTALLED = "installed", "Installed"
    OPERATIONAL = "operational", "In service"
    ENDING = "ending", "Ending"
    ENDED = "ended", "Ended"


# It is there, or was: the day on which it ends is known.
LEAVING = (ConnectionState.ENDING, ConnectionState.ENDED)


class RenewalChoice(TextChoices):
    """What a Party says to a renewal notice. Source: R-2.5-6, R-2.5-7."""

    KEEP = "keep", "Keep it"
    CANCEL = "cancel", "Cancel it"


class RenewalOutcome(TextChoices):
    """How a period ended up once the time to cancel free of charge was over."""

    RENEWED = "renewed", "Renewed"
    ENDS = "ends", "Ends with the period"


class RateChangeKind(TextChoices):
    """What is changed in an installed connection.

    Source: R-2.6-10, R-2.7.1-2, R-2.9.2-3.
    """

    UP = "up", "To a higher rate"
    DOWN = "down", "To a lower rate"
    SUPERFAST = "superfast", "To superfast broadband"
    CHARGEABLE = "chargeable", "From free of charge to chargeable"


class RateChangeState(TextChoices):
    """From the request of a Party to the day on which it is done. Source: R-2.6-11."""

    REQUESTED = "requested", "Requested"
    PRICED = "priced", "Priced, to be accepted"
    ACCEPTED = "accepted", "Accepted"
    SCHEDULED = "scheduled", "Scheduled"
    DONE = "done", "Done"
    REFUSED = "refused", "Refused"
    WITHDRAWN = "withdrawn", "Withdrawn"


CHANGE_IS_OVER = (
    RateChangeState.DONE,
    RateChangeState.REFUSED,
    RateChangeState.WITHDRAWN,
)


class PaperKind(TextChoices):
    """What DCC says of a connection in writing. Source: R-2.5-4, R-2.10-3."""

    END = "end", "Confirmation of the end"
    NOTICE = "notice", "Renewal notice"
    CHANGE = "change", "Quotation of a change"


class SessionState(TextChoices):
    """The life of a session, which is a TLS tunnel. Source: R-6-3, R-6-4."""

    REQUESTED = "requested", "Requested"
    CONFIGURING = "configuring", "Being configured"
    ESTABLISHED = "established", "Established"
    CHANGING = "changing", "Being changed"
    CLOSED = "closed", "Closed"


# It waits for the configurer: to be set up, or to be changed.
TO_SET_UP = (SessionState.REQUESTED, SessionState.CONFIGURING, SessionState.CHANGING)
# Traffic runs across it. One that is being changed works as before meanwhile.
IN_USE = (SessionState.ESTABLISHED, SessionState.CHANGING)


class Service(TextChoices):
    """What a session carries. Source: R-6-1, R-6-7."""

    DUIS = "duis", "DCC User Interface (DUIS)"
    SSI = "ssi", "Self-Service Interface (SSI)"
    REGISTRATION = "registration", "Registration data"
    SMKI = "smki", "SMKI services"
    TEST = "test", "Test services"


class UserRole(TextChoices):
    """In which capacity a session is used. Source: R-6-1."""

    IMPORT_SUPPLIER = "import_supplier", "Import supplier"
    EXPORT_SUPPLIER = "export_supplier", "Export supplier"
    GAS_SUPPLIER = "gas_supplier", "Gas supplier"
    ELECTRICITY_DISTRIBUTOR = "electricity_distributor", "Electricity distributor"
    GAS_TRANSPORTER = "gas_transporter", "Gas transporter"
    SUPPLIER_AGENT = "supplier_agent", "Registered supplier agent"
    RDP = "rdp", "Registration Data Provider"
    OTHER_USER = "other_user", "Other user"


class SessionUse(TextChoices):
    LIVE = "live", "Live"
    TEST = "test", "Testing"


class ReportState(TextChoices):
    """The life of a performance report. Source: R-2.8-9."""

    REQUESTED = "requested", "Being prepared"
    READY = "ready", "Ready"
    REFUSED = "refused", "Could not be made"
    WITHDRAWN = "withdrawn", "No longer wanted"


class FailoverTestState(TextChoices):
    """The life of a failover test, from its plan on."""

    PLANNED = "planned", "Planned"
    DONE = "done", "Carried out"
    CALLED_OFF = "called_off", "Called off"


class FailoverResult(TextChoices):
    """Whether sessions moved as the page of what happens says."""

    PASSED = "passed", "Passed"
    PARTLY = "partly", "Partly passed"
    FAILED = "failed", "Failed"
