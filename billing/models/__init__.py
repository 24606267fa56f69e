from billing.models.charge import CATEGORY, CAUSES, Charge
from billing.models.invoice import Invoice, InvoiceLine, InvoicePaper
from billing.models.payment import OverdueReminder, Payment, SetOff

__all__ = [
    "CATEGORY",
    "CAUSES",
    "Charge",
    "Invoice",
    "InvoiceLine",
    "InvoicePaper",
    "OverdueReminder",
    "Payment",
    "SetOff",
]
