"""Whatever people do to two requests, in whatever order, these things stay true."""

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.db import transaction
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    rule,
    run_state_machine_as_test,
)

from common.errors import DomainError
from orders import commands as orders
from orders.commands.acknowledge import acknowledge
from orders.models import ConnectionRequest, Question, QuestionRound, Sharer
from orders.states import CLOSED, OrderState
from parties.states import Purpose, Role
from records.models import Event, Notice
from tests import journey, journey_of_pairs
from tests.cast import NOW
from tests.factories.parties import (
    DataCentreFactory,
    PartyFactory,
    PersonFactory,
    StaffFactory,
)
from tests.lives import after_each_change
from worklist.commands import differences

NAMES = ["submitter", "colleague", "outsider", "operator", "desk"]
# Mostly the Party's two submitters and the operator, so that something happens.
WHO = st.sampled_from(["submitter", "second"] * 4 + ["operator"] * 4 + NAMES)
WHICH = st.sampled_from([0, 1])
REFUSED = (DomainError, PermissionDenied, Question.DoesNotExist, Sharer.DoesNotExist)
BEFORE_ACCEPTANCE = {"draft", "submitted", "returned", "withdrawn"}


class AnyPair(RuleBasedStateMachine):
    """Two requests of one Party, random people, random commands."""

    is_paired = True

    @initialize()
    def begin(self):
        self.savepoint = transaction.atomic()
        self.savepoint.__enter__()
        self.clock = time_machine.travel(NOW, tick=True)
        self.clock.start()
        party = PartyFactory()
        submit = [Purpose.SUBMIT]
        self.people = {
            "submitter": PersonFactory(party=party, nominated=submit),
            "second": PersonFactory(party=party, nominated=submit),
            "colleague": PersonFactory(party=party),
            "outsider": PersonFactory(nominated=submit),
            "operator": StaffFactory(),
            "desk": StaffFactory(role=Role.SERVICE_DESK),
        }
        self.sites = [DataCentreFactory(party=party) for _ in range(2)]
        by = self.people["submitter"]
        if self.is_paired:
            pair = journey_of_pairs.answered(party, by, [self.sites[0]] * 2)
        else:
            pair = [journey.start(party, by) for _ in range(2)]
            for order in pair:
                journey.answer(order, by, self.sites[0])
        self.pks = [order.pk for order in pair]

    def teardown(self):
        if hasattr(self, "clock"):
            self.clock.stop()
            transaction.set_rollback(True)
            self.savepoint.__exit__(None, None, None)

    def attempt(self, step):
        """Try a step; what is refused must leave no trace."""
        before = Event.objects.count(), Notice.objects.count()
        try:
            with transaction.atomic():
                step()
        except REFUSED:
            assert (Event.objects.count(), Notice.objects.count()) == before

    def do(self, command, which, who, **how):
        pk, by = self.pks[which], self.people[who]
        self.attempt(lambda: command(pk, by=by, **how))

    @rule(which=WHICH, who=WHO, option=st.sampled_from(["medium", "high"]))
    def pair(self, which, who, option):
        partner = self.pks[1 - which]
        self.do(orders.pair_requests, which, who, partner_id=partner, option=option)

    @rule(which=WHICH, who=WHO)
    def unpair(self, which, who):
        self.do(orders.unpair, which, who)

    @rule(which=WHICH, who=WHO)
    def swap(self, which, who):
        self.do(orders.swap_roles, which, who)

    @rule(which=WHICH, who=WHO, site=WHICH, words=st.sampled_from(["A", "B", ""]))
    def answer(self, which, who, site, words):
        answers = {
            **journey_of_pairs.STATED,
            "data_centre_id": self.sites[site].pk,
            "wants_diverse_routing": bool(words),
            "customer_reference": words,
        }
        self.do(orders.save_answers, which, who, answers=answers)

    @rule(which=WHICH, who=WHO)
    def tick(self, which, who):
        whats = journey_of_pairs.OF_PAIRS | {"smaller_standby", "no_availability"}
        self.do(acknowledge, which, who, whats=whats)

    @rule(which=WHICH, who=WHO, kind=st.sampled_from(["hv", "lv"]))
    def resize(self, which, who, kind):
        rating = 20 if kind == "hv" else None
        answers = {"connection_type": kind, "hv_rating_mbps": rating}
        self.do(orders.save_answers, which, who, answers=answers)

    @rule(which=WHICH, who=WHO, name=st.sampled_from(["Marsh Gas", "Fen Power"]))
    def share(self, which, who, name):
        facts = {"standing": "rdp", "reason": "other", "from_on": NOW.date()}
        self.do(orders.add_sharer, which, who, name=name, **facts)

    @rule(which=WHICH, who=WHO)
    def share_no_more(self, which, who):
        by = self.people[who]

        def step():
            sharer = Sharer.objects.filter(order=self.pks[which]).earliest("pk")
            orders.remove_sharer(sharer.pk, by=by)

        self.attempt(step)

    @rule(which=WHICH, who=WHO)
    def submit(self, which, who):
        self.do(orders.submit_request, which, who)

    @rule(which=WHICH, who=WHO)
    def ask(self, which, who):
        self.do(orders.ask_question, which, who, words="Which floor?", field="floor")

    @rule(which=WHICH, who=WHO)
    def give_back(self, which, who):
        self.do(orders.return_request, which, who)

    @rule(which=WHICH, who=WHO)
    def answer_a_question(self, which, who):
        by = self.people[who]

        def step():
            question = Question.objects.filter(order=self.pks[which]).latest("pk")
            orders.answer_question(question.pk, by=by, answer="The second")

        self.attempt(step)

    @rule(which=WHICH, who=WHO)
    def accept(self, which, who):
        self.do(orders.accept_request, which, who)

    @rule(which=WHICH, who=WHO, is_red=st.booleans())
    def review(self, which, who, is_red):
        found = {"verdict": "red" if is_red else "green", "is_survey_needed": False}
        why = "No duct." if is_red else ""
        is_lv = self.orders()[which].connection_type == "lv"
        line = "superfast" if is_lv else ""
        command = orders.record_site_review
        self.do(command, which, who, reason=why, line_kind=line, **found)

    @rule(which=WHICH)
    def close(self, which):
        self.do(orders.close_as_unavailable, which, "operator")

    @rule(which=WHICH, who=WHO)
    def withdraw(self, which, who):
        self.do(orders.withdraw_request, which, who)

    def orders(self):
        return [ConnectionRequest.objects.get(pk=pk) for pk in self.pks]

    @after_each_change
    def the_two_name_each_other_or_neither_the_other(self):
        first, second = self.orders()
        if first.group_id is None:
            assert second.group_id is None
            assert first.related_reference == second.related_reference == ""
            return
        assert first.partner == second
        assert second.partner == first
        assert first.related_reference == second.customer_reference
        assert second.related_reference == first.customer_reference
        assert first.customer_reference
        assert second.customer_reference
        assert {first.role, second.role} == {"primary", "backup"}

    @after_each_change
    def each_reference_is_given_once(self):
        names = [order.customer_reference for order in self.orders()]
        assert names[0] != names[1] or not names[0]

    @after_each_change
    def one_round_of_questions_is_open_and_only_while_the_form_is_with_the_party(self):
        for order in self.orders():
            count = QuestionRound.objects.filter(order=order, closed_at=None).count()
            assert count <= 1
            assert (count == 1) == (order.state == "returned") or order.is_closed

    @after_each_change
    def no_state_without_its_dates(self):
        for order in self.orders():
            assert order.state == "draft" or order.submitted_at
            is_past = order.state in set(OrderState.values) - BEFORE_ACCEPTANCE
            assert not is_past or (order.accepted_at and order.quote_due_on)
            assert (order.closed_at is not None) == (order.state in CLOSED)

    @after_each_change
    def the_register_says_what_is_owed(self):
        assert list(differences()) == []

    @after_each_change
    def sharing_and_its_list_agree(self):
        for order in self.orders():
            assert not order.sharers.exists() or order.is_shared

    @after_each_change
    def nobody_sees_what_is_not_theirs(self):
        outsider, party = self.people["outsider"], self.people["colleague"]
        assert not ConnectionRequest.objects.visible_to(outsider).exists()
        assert not Question.objects.visible_to(outsider).exists()
        assert not Question.objects.visible_to(party).filter(round=None).exists()
        assert not Event.objects.filter(by=outsider).exists()


@pytest.mark.django_db
@pytest.mark.guidance("R-2.14-2", "R-2.4.1-2")
@pytest.mark.parametrize("is_paired", [True, False])
def test_whatever_people_do_to_two_requests_these_things_stay_true(is_paired):
    run_state_machine_as_test(
        type("Lives", (AnyPair,), {"is_paired": is_paired}),
        settings=settings(max_examples=10, stateful_step_count=25),
    )
