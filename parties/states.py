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
    # Our own: whoever looks over all of it, with prices, and changes nothing.
    AUDITOR = "auditor", "Auditor"


# Who does the work of DCC. Source: R-1.3-1.
DCC_ROLES = (Role.OPERATIONS, Role.SERVICE_DESK, Role.BILLING)


class Act(TextChoices):
    """What staff may do, as the specification lists it by role. Source: R-1.3-1."""

    READ_EVERYTHING = "read_everything", "May read every order, with its prices"
    READ_PASSED_ON = "read_passed_on", "May read what is passed to a supplier"
    CHECK_FORMS = "check_forms", "May check whether a form is complete"
    REVIEW_SITES = "review_sites", "May review a site at the desk"
    QUOTE = "quote", "May prepare, issue and withdraw a quotation"
    VERIFY_AUTHORITIES = "verify_authorities", "May verify an authority to proceed"
    RENEW = "renew", "May price a renewal and a change"
    COMPLETE = "complete", "May record that an installation is complete"
    EDIT_PRICES = "edit_prices", "May change price lists"
    PUBLISH_GUIDANCE = "publish_guidance", "May publish the guidance"
    RECEIVE_FORMS = "receive_forms", "May key in what came on paper"
    CLARIFY = "clarify", "May ask and answer about a form"
    EDIT_CONTACTS = "edit_contacts", "May change people, nominations and sign-ins"
    BILL = "bill", "May correct charges and record payments"
    EXPORT_CHARGES = "export_charges", "May export charges"
    WORK_ON_SITE = "work_on_site", "May record surveys, visits and equipment"
    CONFIGURE = "configure", "May configure routers and sessions"


class InvitationState(TextChoices):
    """Whether a link by which somebody chooses a first password still works."""

    OPEN = "open", "Sent"
    USED = "used", "Used"
    EXPIRED = "expired", "Expired"
    REPLACED = "replaced", "Ended: another was sent, or the address changed"
