"""The desk's lists of charges and invoices, and the payments of these."""

from billing.admin.charges import ChargeAdmin
from billing.admin.invoices import InvoiceAdmin

__all__ = ["ChargeAdmin", "InvoiceAdmin"]
