from django.db.models import TextChoices


class ChargeKind(TextChoices):
    """What is charged for: the items of an offer, a cancellation, a visit.

    Source: R-2.9.1-1, R-2.9.1-2, R-2.9.1-10, R-2.10-2, R-2.13-5.
    """

    CONNECTION = "connection", "Connection charge"
    ANNUAL = "annual", "Annual charge"
    NEW_LINE = "new_line", "New telephone line"
    CIVIL_WORKS = "civil_works", "Civil works"
    OTHER = "other", "Other"
    CANCELLATION = "cancellation", "Cancellation charge"
    RESCHEDULED_VISIT = "rescheduled_visit", "Rescheduled visit"
    RATE_CHANGE = "rate_change", "Change of a connection"
    BEFORE_VISIT = "before_visit", "Document or work before a visit"


class InvoiceKind(TextChoices):
    """Whether a document asks for money or gives it back."""

    INVOICE = "invoice", "Invoice"
    CREDIT_NOTE = "credit_note", "Credit note"


class PaymentState(TextChoices):
    """How far an invoice is paid, worked out of rows and the day; kept nowhere.

    A credit note is set off at once. An invoice that is wholly set off is credited.
    """

    OVERDUE = "overdue", "Overdue"
    DUE = "due", "Due"
    PART_PAID = "part_paid", "Part paid"
    PAID = "paid", "Paid"
    CREDITED = "credited", "Credited"
    SET_OFF = "set_off", "Set off"
