"""A reminder of what is overdue: once an invoice."""

from datetime import datetime

from django.conf import settings

from billing import emails
from billing.models import Invoice, OverdueReminder
from common.clock import uk_date
from parties.models import Party
from records.transitions import SYSTEM, record_event
from records.unit import command


@command
def remind_of_invoice(invoice_id: int, *, now: datetime) -> bool:
    """Owe the one reminder of an overdue invoice; return whether it was. Repeatable.

    Source: R-2.9.1-3. That DCC reminds, and when, is our own rule.
    """
    Party.objects.locked().get(invoices=invoice_id)
    days = settings.INVOICE_REMINDER_DAYS
    due = Invoice.objects.to_remind_of(uk_date(now), days).filter(pk=invoice_id)
    invoice = due.for_pages().first() if days else None
    if invoice is None:
        return False
    OverdueReminder.objects.create(invoice=invoice, sent_at=now)
    what = f"Reminder of {invoice}, which is overdue, sent"
    record_event(invoice, "remind_of_invoice", by=SYSTEM, at=now, what=what)
    emails.invoice_overdue(invoice, now)
    return True
