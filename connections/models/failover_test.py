"""A planned failure of one link of a pair, and what was seen."""

from datetime import date, datetime

from django.conf import settings
from django.db import models
from django.db.models import Q
from django_fsm import transition

from common.guarded_state import GuardedState, StateField
from connections import policies
from connections.models.connection import Connection
from connections.querysets import FailoverTestQuerySet
from connections.states import FailoverResult, FailoverTestState
from parties.models import User


class FailoverTest(GuardedState, models.Model):
    """A day on which a Party lets one link of its pair fail, to see its sessions move.

    The guidance asks for none: it is our own offer. Nothing is ordered or charged, and
    nothing of a session is changed by it.

    Args:
        connection: the link that is failed; the other one of its pair takes over.
        planned_on: UK day for which it is planned.
        note: who takes part, in the Party's words.
        done_on: UK day on which it was carried out.
        seen: what was seen, in the Party's words.

    Source: R-7-1.
    """

    connection = models.ForeignKey(
        Connection, on_delete=models.PROTECT, related_name="failover_tests"
    )
    planned_on = models.DateField("planned for")
    note = models.TextField("who takes part", blank=True)
    state = StateField(choices=FailoverTestState, default=FailoverTestState.PLANNED)
    planned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    planned_at = models.DateTimeField("planned")
    done_on = models.DateField("carried out on", null=True)
    result = models.CharField(max_length=6, choices=FailoverResult, blank=True)
    seen = models.TextField("what was seen", blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    recorded_at = models.DateTimeField("result recorded", null=True, editable=False)
    why_not = models.TextField("why it was called off", blank=True)

    objects = FailoverTestQuerySet.as_manager()

    class Meta:
        ordering = ["-planned_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["connection"],
                condition=Q(state=FailoverTestState.PLANNED),
                name="failover_test_one_planned_a_connection",
            ),
            models.CheckConstraint(
                name="failover_test_done_says_when_by_whom_and_what",
                condition=~Q(state=FailoverTestState.DONE)
                & Q(done_on__isnull=True, result="")
                | Q(
                    state=FailoverTestState.DONE,
                    done_on__isnull=False,
                    recorded_by__isnull=False,
                    recorded_at__isnull=False,
                )
                & ~Q(result="")
                & ~Q(seen=""),
            ),
            models.CheckConstraint(
                name="failover_test_called_off_says_why",
                condition=~Q(state=FailoverTestState.CALLED_OFF) | ~Q(why_not=""),
            ),
        ]

    def __str__(self) -> str:
        return f"Failover test of {self.connection}"

    @property
    def thread(self) -> str:
        return self.connection.thread

    @property
    def is_planned(self) -> bool:
        return bool(self.state == FailoverTestState.PLANNED)

    @property
    def is_done(self) -> bool:
        return bool(self.state == FailoverTestState.DONE)

    @property
    def has_passed(self) -> bool:
        return self.result == FailoverResult.PASSED

    @transition(
        state,
        FailoverTestState.PLANNED,
        FailoverTestState.PLANNED,
        permission=policies.may_test_failover,
        custom={"done": "Failover test moved"},
    )
    def move(self, *, at: datetime, on: date) -> None:
        self.planned_on = on

    @transition(
        state,
        FailoverTestState.PLANNED,
        FailoverTestState.DONE,
        permission=policies.may_test_failover,
        custom={"done": "Failover test carried out"},
    )
    def record(
        self, *, at: datetime, person: User, on: date, result: str, seen: str
    ) -> None:
        self.done_on, self.result, self.seen = on, result, seen
        self.recorded_by, self.recorded_at = person, at

    @transition(
        state,
        FailoverTestState.PLANNED,
        FailoverTestState.CALLED_OFF,
        permission=policies.may_test_failover,
        custom={"done": "Failover test called off"},
    )
    def call_off(self, *, at: datetime, because: str) -> None:
        self.why_not = because

    @transition(
        state,
        FailoverTestState.PLANNED,
        FailoverTestState.CALLED_OFF,
        permission=policies.only_the_portal,
        custom={"done": "Failover test dropped: a connection has ended"},
    )
    def drop(self, *, at: datetime, because: str) -> None:
        self.why_not = because
