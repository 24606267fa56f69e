"""Whether the clocks run: what has been due for too long. Names no Party and no order.

A stopped worker or timer changes no outcome, but people would hear too late.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from dateutil.relativedelta import relativedelta
from django.conf import settings
from django.db.models import Max

from common.clock import uk_date
from connections.models import ContractPeriod
from orders.models import BankHoliday
from quotes.models import Quote
from records.jobs import KINDS, Kind
from records.models import Heartbeat, Job
from records.states import Queue

TOO_LONG = timedelta(minutes=15)
REMEDIES = {
    Queue.MAIL: (
        "The worker for e-mails or its mail server is not answering. What waits goes "
        "when they do."
    ),
    Queue.DOCUMENTS: (
        "The worker for documents is not running, or making one failed; the page of "
        "the portal’s jobs then says why."
    ),
}
# Each leaves word every 30 seconds.
SILENT = timedelta(seconds=100)
PROGRAMS = (
    ("beat", "The timer", "Start it: nothing is done by the clock meanwhile."),
    ("timers", "A worker for what is due", "Start a worker for the queue timers."),
    ("mail", "A worker for e-mails", "Start a worker for the queue mail."),
    ("documents", "A worker for documents", "Start a worker for the queue documents."),
    (
        "mail server",
        "The mail server",
        "It does not answer. E-mails wait until it does.",
    ),
)
CALENDAR_REACHES = relativedelta(years=1)


@dataclass(frozen=True)
class Check:
    """One thing that should be in order, and how many are not."""

    key: str
    name: str
    waiting: int
    remedy: str
    # What stands on the page for none, and for any: a count, unless words say more.
    words: tuple[str, str] = ("None", "")

    @property
    def is_fine(self) -> bool:
        return self.waiting == 0

    @property
    def shown(self) -> str:
        fine, late = self.words
        return fine if self.is_fine else late or str(self.waiting)


def jobs_overdue() -> list[Check]:
    """Count for each kind of machines' work what nobody takes up."""
    found = {row["kind"]: row for row in Job.objects.figures()}
    return [job_check(kind, found.get(kind.name, {})) for kind in KINDS.values()]


def job_check(kind: Kind, figures: dict[str, Any]) -> Check:
    failed = figures.get("failed", 0) if kind.is_missed else 0
    waiting = figures.get("overdue", 0) + failed
    return Check(kind.name, f"{kind.label}: overdue", waiting, REMEDIES[kind.queue])


def programs_silent() -> list[Check]:
    """Say of each program, and of the mail server, whether it was heard of lately.

    Each leaves word twice a minute, so that silence is seen within two.
    """
    heard = {row.name: row for row in Heartbeat.objects.with_silence()}
    return [program_check(*row, heard.get(row[0])) for row in PROGRAMS]


def program_check(key: str, name: str, remedy: str, row: Any) -> Check:
    is_silent = row is None or row.silence > SILENT
    trouble = row.trouble if row else ""
    words = ("Runs", "Away" if trouble else "Silent")
    waiting = int(is_silent or bool(trouble))
    return Check(f"silent {key}", name, waiting, remedy, words)


def offers_overdue(now: datetime) -> Check:
    waiting = Quote.objects.due_to_lapse(now - TOO_LONG).count()
    remedy = "The timer is not running. Late acceptances are refused all the same."
    return Check("quotes", "Quotations open past their last day", waiting, remedy)


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
    offers_overdue,
    renewals_overdue,
    calendar_ends_soon,
)


def checks_at(now: datetime) -> list[Check]:
    """Return every check as it stands at `now`, aware."""
    return [*programs_silent(), *jobs_overdue(), *(check(now) for check in CHECKS)]
