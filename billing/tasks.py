"""Clock work about charges: find what is due, call a command."""

import structlog
from celery import shared_task
from django.conf import settings
from django.utils import timezone

from billing import commands
from billing.check import ledger_faults
from billing.health import LEDGER
from billing.models import Charge, Invoice
from common.clock import uk_date
from connections.models import Cancellation, Connection, RateChange
from parties.models import Party
from records.commands import leave_trouble, leave_word, work_through
from sites.models import ItemCost, VisitClaim

SHOWN = 20
log = structlog.get_logger(__name__)


@shared_task
def charge_due_visits() -> None:
    """Every 10 minutes. Late, missed or doubled runs change nothing but the delay."""
    due = VisitClaim.objects.due_to_charge(uk_date(timezone.now()))
    work_through("charge_due_visits", due, charge)


def charge(claim_id: int) -> None:
    commands.raise_visit_charge(claim_id)


@shared_task
def charge_due_items() -> None:
    """Every 10 minutes. Late, missed or doubled runs change nothing but the delay."""
    due = ItemCost.objects.due_to_charge()
    work_through("charge_due_items", due, charge_item)


def charge_item(cost_id: int) -> None:
    commands.raise_item_charge(cost_id)


@shared_task
def charge_cancellations() -> None:
    """Every 10 minutes. Late, missed or doubled runs change nothing but the delay."""
    due = Cancellation.objects.to_charge()
    work_through("charge_cancellations", due, charge_cancellation)


def charge_cancellation(cancellation_id: int) -> None:
    commands.raise_charge_for_ending(cancellation_id)


@shared_task
def charge_rate_changes() -> None:
    """Every 10 minutes. Late, missed or doubled runs change nothing but the delay."""
    due = RateChange.objects.to_charge()
    work_through("charge_rate_changes", due, charge_rate_change)


def charge_rate_change(change_id: int) -> None:
    commands.raise_rate_change_charge(change_id)


@shared_task
def charge_years() -> None:
    """Every 10 minutes. Late, missed or doubled runs change nothing but the delay."""
    due = Connection.objects.year_begun(uk_date(timezone.now()))
    work_through("charge_years", due, charge_year, locked_by="order_id")


def charge_year(connection_id: int) -> None:
    commands.raise_annual_charges(connection_id)


@shared_task
def issue_invoices() -> None:
    """Every 10 minutes. Late, missed or doubled runs change nothing but the delay."""
    due = Charge.objects.to_invoice(uk_date(timezone.now()))
    parties = Party.objects.filter(pk__in=due.values("party"))
    work_through("issue_invoices", parties, issue_invoice)


def issue_invoice(party_id: int) -> None:
    commands.issue_invoice(party_id)


@shared_task
def remind_of_overdue_invoices() -> None:
    """Every 10 minutes. Late, missed or doubled runs change nothing but the delay."""
    days = settings.INVOICE_REMINDER_DAYS
    if days:
        due = Invoice.objects.to_remind_of(uk_date(timezone.now()), days)
        work_through("remind_of_overdue_invoices", due, remind)


def remind(invoice_id: int) -> None:
    commands.remind_of_invoice(invoice_id, now=timezone.now())


@shared_task
def check_ledger() -> None:
    """Four times a day: nothing is charged twice, left out or without what allows it.

    What it found stands on the page of health until the next run.
    """
    found = list(ledger_faults(timezone.now()))
    leave_word(LEDGER)
    if found:
        leave_trouble(LEDGER, f"Faults: {len(found)}")
        log.error("ledger has faults", count=len(found), first=found[:SHOWN])
