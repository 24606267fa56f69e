"""Whatever people do about what something costs before a visit, these stay true."""

from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.db import transaction
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from billing.commands import raise_item_charge
from billing.models import Charge
from common.errors import DomainError
from records.models import Event
from records.transitions import SYSTEM, perform
from records.unit import unit
from sites import commands
from sites.models import AccessItem, ItemCost
from tests import journey, journey_on_site
from tests.cast import NOW
from worklist.commands import differences

WHO = st.sampled_from(["desk"] * 3 + ["authoriser"] * 4 + ["installer", "submitter"])
REFUSED = (DomainError, PermissionDenied, ItemCost.DoesNotExist)


class AnyCosts(RuleBasedStateMachine):
    """One thing that is needed before a visit, and random people."""

    item, people = None, {}

    @initialize()
    def begin(self):
        self.savepoint = transaction.atomic()
        self.savepoint.__enter__()
        self.clock = time_machine.travel(NOW, tick=False)
        self.now = self.clock.start()

    def teardown(self):
        if hasattr(self, "clock"):
            assert list(differences()) == []
            self.clock.stop()
            transaction.set_rollback(True)
            self.savepoint.__exit__(None, None, None)

    def attempt(self, step):
        """Try a step, a minute later; what is refused must leave no trace."""
        self.now.shift(timedelta(minutes=1))
        events = Event.objects.count()
        try:
            with transaction.atomic():
                step()
        except REFUSED:
            assert Event.objects.count() == events

    @rule(who=WHO, net=st.sampled_from([0, 90, 420]))
    def ask(self, who, net):
        by = self.people[who]
        self.attempt(lambda: journey_on_site.ask_cost(self.item, by, net=net))

    @rule(who=WHO)
    def let_be_free(self, who):
        by = self.people[who]
        self.attempt(lambda: commands.free_item(self.item.pk, by=by, reason="None"))

    @rule(who=WHO, is_understood=st.booleans(), which=st.sampled_from(["-pk", "pk"]))
    def accept(self, who, is_understood, which):
        """Answer the newest amount, or the first, which may have been read long ago."""
        how = {"by": self.people[who], "is_understood": is_understood}
        cost = ItemCost.objects.order_by(which).first()
        if cost is not None:
            self.attempt(lambda: commands.accept_item_cost(cost.pk, **how))

    @rule(who=WHO)
    def decline(self, who):
        how = {"by": self.people[who], "reason": "Too dear"}
        cost = ItemCost.objects.last()
        if cost is not None:
            self.attempt(lambda: commands.decline_item_cost(cost.pk, **how))

    @rule(who=WHO, step=st.sampled_from(["settle", "settle", "settle", "drop"]))
    def end(self, who, step):
        how = {"by": self.people[who]}
        how |= {"reason": "No"} if step == "drop" else {}
        command = getattr(commands, f"{step}_access_item")
        self.attempt(lambda: command(self.item.pk, **how))

    @rule()
    def open_again(self):
        done = AccessItem.objects.filter(pk=self.item.pk, state="done")
        for item in done:
            self.attempt(lambda one=item: reopen(one))

    @rule(often=st.sampled_from([False, False, False, True]))
    def the_order_is_cancelled(self, often):
        by = self.people["authoriser"]
        if often:
            self.attempt(lambda: journey.cancel(journey.fresh(self.item.order), by))

    @rule()
    def the_timer_runs(self):
        # The command asks again itself, whatever a sweep believed to be due.
        for cost in ItemCost.objects.all():
            raise_item_charge(cost.pk)

    @invariant()
    def nothing_is_charged_that_nobody_accepted_or_twice(self):
        charges = Charge.objects.filter(kind="before_visit").select_related("item_cost")
        charged = [charge.item_cost for charge in charges]
        assert len({cost.pk for cost in charged}) == len(charged)
        assert ItemCost.objects.filter(state="charged").count() == len(charged)
        for charge, cost in zip(charges, charged, strict=True):
            assert (charge.net, charge.party) == (cost.net, self.item.order.party)
            assert cost.answered_by == self.people["authoriser"]
            assert cost.amount_words in cost.acknowledged
            assert told(cost) == ["accept", "fall_due", "charge"]

    @invariant()
    def what_is_done_was_free_or_accepted_before(self):
        item = AccessItem.objects.get(pk=self.item.pk)
        if item.state == "done" and item.may_cost:
            assert ItemCost.objects.filter(state__in=["due", "charged"]).exists()


def told(cost):
    events = Event.objects.filter(subject_pk=cost.pk, subject_words=str(cost))
    moves = events.exclude(to_state="").order_by("pk")
    return list(moves.values_list("name", flat=True))


def reopen(item):
    """As the portal does where a document does not hold for the next visit."""
    how = {"until": NOW.date(), "because": "Over"}
    with unit():
        perform(item.reopen, by=SYSTEM, at=NOW, **how)


@pytest.mark.guidance("R-2.13-5")
def test_no_sequence_charges_without_acceptance_or_twice(
    special_rams, desk, authoriser, installer, submitter
):
    people = {
        "desk": desk,
        "authoriser": authoriser,
        "installer": installer,
        "submitter": submitter,
    }
    life = type("Life", (AnyCosts,), {"item": special_rams, "people": people})

    run_state_machine_as_test(
        life, settings=settings(max_examples=8, stateful_step_count=20)
    )
