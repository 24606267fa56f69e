"""What the demo world shows, on whatever day it is loaded."""

from datetime import timedelta

from django.db.models import F

from billing.models import Invoice, SetOff
from connections.models import Connection, FailoverTest
from orders.models import ConnectionRequest
from orders.states import OrderState, Route
from parties.models import Invitation, Nomination
from quotes.models import Authority, Quote
from records.models import Event, MailPause
from sites.models import (
    AccessEntry,
    Completion,
    InstalledItem,
    PathCheck,
    SiteVisit,
    StageDay,
    StageIssue,
    SurveyResult,
    VisitClaim,
)
from takeover.models import TakenFile
from worklist.models import HandOver, WorkItem

# Two days that are not like others, one before midnight in summer and one after it
# between the holidays. The world is loaded on each by a test that needs one anyway.
END_OF_MONTH, BETWEEN_HOLIDAYS = "2026-05-31T23:55Z", "2026-12-27T00:05Z"
DAY = timedelta(days=1)
OFFERS = Quote.objects.open()
INVOICES = Invoice.objects.with_balance().filter(kind="invoice")
ORDERS = ConnectionRequest.objects.all()
WORK = WorkItem.objects.open()
# What is shown besides an order in every state.
SHOWN = {
    "an offer that nobody has": OFFERS.filter(received_at=None),
    "T29: received later": OFFERS.filter(received_at__gt=F("issued_at") + DAY),
    "an upload that waits": Authority.objects.waiting(),
    "a sharer linked later": Event.objects.filter(name="link_sharer"),
    "T31: an estimate": Quote.objects.filter(order__site_review__line_kind="unknown"),
    "T32: both at once": ORDERS.filter(is_capacity_asked=True, route=Route.E3),
    "T33: no LV after all": SurveyResult.objects.filter(is_lv_available=False),
    "equipment that was exchanged": InstalledItem.objects.filter(replaces__gt=0),
    "a day that moved": StageDay.objects.filter(cause="third_party"),
    "a visit that failed": SiteVisit.objects.filter(state="failed"),
    "a cost that is disputed": VisitClaim.objects.filter(state="disputed"),
    "T34: routes that meet": PathCheck.objects.filter(
        answer="", has_common_points=True
    ),
    "days that are offered": SiteVisit.objects.filter(state="proposed"),
    "an issue that was resolved": StageIssue.objects.filter(resolved_on__isnull=False),
    "an installation complete": Completion.objects.all(),
    "an access log corrected": AccessEntry.objects.filter(corrects__gt=0),
    "a failover test that passed": FailoverTest.objects.filter(result="passed"),
    "a failover test to come": FailoverTest.objects.filter(state="planned"),
    "an invoice paid": INVOICES.filter(owed=0, set_off=0),
    "an invoice paid in part": INVOICES.filter(owed__gt=0, paid__gt=0),
    "an invoice overdue": INVOICES.filter(owed__gt=0, reminder__isnull=False),
    "a credit note set off": SetOff.objects.all(),
    "an invitation that waits": Invitation.objects.unused(),
    "a nomination with its letter": Nomination.objects.filter(letter__gt=0),
    "nominations to confirm": WORK.filter(kind="answer_about_nominations"),
    "nominations nobody confirmed": WORK.filter(kind="call_about_nominations"),
    "work handed over": HandOver.objects.filter(undone_at=None),
    "a form moved to another Party": ORDERS.filter(moved_to__gt=0),
    "a refused form keyed in after all": ORDERS.filter(refused_before__gt=0),
    "a Party put right": Event.objects.filter(name="correct_party"),
    "a person put right": Event.objects.filter(name="correct_person"),
    "a form set aside": ORDERS.filter(keyed_by__gt=0, moved_to=None, state="discarded"),
    "an accepted form corrected": Event.objects.filter(name="record_corrections"),
    "e-mails that were held back": MailPause.objects.filter(is_on=False),
    "a file to take over, with a fault": TakenFile.objects.filter(fault_count=1),
    "T35: told by e-mail": Event.objects.filter(why__contains="said by e-mail"),
    "T35: DCCKI by phone": Event.objects.filter(
        name="record_dccki", why__contains="said by phone"
    ),
}


def assert_all_is_shown():
    """Compare the world that is loaded with what a trial is to show."""
    shown = set(ConnectionRequest.objects.values_list("state", flat=True))
    assert shown == set(OrderState.values)
    assert Connection.objects.count() == 10
    assert [what for what, rows in SHOWN.items() if not rows.exists()] == []
