"""All writes to charges: each is raised once, by what allows it."""

from billing.commands.completion import (
    correct_completion_day,
    effects_of_completion,
    raise_completion_charges,
)
from billing.commands.invoices import issue_invoice
from billing.commands.later import (
    raise_cancellation_charge,
    raise_charge_for_ending,
    raise_item_charge,
    raise_rate_change_charge,
    raise_visit_charge,
)
from billing.commands.ledger import correct_charge
from billing.commands.papers import make_invoice_paper
from billing.commands.payments import (
    checked_payments,
    import_payments,
    take_back_payment,
)
from billing.commands.reminders import remind_of_invoice
from billing.commands.repayments import record_repayment
from billing.commands.years import raise_annual_charges

__all__ = [
    "checked_payments",
    "correct_charge",
    "correct_completion_day",
    "effects_of_completion",
    "import_payments",
    "issue_invoice",
    "make_invoice_paper",
    "raise_annual_charges",
    "raise_cancellation_charge",
    "raise_charge_for_ending",
    "raise_completion_charges",
    "raise_item_charge",
    "raise_rate_change_charge",
    "raise_visit_charge",
    "record_repayment",
    "remind_of_invoice",
    "take_back_payment",
]
