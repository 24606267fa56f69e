from django.db.models import TextChoices


class ConnectionState(TextChoices):
    """Whether the router is configured yet."""

    INSTALLED = "installed", "Installed"
    OPERATIONAL = "operational", "In service"


class SessionState(TextChoices):
    """The life of a session, which is a TLS tunnel. Source: R-6-3, R-6-4."""

    REQUESTED = "requested", "Requested"
    CONFIGURING = "configuring", "Being configured"
    ESTABLISHED = "established", "Established"
    CLOSED = "closed", "Closed"


class Service(TextChoices):
    """Which interface a session carries. Source: R-6-7."""

    DUIS = "duis", "DCC User Interface (DUIS)"
    SSI = "ssi", "Self-Service Interface (SSI)"


class SessionUse(TextChoices):
    LIVE = "live", "Live"
    TEST = "test", "Testing"
