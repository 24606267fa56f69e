from django.db.models import TextChoices

from parties.states import Role


class Turn(TextChoices):
    """Who owes a thing. The two of a Gateway Party differ by what they may do."""

    SUBMITTER = "submitter", "The Gateway Party"
    AUTHORISER = "authoriser", "The Gateway Party, who may authorise"
    OPERATIONS = "operations", "DCC Operations"
    SERVICE_DESK = "service_desk", "Service Desk"
    BILLING = "billing", "DCC Billing"
    INSTALLER = "installer", "Gateway Connection Provider"
    CONFIGURER = "configurer", "Data Service Provider"
    # What goes by itself on its day: nobody has to do it, all like to see it coming.
    PORTAL = "portal", "The portal"


# Those whose own turn is all that they look after. Source: R-1.3-1, R-1.3-3.
TURN_OF: dict[str, Turn] = {
    Role.BILLING: Turn.BILLING,
    Role.INSTALLER: Turn.INSTALLER,
    Role.CONFIGURER: Turn.CONFIGURER,
}
OF_THE_PARTY = (Turn.SUBMITTER, Turn.AUTHORISER)


class Ending(TextChoices):
    """How a thing ceased to be owed."""

    DONE = "done", "Done"
    LAPSED = "lapsed", "Lapsed"
    WITHDRAWN = "withdrawn", "Withdrawn"
    REPLACED = "replaced", "Replaced"
