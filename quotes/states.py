from django.db.models import TextChoices


class QuoteState(TextChoices):
    """The life of one version of an offer."""

    DRAFT = "draft", "Draft"
    ISSUED = "issued", "Open"
    AUTHORITY_RECEIVED = "authority_received", "Authority being checked"
    ACCEPTED = "accepted", "Accepted"
    LAPSED = "lapsed", "Lapsed"
    DECLINED = "declined", "Declined"
    WITHDRAWN = "withdrawn", "Withdrawn"
    SUPERSEDED = "superseded", "Superseded"


OPEN = (QuoteState.ISSUED, QuoteState.AUTHORITY_RECEIVED)
UNDECIDED = (QuoteState.DRAFT, *OPEN)


class Receipt(TextChoices):
    """What shows that an offer was received. Source: T29."""

    EMAIL = "email", "The mail server accepted our e-mail"
    PORTAL = "portal", "Opened in the portal"
    BEFORE = "before", "Received before the order was taken over"


class Basis(TextChoices):
    """Whether a survey may still change the price. Source: R-3.3-3."""

    INDICATIVE = "indicative", "Indicative"
    FIRM = "firm", "Firm"


class QuoteStage(TextChoices):
    """Whether the offer follows the desk review or the physical survey."""

    INITIAL = "initial", "Quotation"
    UPDATED = "updated", "Updated quotation"


class ItemKind(TextChoices):
    """What a line charges for. Source: R-2.9.1-1, R-2.9.1-2, R-2.14-5."""

    CONNECTION = "connection", "Connection charge"
    ANNUAL = "annual", "Annual charge"
    NEW_LINE = "new_line", "New telephone line"
    CIVIL_WORKS = "civil_works", "Civil works"
    OTHER = "other", "Other"


class HandIn(TextChoices):
    """How far what somebody signed has come on its way to DCC. Source: R-2.11-3."""

    UPLOADED = "uploaded", "Uploaded, not handed in yet"
    HANDED_IN = "handed_in", "Handed in"
    REPLACED = "replaced", "Replaced by a later upload"
    DISCARDED = "discarded", "Thrown away before it was handed in"


class AuthorityOutcome(TextChoices):
    """What DCC found when it checked an authority. Source: R-2.11-5."""

    NONE = "none", "Not for DCC to check"
    PENDING = "pending", "Being checked"
    EFFECTIVE = "effective", "Effective"
    NOT_EFFECTIVE = "not_effective", "Not effective"


class PriceKind(TextChoices):
    """What the price list gives an amount for. Source: R-2.9.1-1, R-2.9.1-2, T11."""

    CONNECTION = "connection", "Connection charge"
    ANNUAL = "annual", "Annual charge"
    NEW_LINE = "new_line", "New telephone line"
    RESCHEDULED_VISIT = "rescheduled_visit", "Rescheduled visit"
    CUSTOM_DOCUMENT = "custom_document", "Document made specially"
    HV_UPGRADE = "hv_upgrade", "HV upgrade"


# The kinds that a first offer can have in it, named alike in both.
QUOTED_KINDS = (PriceKind.CONNECTION, PriceKind.ANNUAL, PriceKind.NEW_LINE)


class AmountOrigin(TextChoices):
    """What allowed the amount of a line."""

    PRICE_LIST = "price_list", "Price list"
    SITE_REVIEW = "site_review", "Site review"
    FREE = "free", "Free"
    PREVIOUS = "previous", "As in the version before"
    MANUAL = "manual", "Entered by hand"


class AuthorityRoute(TextChoices):
    """How an authority to proceed came. Source: R-2.11-3."""

    UPLOAD = "upload", "Uploaded by the Gateway Party"
    KEYED = "keyed", "Came by e-mail, entered by DCC"
    BROWSER = "browser", "Given in the portal"


class ScanVerdict(TextChoices):
    """What the codes on a scan say that it is. It decides nothing by itself."""

    UNREAD = "", "Not read"
    WHOLE = "whole", "Every page of this quotation"
    PART = "part", "Pages of this quotation are missing"
    OTHER = "other", "Another quotation or version"
    ALTERED = "altered", "Not the document that DCC sent"
    NO_CODE = "no_code", "No code was found"
