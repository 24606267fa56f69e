from django.db.models import TextChoices


class Standing(TextChoices):
    """What an organisation is under the Smart Energy Code, from a day to a day."""

    SEC_PARTY = "sec_party", "SEC Party"
    RDP = "rdp", "Registration Data Provider"


class Purpose(TextChoices):
    """What a nominated contact is nominated for. Source: R-2.2-6.

    That somebody may be named to receive the invoices is our own offer: it permits
    nothing.
    """

    SUBMIT = "submit", "Submitting requests"
    AUTHORISE = "authorise", "Authorising orders"
    BILLING = "billing", "Receiving invoices"


class Role(TextChoices):
    """What a person at DCC or at a supplier does. Source: R-1.3-1, R-1.3-3."""

    OPERATIONS = "operations", "DCC Operations"
    SERVICE_DESK = "service_desk", "Service Desk"
    BILLING = "billing", "DCC Billing"
    INSTALLER = "installer", "Gateway Connection Provider"
    CONFIGURER = "configurer", "Data Service Provider"
