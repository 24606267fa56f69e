"""Whatever people do to an order, in whatever order, these things stay true."""

from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    rule,
    run_state_machine_as_test,
)

from common.clock import uk_date
from common.errors import DomainError
from orders import commands as orders
from orders.models import ConnectionRequest
from orders.states import CLOSED, OrderState
from parties.states import Purpose, Role
from quotes import commands as quotes
from quotes.commands.cancel import cancellation_charge
from quotes.documents import quotation_facts
from quotes.models import Authority, Quote
from quotes.states import Receipt
from records.models import Document, Event
from records.transitions import SYSTEM, perform
from tests import journey
from tests.cast import NOW
from tests.factories.parties import (
    DataCentreFactory,
    PartyFactory,
    PersonFactory,
    StaffFactory,
)
from tests.lives import after_each_change
from tests.orders.test_states import MOVES as ORDER_MOVES
from tests.quotes.test_states import MOVES as QUOTE_MOVES
from worklist.commands import differences

NAMES = ["submitter", "authoriser", "colleague", "outsider", "operator", "desk"]
# Mostly those whose part it is, so that an order gets somewhere.
WHO = st.sampled_from(NAMES[:2] * 3 + ["operator"] * 6 + NAMES)
REFUSED = (DomainError, PermissionDenied, Quote.DoesNotExist, Authority.DoesNotExist)
NEVER_SENT = {"draft", "discarded"}
BEFORE_ACCEPTANCE = NEVER_SENT | {"submitted", "returned", "withdrawn"}
PAST_ACCEPTANCE = set(OrderState.values) - BEFORE_ACCEPTANCE


class AnyLife(RuleBasedStateMachine):
    """One order, random people, random commands, and a clock that moves on."""

    def go_to(self, stage):
        """Take the order some way, where chance alone seldom comes."""
        by, order = self.people["operator"], self.order
        if stage == 0:
            return
        journey.submit(order, self.people["submitter"])
        journey.accept(order, by)
        journey.review(order, by, survey=stage > 2)
        if stage > 1:
            quote = journey.draft(journey.fresh(order), by)
            quotes.request_issue(quote.pk, by=by)
            if stage > 2:
                self.issue_what_waits()
                self.receive(Receipt.EMAIL)
                journey.authorise(self.latest(), by, self.people["authoriser"])
                self.do_survey()
                journey.draft(journey.fresh(order), by)

    stage, kind = 0, "hv"

    @initialize()
    def begin(self):
        self.savepoint = transaction.atomic()
        self.savepoint.__enter__()
        self.clock = time_machine.travel(NOW, tick=False)
        self.now = self.clock.start()
        party = PartyFactory()
        both = [Purpose.SUBMIT, Purpose.AUTHORISE]
        self.people = {
            "submitter": PersonFactory(party=party, nominated=both[:1]),
            "authoriser": PersonFactory(party=party, nominated=both[1:]),
            "colleague": PersonFactory(party=party),
            "outsider": PersonFactory(nominated=both),
            "operator": StaffFactory(),
            "desk": StaffFactory(role=Role.SERVICE_DESK),
        }
        self.site = DataCentreFactory(party=party)
        self.order = journey.start(party, self.people["submitter"])
        by = self.people["submitter"]
        journey.answer(self.order, by, self.site, connection_type=self.kind)
        self.ended = None
        self.go_to(self.stage)

    def teardown(self):
        if hasattr(self, "clock"):
            self.clock.stop()
            transaction.set_rollback(True)
            self.savepoint.__exit__(None, None, None)

    def attempt(self, step):
        """Try a step; what is refused must leave no trace."""
        events, documents = Event.objects.count(), Document.objects.count()
        try:
            with transaction.atomic():
                step()
        except REFUSED:
            assert Event.objects.count() == events
            assert Document.objects.count() == documents

    def latest(self):
        return Quote.objects.filter(order=self.order).latest("version")

    def pending(self):
        return Authority.objects.get(quote__order=self.order, outcome="pending")

    def brought(self):
        return Authority.objects.get(quote__order=self.order, state="uploaded")

    @rule(who=WHO)
    def submit(self, who):
        self.attempt(lambda: journey.submit(self.order, self.people[who]))

    @rule(who=WHO)
    def save_an_answer(self, who):
        answers = {"uses": ["ssi"]}
        by = self.people[who]
        self.attempt(lambda: orders.save_answers(self.order.pk, by=by, answers=answers))

    @rule(who=WHO)
    def throw_away(self, who):
        by = self.people[who]
        self.attempt(lambda: orders.discard_draft(self.order.pk, by=by))

    @rule(who=WHO)
    def put_back(self, who):
        before, by = journey.fresh(self.order), self.people[who]
        is_too_late = not before.may_be_restored(timezone.now())
        self.attempt(lambda: orders.restore_draft(self.order.pk, by=by))
        if self.state() != before.state:
            assert (before.state, self.state(), who) == (
                "discarded",
                "draft",
                "submitter",
            )
            assert not is_too_late
            self.ended = None

    @rule(who=WHO)
    def accept(self, who):
        self.attempt(lambda: journey.accept(self.order, self.people[who]))

    @rule(who=WHO)
    def give_back(self, who):
        by = self.people[who]
        self.attempt(lambda: journey.return_with_questions(self.order, by))

    @rule(who=WHO)
    def withdraw(self, who):
        self.attempt(lambda: journey.withdraw(self.order, self.people[who]))

    @rule(who=WHO, survey=st.booleans(), available=st.booleans())
    def review(self, who, survey, available):
        by, how = self.people[who], {"survey": survey, "available": available}
        self.attempt(lambda: journey.review(self.order, by, **how))

    @rule()
    def close(self):
        by = self.people["operator"]
        self.attempt(lambda: journey.close_as_unavailable(self.order, by))

    @rule(who=WHO)
    def draft(self, who):
        self.attempt(lambda: journey.draft(self.order, self.people[who]))

    @rule(who=WHO)
    def ask_for_issue(self, who):
        by = self.people[who]
        self.attempt(lambda: quotes.request_issue(self.latest().pk, by=by))

    @rule(is_received=st.booleans())
    def make_the_document(self, is_received):
        self.attempt(self.issue_what_waits)
        if is_received:
            self.somebody_has_it(Receipt.EMAIL)

    def issue_what_waits(self):
        quote = self.latest()
        facts = quotation_facts(quote, issued_on=uk_date(timezone.now()))
        quotes.issue_quote(quote.pk, pdf=journey.tiny_pdf(), facts=facts)

    @rule(how=st.sampled_from(Receipt.values))
    def somebody_has_it(self, how):
        self.attempt(lambda: self.receive(how))

    def receive(self, how):
        quotes.record_receipt(self.latest().pk, at=timezone.now(), how=how)

    @rule(who=WHO)
    def take_back(self, who):
        by = self.people[who]
        self.attempt(
            lambda: quotes.withdraw_quote(self.latest().pk, by=by, reason="Mistake")
        )

    @rule(who=WHO)
    def sign(self, who):
        self.attempt(lambda: journey.upload(self.latest(), self.people[who]))

    @rule(who=WHO)
    def bring(self, who):
        self.attempt(lambda: journey.bring(self.latest(), self.people[who]))

    @rule(who=WHO)
    def replace(self, who):
        by = self.people[who]
        self.attempt(
            lambda: journey.bring(
                self.latest(), by, journey.one_file(b"%PDF"), replaces=self.brought().pk
            )
        )

    @rule(who=WHO, step=st.sampled_from(["hand_in_authority", "discard_upload"]))
    def settle_the_upload(self, who, step):
        by = self.people[who]
        self.attempt(lambda: getattr(quotes, step)(self.brought().pk, by=by))

    @rule(who=WHO, signatory=st.sampled_from(["authoriser", "outsider"]))
    def find_effective(self, who, signatory):
        by, signed = self.people[who], self.people[signatory]
        self.attempt(lambda: journey.verify(self.pending(), by, signed))

    @rule(who=WHO)
    def find_not_effective(self, who):
        by = self.people[who]
        self.attempt(
            lambda: quotes.reject_authority(self.pending().pk, by=by, reason="No")
        )

    @rule(who=WHO)
    def decline(self, who):
        by = self.people[who]
        self.attempt(lambda: quotes.decline_quote(self.latest().pk, by=by))

    @rule(who=WHO)
    def cancel(self, who):
        order, by = journey.fresh(self.order), self.people[who]
        self.attempt(
            lambda: quotes.cancel_order(
                order.pk, by=by, acknowledged=cancellation_charge(order)
            )
        )

    @rule()
    def survey(self):
        self.attempt(self.do_survey)

    def do_survey(self):
        order = journey.fresh(self.order)
        perform(order.begin_survey, by=SYSTEM, at=NOW)
        order.surveyed_at = NOW
        order.save()

    @rule(days=st.sampled_from([1, 5, 29, 30, 31]))
    def time_goes_by(self, days):
        self.now.shift(timedelta(days=days))

    @rule()
    def the_timers_run(self):
        for quote in Quote.objects.filter(order=self.order):
            now = timezone.now()
            for row in Authority.objects.due_in(now).filter(quote=quote):
                quotes.hand_in_due_authority(row.pk, now=now)
            quotes.lapse_quote(quote.pk, now=now)
            quotes.remind_authorisers(quote.pk, now=now)

    @after_each_change
    def one_offer_of_each_kind(self):
        states = [quote.state for quote in self.offers()]
        assert sum(s in {"issued", "authority_received"} for s in states) <= 1
        assert states.count("draft") <= 1
        assert states.count("accepted") <= 1

    @after_each_change
    def order_and_offer_agree(self):
        states = {quote.state for quote in self.offers()}
        is_open = bool(states & {"issued", "authority_received"})
        state = self.state()
        if state == "quoted":
            assert is_open
        if is_open:
            assert state in {"quoted", "survey"}
        if state in {"authorised", "survey", "cancelled"}:
            assert "accepted" in states
        if state in CLOSED:
            assert "draft" not in states

    @after_each_change
    def no_state_without_its_dates(self):
        order = journey.fresh(self.order)
        assert order.state in NEVER_SENT or order.submitted_at
        assert (order.discard_final_at is not None) == (order.state == "discarded")
        assert order.state not in PAST_ACCEPTANCE or order.quote_due_on
        assert (order.closed_at is not None) == (order.state in CLOSED)
        for quote in self.offers():
            assert (quote.issued_at is None) == (quote.document_id is None)
            assert (quote.received_at is None) == (quote.lapses_at is None)
            assert quote.issued_at or not quote.received_at

    @after_each_change
    def an_offer_lapses_only_after_somebody_had_it_for_its_days(self):
        for quote in self.offers():
            if quote.state == "lapsed":
                received = uk_date(quote.received_at)
                assert uk_date(timezone.now()) > received + timedelta(
                    days=quote.open_days
                )

    @after_each_change
    def what_ended_stays_ended(self):
        if self.ended:
            assert self.state() == self.ended
        if self.state() in CLOSED:
            self.ended = self.state()

    @after_each_change
    def an_authority_counts_only_if_given_in_time(self):
        for row in Authority.objects.filter(outcome="effective"):
            assert row.quote.is_open_at(row.received_at)
            assert row.nomination.user == self.people["authoriser"]

    @after_each_change
    def an_upload_waits_only_for_an_open_offer(self):
        for row in Authority.objects.waiting().select_related("quote"):
            assert row.quote.state in {"issued", "authority_received"}
            assert row.quote.is_open_at(row.received_at)

    @after_each_change
    def the_register_says_what_is_owed(self):
        assert list(differences()) == []

    @after_each_change
    def an_outsider_sees_nothing(self):
        outsider = self.people["outsider"]
        assert not ConnectionRequest.objects.visible_to(outsider).exists()
        assert not Quote.objects.visible_to(outsider).exists()
        assert not Event.objects.filter(by=outsider).exists()

    @after_each_change
    def the_history_tells_each_move(self):
        self.tells(self.order, ORDER_MOVES, self.state())
        for quote in self.offers():
            self.tells(quote, QUOTE_MOVES, quote.state)

    def tells(self, subject, moves, state):
        """The events of a row lead from draft to its state by known moves."""
        events = Event.objects.filter(subject_words=str(subject)).exclude(to_state="")
        at = "draft"
        for event in events.order_by("pk"):
            assert event.from_state == at
            assert (event.from_state, event.name, event.to_state) in moves
            at = event.to_state
        assert at == state

    def offers(self):
        return list(Quote.objects.filter(order=self.order))

    def state(self):
        return journey.fresh(self.order).state


@pytest.mark.django_db
@pytest.mark.parametrize("kind", ["hv", "lv"])
@pytest.mark.parametrize("stage", range(4))
def test_whatever_people_do_these_things_stay_true(stage, kind):
    run_state_machine_as_test(
        type("Life", (AnyLife,), {"stage": stage, "kind": kind}),
        settings=settings(max_examples=5, stateful_step_count=25),
    )
