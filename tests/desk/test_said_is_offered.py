"""What is recorded as said is offered exactly where its command would accept it (T35).

Each is tried for real, and undone.
"""

from datetime import timedelta

import pytest
from django.core.exceptions import ObjectDoesNotExist
from django.db import transaction
from django_fsm import ConcurrentTransition

from common.clock import uk_date
from common.errors import DomainError
from connections import commands
from orders.commands import (
    NamedSharer,
    Said,
    record_answers,
    record_withdrawal,
)
from orders.file import OrderFile
from orders.models import Sharer
from parties.models import User
from quotes.commands import record_cancellation, record_decline
from quotes.commands.cancel import cancellation_charge
from quotes.steps.said import ANSWER, CANCEL, DECLINE, WITHDRAW, acts
from tests.cast import NOW
from tests.desk.conftest import order_of

LATER = NOW + timedelta(days=6)
TODAY = uk_date(LATER)
REFUSED = (DomainError, ObjectDoesNotExist, ConcurrentTransition)

pytestmark = pytest.mark.guidance("T35")


def tried(act, *args, **how):
    """Say whether a command accepts it, and leave nothing of it."""
    with transaction.atomic():
        try:
            act(*args, **how)
        except REFUSED:
            return False
        finally:
            transaction.set_rollback(True)
    return True


def contact(order, purpose):
    return User.objects.nominated(order.party_id, purpose, TODAY).first()


class Recorded:
    """Whatever can be recorded of one connection, by the step that records it."""

    def __init__(self, connection, desk):
        self.row, order = connection, connection.order
        self.order = order
        self.by_submitter = {"by": desk, "said": self.now(contact(order, "submit"))}
        self.by_authoriser = {"by": desk, "said": self.now(contact(order, "authorise"))}

    def now(self, person):
        return Said(person.pk, "phone", LATER)

    def end(self):
        net = commands.commitment_of(self.row).balance(TODAY)
        commands.record_ending(
            self.row.pk,
            **self.by_authoriser,
            last_day=TODAY,
            acknowledged=net,
            is_agreed=True,
        )

    def ask_rate(self):
        mbps = 10 if self.row.is_hv else None
        commands.record_rate_request(self.row.pk, **self.by_submitter, to_mbps=mbps)

    def take_change_back(self):
        change = self.row.rate_changes.latest("pk")
        commands.record_rate_withdrawal(change.pk, **self.by_authoriser)

    def declare(self):
        commands.record_sole_use(self.row.pk, **self.by_submitter)

    def use(self):
        commands.record_use_told(
            self.row.pk, **self.by_submitter, use="More.", is_charge_confirmed=True
        )

    def hv_beside(self):
        commands.record_hv_beside(
            self.row.pk, **self.by_submitter, rating=20, is_replacement=False
        )

    def share(self):
        named = NamedSharer("Solent Grid", "sec_party", "provider", TODAY)
        commands.record_sharing(
            self.row.pk,
            **self.by_submitter,
            named=named,
            is_responsible=True,
            is_charge_confirmed=True,
        )

    def end_sharing(self):
        row = Sharer.objects.filter(order=self.order).latest("pk")
        commands.record_sharing_end(
            row.pk, **self.by_submitter, last_day=TODAY, reason="It moves out."
        )

    def ask_session(self):
        commands.record_session_request(
            self.row.pk,
            **self.by_submitter,
            addresses=["192.0.2.77"],
            name="One more",
            used_by=self.order.party.name,
            user_role="import_supplier",
            service="duis",
            use="test",
            pep_name="PEP-9",
        )

    def change_session(self):
        session = self.row.sessions.latest("pk")
        asked = commands.as_asked(session) | {"name": "Another name"}
        commands.record_session_change(session.pk, **self.by_submitter, **asked)

    def close_session(self):
        pk = self.row.sessions.latest("pk").pk
        commands.record_session_close(pk, **self.by_submitter)

    def dccki(self):
        pk = self.row.sessions.latest("pk").pk
        commands.record_dccki_day(pk, **self.by_submitter, day=TODAY)

    def ask_report(self):
        day = TODAY - timedelta(days=2)
        commands.record_report_request(
            self.row.pk, **self.by_submitter, first_day=day, last_day=day
        )

    def take_report_back(self):
        pk = self.row.reports.latest("pk").pk
        commands.record_report_withdrawal(pk, **self.by_submitter)

    def plan_test(self):
        commands.record_test_plan(self.row.pk, **self.by_submitter, planned_on=TODAY)

    def call_test_off(self):
        pk = self.row.failover_tests.latest("pk").pk
        commands.record_test_call_off(pk, **self.by_submitter, reason="Not now.")

    def answer_renewal(self):
        pk = self.row.periods.latest("pk").pk
        commands.record_renewal_answer(pk, **self.by_authoriser, choice="keep")


RECORDED = {
    "end-said": Recorded.end,
    "rate-asked": Recorded.ask_rate,
    "change-said": Recorded.take_change_back,
    "use-said": Recorded.declare,
    "other-use-said": Recorded.use,
    "hv-beside-said": Recorded.hv_beside,
    "share-said": Recorded.share,
    "share-end-said": Recorded.end_sharing,
    "session-said": Recorded.ask_session,
    "session-change-said": Recorded.change_session,
    "session-close-said": Recorded.close_session,
    "dccki-said": Recorded.dccki,
    "report-said": Recorded.ask_report,
    "report-back-said": Recorded.take_report_back,
    "failover-said": Recorded.plan_test,
    "failover-test-said": Recorded.call_test_off,
    "renewal-answer": Recorded.answer_renewal,
}


@pytest.mark.parametrize(
    "fixture",
    [
        "connection",
        "session",
        "sharer",
        "report",
        "rate_change",
        "priced_change",
        "lv_connection",
        "rdp_connection",
        "used_otherwise",
        "failover_test",
        "ending_connection",
        "ended_connection",
    ],
)
def test_it_is_offered_of_a_connection_exactly_where_it_is_accepted(
    request, as_, desk, clock, fixture
):
    found = request.getfixturevalue(fixture)
    one = found[0] if isinstance(found, list) else found
    order = one.order if isinstance(one, Sharer) else order_of(one)
    clock.move_to(LATER)
    offered = as_(desk).offered(order) & set(RECORDED)

    accepted = {
        slug
        for slug, act in RECORDED.items()
        if tried(act, Recorded(order.connection, desk))
    }

    assert offered == accepted


@pytest.fixture
def ending_connection(connection_in_service, authoriser):
    """Cancelled by its Party, and still in service."""
    commitment = commands.commitment_of(connection_in_service)
    commands.cancel_connection(
        connection_in_service.pk,
        by=authoriser,
        last_day=TODAY + timedelta(days=90),
        acknowledged=commitment.balance(TODAY + timedelta(days=90)),
    )
    return connection_in_service


def recorded_acts(order, desk):
    """Return which of the four things that may be said of an order are accepted."""
    submit = {"by": desk, "said": Said(contact(order, "submit").pk, "phone", LATER)}
    decide = {"by": desk, "said": Said(contact(order, "authorise").pk, "phone", LATER)}
    quote, question = order.quotes.last(), order.questions.last()
    tries = {
        WITHDRAW: lambda: record_withdrawal(order.pk, **submit),
        ANSWER: lambda: record_answers(
            order.pk, **submit, answers={question.pk: "The third."}
        ),
        DECLINE: lambda: record_decline(quote.pk, **decide),
        CANCEL: lambda: record_cancellation(
            order.pk, **decide, acknowledged=cancellation_charge(order)
        ),
    }
    about = {ANSWER: question, DECLINE: quote}
    there = (act for act in tries if about.get(act, order) is not None)
    return {act for act in there if tried(tries[act])}


@pytest.mark.parametrize("state", ["returned", "quoted", "authorised", "lapsed"])
def test_it_is_offered_of_an_order_exactly_where_it_is_accepted(
    make_order, desk, clock, state
):
    order = make_order(state)
    clock.move_to(LATER)
    offered = {act for act, _ in acts(OrderFile(order, desk, LATER))}

    assert offered == recorded_acts(order, desk)
