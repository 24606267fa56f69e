"""Whether the clocks run: what has been due for too long. Names no Party and no order.

A stopped worker or timer changes no outcome, but people would hear too late.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from dateutil.relativedelta import relativedelta
from django.conf import settings
from django.db.models import Max

from common.clock import uk_date
from connections.models import ContractPeriod
from orders.models import BankHoliday, FormVersion
from quotes.models import Authority, Quote
from records.models import Notice

TOO_LONG = timedelta(minutes=15)
CALENDAR_REACHES = relativedelta(years=1)


@dataclass(frozen=True)
class Check:
    """One thing that should be in order, and how many are not."""

    key: str
    name: str
    waiting: int
    remedy: str

    @property
    def is_fine(self) -> bool:
        return self.waiting == 0


def notices_overdue(now: datetime) -> Check:
    waiting = Notice.objects.overdue(now).count()
    remedy = "The worker or its mail server is not answering."
    return Check("notices", "E-mails that should have gone", waiting, remedy)


def offers_overdue(now: datetime) -> Check:
    waiting = Quote.objects.due_to_lapse(now - TOO_LONG).count()
    remedy = "The timer is not running. Late acceptances are refused all the same."
    return Check("quotes", "Quotations open past their last day", waiting, remedy)


def documents_overdue(now: datetime) -> Check:
    drafts = Quote.objects.waiting_for_document()
    waiting = drafts.filter(issue_requested_at__lte=now - TOO_LONG).count()
    remedy = "The worker that makes documents is not running."
    return Check("documents", "Quotations whose PDF is overdue", waiting, remedy)


def scans_overdue(now: datetime) -> Check:
    unread = Authority.objects.unread()
    waiting = unread.filter(files__document__at__lte=now - TOO_LONG).distinct().count()
    remedy = "The worker that reads scans is not running. Signatures can be checked "
    remedy += "all the same, by eye."
    return Check("scans", "Signed scans whose codes are not read", waiting, remedy)


def records_overdue(now: datetime) -> Check:
    """Count forms that were sent and have no record, also where making it failed."""
    missing = FormVersion.objects.filter(document=None)
    waiting = missing.filter(submitted_at__lte=now - TOO_LONG).count()
    remedy = (
        "The worker that makes documents is not running, or failed; the page of the "
        "order then says why."
    )
    return Check("records", "Requests whose PDF is overdue", waiting, remedy)


def renewals_overdue(now: datetime) -> Check:
    waiting = ContractPeriod.objects.notice_overdue(uk_date(now)).count()
    remedy = "A charge is not set, or the timer is not running. Cancelling stays free."
    return Check("renewals", "Renewal notices that should have gone", waiting, remedy)


def calendar_ends_soon(now: datetime) -> Check:
    """Count 1 when the bank holidays on record end within a year."""
    ours = BankHoliday.objects.filter(division=settings.BANK_HOLIDAY_DIVISION)
    last = ours.aggregate(last=Max("day"))["last"]
    ends_soon = last is None or last < uk_date(now) + CALENDAR_REACHES
    remedy = "Add the bank holidays to come, or working days are counted wrongly."
    name = "Bank holiday calendars that end within a year"
    return Check("bank_holidays", name, int(ends_soon), remedy)


CHECKS: tuple[Callable[[datetime], Check], ...] = (
    notices_overdue,
    offers_overdue,
    documents_overdue,
    scans_overdue,
    records_overdue,
    renewals_overdue,
    calendar_ends_soon,
)


def checks_at(now: datetime) -> list[Check]:
    """Return every check as it stands at `now`, aware."""
    return [check(now) for check in CHECKS]
