"""Whatever people do about the visits of an order, these things stay true."""

from datetime import time, timedelta
from decimal import Decimal

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

from billing.commands import raise_visit_charge
from billing.models import Charge
from billing.tasks import charge_due_visits
from common.clock import uk_date
from common.errors import DomainError
from records.models import Event
from sites import commands
from sites.models import SiteVisit, VisitClaim, VisitSlot
from sites.states import OPEN, TOOK_PLACE, Happened
from tests import journey_on_site
from tests.cast import NOW
from tests.factories.quotes import PriceItemFactory
from tests.lives import after_each_change
from tests.sites.test_states import CLAIM_MOVES, MOVES
from worklist.commands import differences

WHO = st.sampled_from(
    ["operator"] * 3 + ["installer"] * 4 + ["submitter"] * 3 + ["desk"]
)
PURPOSES = st.sampled_from(["circuit"] * 3 + ["equipment"])
DAYS = st.integers(0, 15)
REFUSED = (
    DomainError,
    PermissionDenied,
    SiteVisit.DoesNotExist,
    VisitClaim.DoesNotExist,
    VisitSlot.DoesNotExist,
)


class AnyVisits(RuleBasedStateMachine):
    """One order whose access is agreed, random people, and a clock that moves on."""

    order, people, is_claimed = None, {}, False

    @initialize()
    def begin(self):
        self.savepoint = transaction.atomic()
        self.savepoint.__enter__()
        self.clock = time_machine.travel(NOW, tick=False)
        self.now = self.clock.start()
        PriceItemFactory(kind="rescheduled_visit", net=Decimal(385))
        if self.is_claimed:
            self.go_on()

    def go_on(self):
        """Let a visit fail and its claim be confirmed, where chance seldom comes."""
        installer, operator = self.people["installer"], self.people["operator"]
        visit = journey_on_site.book(self.order, installer, "circuit")
        journey_on_site.turn_away(visit, installer)
        commands.confirm_claim(self.claim().pk, by=operator)
        journey_on_site.book(self.order, installer, "circuit", on=self.day(20))
        # Nothing can be said against the claim any more, and the visit is today.
        self.now.shift(timedelta(days=20))
        self.miss_the_next()

    def miss_the_next(self):
        """Let the next visit not take place, and the timer run; another is today."""
        installer = self.people["installer"]
        commands.fail_visit(self.visit().pk, by=installer, happened="did_not_come")
        self.the_timer_runs()
        journey_on_site.book(self.order, installer, "circuit")

    def teardown(self):
        if hasattr(self, "clock"):
            self.clock.stop()
            transaction.set_rollback(True)
            self.savepoint.__exit__(None, None, None)

    def attempt(self, step):
        """Try a step; what is refused must leave no trace."""
        events = Event.objects.count()
        try:
            with transaction.atomic():
                step()
        except REFUSED:
            assert Event.objects.count() == events

    def day(self, days):
        return uk_date(timezone.now()) + timedelta(days=days)

    def visit(self):
        return self.order.visits.latest("pk")

    def claim(self):
        return VisitClaim.objects.latest("pk")

    @rule(who=WHO, purpose=PURPOSES, days=DAYS, timed=st.booleans())
    def book(self, who, purpose, days, timed):
        window = (time(8), time(13)) if timed else (None, None)
        how = {"purpose": purpose, "on": self.day(days), "visitor": "X"}
        by = self.people[who]
        self.attempt(
            lambda: commands.book_visit(self.order.pk, by=by, window=window, **how)
        )

    def slots(self, days):
        return [(self.day(days), time(8), time(13))]

    @rule(who=WHO, purpose=PURPOSES, days=DAYS)
    def propose(self, who, purpose, days):
        how = {"purpose": purpose, "slots": self.slots(days), "visitor": "X"}
        by = self.people[who]
        self.attempt(lambda: commands.propose_visit(self.order.pk, by=by, **how))

    @rule(who=WHO, days=DAYS)
    def offer_others(self, who, days):
        by, slots = self.people[who], self.slots(days)
        self.attempt(
            lambda: commands.offer_other_days(self.visit().pk, by=by, slots=slots)
        )

    @rule(who=WHO)
    def agree(self, who):
        by = self.people[who]
        self.attempt(
            lambda: commands.agree_day(
                self.visit().pk, by=by, slot_id=VisitSlot.objects.latest("pk").pk
            )
        )

    @rule(who=WHO, days=DAYS, asked=st.booleans(), understood=st.booleans())
    def move(self, who, days, asked, understood):
        how = {"asked_by_party": asked, "is_understood": understood}
        by, on = self.people[who], self.day(days)
        self.attempt(
            lambda: commands.rearrange_visit(
                self.visit().pk, by=by, on=on, reason="Audit", **how
            )
        )

    @rule(who=WHO, asked=st.booleans(), understood=st.booleans())
    def call_off(self, who, asked, understood):
        how = {"asked_by_party": asked, "is_understood": understood}
        by = self.people[who]
        self.attempt(
            lambda: commands.call_off_visit(
                self.visit().pk, by=by, reason="Audit", **how
            )
        )

    @rule(who=WHO)
    def arrive(self, who):
        by = self.people[who]
        self.attempt(lambda: commands.record_arrival(self.visit().pk, by=by))

    @rule(who=WHO, happened=st.sampled_from(Happened.values), came=st.booleans())
    def fail(self, who, happened, came):
        arrived_at = timezone.now() if came else None
        how = {"happened": happened, "arrived_at": arrived_at}
        by = self.people[who]
        self.attempt(lambda: commands.fail_visit(self.visit().pk, by=by, **how))

    @rule(who=WHO, stage=st.sampled_from(["circuit", "equipment"]))
    def complete(self, who, stage):
        how = {"stage": stage, "done_on": self.day(0), "test_result": "Passed"}
        how |= {"provider": "BT", "provider_reference": "ONEA-77"}
        by = self.people[who]
        self.attempt(lambda: commands.complete_stage(self.order.pk, by=by, **how))

    @rule(who=WHO)
    def confirm(self, who):
        by = self.people[who]
        self.attempt(lambda: commands.confirm_claim(self.claim().pk, by=by))

    @rule(who=WHO, step=st.sampled_from(["dispute", "drop", "uphold"]))
    def argue(self, who, step):
        by, decide = self.people[who], getattr(commands, f"{step}_claim")
        self.attempt(lambda: decide(self.claim().pk, by=by, reason="No"))

    @rule(days=st.sampled_from([1, 3, 7, 16]))
    def time_goes_by(self, days):
        self.now.shift(timedelta(days=days))

    @rule()
    def the_timer_runs(self):
        charge_due_visits()
        # The command asks again itself, whatever a sweep believed to be due.
        for claim in VisitClaim.objects.all():
            raise_visit_charge(claim.pk)

    @after_each_change
    def no_stage_starts_before_the_one_before_it_is_complete(self):
        done = set(self.order.stages.values_list("stage", flat=True))
        begun = set(self.order.visits.values_list("purpose", flat=True))
        assert "equipment" not in begun | done or "circuit" in done

    @after_each_change
    def one_visit_a_purpose_is_open(self):
        for purpose in ("circuit", "equipment"):
            open_ones = self.order.visits.filter(purpose=purpose, state__in=OPEN)
            assert open_ones.count() <= 1

    @after_each_change
    def nothing_is_charged_twice_or_for_a_visit_that_did_not_take_place(self):
        charges = list(Charge.objects.select_related("visit__claim"))
        assert len({charge.visit_id for charge in charges}) == len(charges)
        assert len({charge.visit.claim_id for charge in charges}) == len(charges)
        for charge in charges:
            assert charge.visit.state in TOOK_PLACE
            assert charge.visit.claim.state == "charged"
        assert VisitClaim.objects.filter(state="charged").count() == len(charges)

    @after_each_change
    def what_dccs_side_missed_is_never_the_reason_of_a_claim(self):
        for claim in VisitClaim.objects.select_related("visit"):
            assert claim.visit.state in {"failed", "moved", "called_off"}

    @after_each_change
    def a_charge_was_confirmed_and_its_dispute_is_over(self):
        for claim in VisitClaim.objects.filter(state="charged"):
            events = Event.objects.filter(subject_words=str(claim))
            names = list(events.order_by("pk").values_list("name", flat=True))
            assert names.index("confirm") < names.index("charge")
            assert "object_to" not in names or "uphold" in names

    @after_each_change
    def the_register_says_what_is_owed(self):
        assert list(differences()) == []

    @after_each_change
    def the_history_tells_each_move(self):
        rows = [(row, MOVES, "confirmed") for row in SiteVisit.objects.all()]
        rows += [(row, CLAIM_MOVES, "open") for row in VisitClaim.objects.all()]
        for row, moves, first in rows:
            self.tells(row, moves, first)

    def tells(self, row, moves, first):
        events = Event.objects.filter(subject_words=str(row)).exclude(to_state="")
        at = first
        for number, event in enumerate(events.order_by("pk")):
            at = event.from_state if number == 0 else at
            assert (at, event.name, event.to_state) in moves
            at = event.to_state
        assert row.state in {at, "proposed"}


@pytest.mark.guidance("R-2.9.1-10", "R-2.12-2", "T11")
@pytest.mark.parametrize("is_claimed", [False, True])
def test_whatever_people_do_about_visits_these_things_stay_true(
    ready_order, operator, installer, submitter, desk, *, is_claimed
):
    people = {
        "operator": operator,
        "installer": installer,
        "submitter": submitter,
        "desk": desk,
    }
    how = {"order": ready_order, "people": people, "is_claimed": is_claimed}
    life = type("Life", (AnyVisits,), how)

    run_state_machine_as_test(
        life, settings=settings(max_examples=6, stateful_step_count=30)
    )
