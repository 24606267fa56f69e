"""Whatever people and timers do, the ledger says what the history of events says."""

import re
from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    rule,
    run_state_machine_as_test,
)

from billing import tasks
from billing.check import ledger_faults
from billing.commands import correct_charge
from billing.models import Charge, Invoice
from common.clock import uk_date
from common.errors import DomainError
from connections import commands as connections
from connections import tasks as clocks
from connections.commands.cancel import commitment_of
from connections.models import Connection, ContractPeriod, RateChange
from quotes import commands as quotes
from quotes.commands.cancel import cancellation_charge
from quotes.errors import NoneToCancel
from records.models import Event
from sites import commands as sites
from sites.models import VisitClaim
from tests import journey, journey_on_site
from tests.cast import NOW
from tests.factories.quotes import PriceItemFactory

REFUSED = (
    DomainError,
    PermissionDenied,
    NoneToCancel,
    RateChange.DoesNotExist,
    VisitClaim.DoesNotExist,
)
CONNECT, YEAR, FAILED = Decimal(3000), Decimal(4000), Decimal(385)
CHANGE, CHANGED = Decimal(1200), Decimal(5200)
MINIMUM = 3
TIMERS = (
    clocks.send_due_renewal_notices,
    clocks.settle_renewals,
    tasks.charge_due_visits,
    tasks.charge_cancellations,
    tasks.charge_rate_changes,
    tasks.charge_years,
    tasks.issue_invoices,
)
AMOUNT = r"£([\d,]+\.\d\d)"
DAY = r"(\d+ [A-Z]\w+ \d{4})"


def amount(words):
    return Decimal(words.replace(",", ""))


def day(words):
    return datetime.strptime(words, "%d %B %Y").date()  # noqa: DTZ007  a day only


def found(pattern, words):
    return re.search(pattern, words).groups()


def anniversary(on, years):
    """Return the corresponding date; of 29 February the 28th where there is none."""
    try:
        return on.replace(year=on.year + years)
    except ValueError:
        return date(on.year + years, 2, 28)


class Account:
    """What was to be charged, told by nothing but the words of events, in their order.

    Shares no code with what raises a charge.
    """

    def __init__(self):
        self.rows, self.changes, self.renewed = [], [], {}
        self.completed = self.last_day = self.told_on = None
        for event in Event.objects.order_by("pk"):
            tell = getattr(self, f"tell_{event.name}", None)
            if tell:
                tell(event, uk_date(event.at))

    def tell_open_connection(self, event, on):
        self.completed = on
        self.rows += [("Connection charge", on, CONNECT), ("Annual charge", on, YEAR)]

    def tell_send_renewal_notice(self, event, on):
        self.told_on = on

    def tell_settle_renewal(self, event, on):
        if event.what.startswith("Renewed"):
            begins, net = found(f"from {DAY} at {AMOUNT} a year", event.what)
            since = [cost for made, cost in self.changes if self.told_on <= made]
            assert amount(net) == (since[-1] if since else amount(net))
            self.renewed[day(begins)] = (self.told_on, amount(net))

    def tell_complete(self, event, on):
        if "Rate change" in event.what:
            self.changes.append((on, CHANGED))
            self.rows.append((event.subject_words, on, CHANGE))

    def tell_cancel(self, event, on):
        if event.why.startswith("Charge "):
            [net] = found(AMOUNT, event.why)
            self.rows.append(("Cancellation", on, amount(net)))
        elif event.why.startswith("On "):
            [last_day] = found(DAY, event.why)
            self.last_day = day(last_day)
            if " for £" in event.why:
                [net] = found(AMOUNT, event.why)
                self.rows.append(("Cancellation", self.last_day, amount(net)))

    def tell_charge(self, event, on):
        self.rows.append(("visit", on, FAILED))

    def years(self, today):
        """Yield each year after the first that had begun, with its cost."""
        number = 2
        while (begins := anniversary(self.completed, number - 1)) <= today:
            if self.last_day is not None and begins > self.last_day:
                return
            told_on, net = self.completed, YEAR
            if number > MINIMUM:
                if begins not in self.renewed:
                    return
                told_on, net = self.renewed[begins]
            made = [cost for on, cost in self.changes if told_on <= on < begins]
            yield (f"Year {number}", begins, made[-1] if made else net)
            number += 1

    def owed(self, today):
        rows = [*self.rows, *self.years(today)]
        return sorted((on, net) for _, on, net in rows)


class AnyLedger(RuleBasedStateMachine):
    """A connection, an order on its way, a clock that leaps and timers that miss."""

    connection, order, people = None, None, {}

    @initialize()
    def begin(self):
        self.savepoint = transaction.atomic()
        self.savepoint.__enter__()
        self.clock = time_machine.travel(NOW, tick=False)
        self.now = self.clock.start()
        self.corrected = []

    def teardown(self):
        if hasattr(self, "clock"):
            try:
                self.all_timers_run()
            finally:
                self.clock.stop()
                transaction.set_rollback(True)
                self.savepoint.__exit__(None, None, None)

    def attempt(self, step):
        try:
            with transaction.atomic():
                step()
        except REFUSED:
            pass

    def by(self, name):
        return self.people[name]

    def period(self):
        return ContractPeriod.objects.filter(notice_at=None).first()

    def change(self):
        return RateChange.objects.open().get()

    @rule(days=st.sampled_from([1, 5, 11, 32, 121, 244, 366]))
    def time_goes_by(self, days):
        self.now.shift(timedelta(days=days))

    @rule(timer=st.sampled_from(TIMERS))
    def one_timer_runs(self, timer):
        timer()

    @rule()
    def all_timers_run(self):
        """A period that ran out meanwhile is followed by one that may have, too."""
        before = None
        while before != (before := (Charge.objects.count(), Event.objects.count())):
            for timer in TIMERS:
                timer()
            self.notices_arrive()
        self.the_ledger_says_what_happened()

    def notices_arrive(self):
        for row in ContractPeriod.objects.filter(delivered_at=None):
            connections.record_notice_delivery(row.pk, at=timezone.now())

    def the_ledger_says_what_happened(self):
        assert list(ledger_faults(timezone.now())) == []
        today, raised = uk_date(timezone.now()), Charge.objects.filter(reverses=None)
        first = raised.filter(attempt=1).values_list("due_on", "net")
        assert sorted(first) == Account().owed(today)
        assert self.corrected == list(
            raised.filter(attempt__gt=1).order_by("pk").values_list("net", flat=True)
        )
        due = Charge.objects.filter(due_on__lte=today).total_net()
        left = Charge.objects.to_invoice(today).total_net()
        assert due - left == sum(Invoice.objects.values_list("net", flat=True))

    @rule(net=st.sampled_from([Decimal(4250), Decimal("3999.99"), CHANGED]))
    def state_the_next_charge(self, net):
        period = self.period()
        if period is not None:
            how = {"by": self.by("operator"), "net": net}
            self.attempt(lambda: connections.set_renewal_charge(period.pk, **how))

    @rule(choice=st.sampled_from(["keep", "cancel"]))
    def answer_the_notice(self, choice):
        rows = ContractPeriod.objects.exclude(notice_at=None).filter(outcome="")
        how = {"by": self.by("authoriser"), "choice": choice}
        for row in rows:
            self.attempt(lambda pk=row.pk: connections.answer_renewal(pk, **how))

    @rule()
    def ask_for_more(self):
        row = Connection.objects.get()
        to, by = (row.hv_rating_mbps or 0) + 10, self.by("submitter")
        self.attempt(lambda: connections.request_rate_change(row.pk, by=by, to_mbps=to))

    @rule()
    def make_the_change(self):
        self.attempt(self.do_change)

    def do_change(self):
        operator, today = self.by("operator"), uk_date(timezone.now())
        change = self.change()
        how = {"net": CHANGE, "annual_net": CHANGED, "reason": "A faster circuit"}
        connections.price_rate_change(change.pk, by=operator, **how)
        accepted = {"is_understood": True, "signed": journey.one_file()}
        by = self.by("authoriser")
        connections.accept_rate_change(change.pk, by=by, **accepted)
        checked = {"by": operator, "has_effect": True}
        connections.check_rate_acceptance(change.pk, **checked)
        connections.schedule_rate_change(change.pk, by=operator, on=today)
        connections.complete_rate_change(change.pk, by=operator, done_on=today)

    @rule(days=st.sampled_from([0, 1, 40, 200, 400]))
    def end_it(self, days):
        row, today = Connection.objects.get(), uk_date(timezone.now())
        last_day, by = today + timedelta(days=days), self.by("authoriser")
        agreed = commitment_of(row).balance(last_day)
        how = {"by": by, "last_day": last_day, "acknowledged": agreed}
        self.attempt(lambda: connections.cancel_connection(row.pk, **how))

    @rule()
    def a_visit_fails(self):
        """Booked for today; whoever comes is turned away."""
        by = self.by("installer")
        self.attempt(
            lambda: journey_on_site.turn_away(
                journey_on_site.book(self.order, by, "circuit"), by
            )
        )

    @rule()
    def confirm_its_claim(self):
        claim, by = VisitClaim.objects.order_by("pk").last(), self.by("operator")
        if claim is not None:
            self.attempt(lambda: sites.confirm_claim(claim.pk, by=by))

    @rule()
    def cancel_the_order(self):
        self.attempt(self.do_cancel)

    def do_cancel(self):
        order, by = journey.fresh(self.order), self.by("authoriser")
        charge = cancellation_charge(order)
        quotes.cancel_order(order.pk, by=by, acknowledged=charge)

    @rule(at=st.integers(0, 30), net=st.sampled_from([None, Decimal("99.99")]))
    def put_a_charge_right(self, at, net):
        rows = list(Charge.objects.standing().filter(net__gt=0).order_by("pk"))
        if rows and rows[at % len(rows)].net != net:
            row, by = rows[at % len(rows)], self.by("operator")
            correct_charge(row.pk, by=by, net=net, why="Misread")
            self.corrected += [] if net is None else [net]


@pytest.fixture
def people(submitter, authoriser, operator, installer):
    return {
        "submitter": submitter,
        "authoriser": authoriser,
        "operator": operator,
        "installer": installer,
    }


@pytest.fixture
def order_on_its_way(party, people, data_centre):
    """Authorised on a firm quotation, access agreed: a second order of the Party."""
    roles = [people[name] for name in ("submitter", "authoriser", "operator")]
    accepted = journey.order_in("accepted", journey.People(party, *roles, data_centre))
    _, authoriser, operator = roles
    order = journey.authorise(journey.offer(accepted, operator), operator, authoriser)
    return journey_on_site.agree_access(order, people["installer"])


@pytest.mark.guidance(
    "R-2.9.1-4", "R-2.9.1-5", "R-2.9.1-6", "R-2.9.1-10", "R-2.10-2", "R-2.5-7"
)
def test_whatever_happens_the_ledger_is_what_the_events_call_for(
    connection_in_service, order_on_its_way, people
):
    PriceItemFactory(kind="rescheduled_visit", net=FAILED)
    facts = {"order": order_on_its_way, "people": people}
    run_state_machine_as_test(
        type("Ledger", (AnyLedger,), facts),
        # To shrink a failure takes minutes: whoever looks into one turns that on.
        settings=settings(
            max_examples=8, stateful_step_count=25, phases=[Phase.generate]
        ),
    )
