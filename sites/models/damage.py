"""Damage to the equipment at a site: reported, decided on, repaired."""

from datetime import date, datetime

from django.conf import settings
from django.db import models
from django.db.models import Q
from django_fsm import transition

from common.clock import uk_time
from common.guarded_state import GuardedState, StateField
from orders.models import ConnectionRequest
from records.models import Document
from sites import policies
from sites.models.equipment import InstalledItem
from sites.querysets import DamageQuerySet
from sites.states import Bearer, DamageState, EmergencyGround


class DamageReport(GuardedState, models.Model):
    """What happened to the equipment of an order, and what is done about it.

    An emergency may excuse what was done; its ground, what was done and why belong
    together. Source: R-5.2.2-4.
    """

    reference = models.CharField(max_length=20, unique=True)
    order = models.ForeignKey(
        ConnectionRequest, on_delete=models.PROTECT, related_name="damage_reports"
    )
    item = models.ForeignKey(
        InstalledItem, null=True, on_delete=models.PROTECT, related_name="damage"
    )
    happened_at = models.DateTimeField("happened")
    place = models.CharField("where", max_length=200)
    description = models.TextField("what happened")
    photo = models.ForeignKey(
        Document, null=True, on_delete=models.PROTECT, related_name="+"
    )
    ground = models.CharField(
        "done in an emergency", max_length=12, choices=EmergencyGround, blank=True
    )
    action = models.TextField("what was done in the emergency", blank=True)
    why = models.TextField("why it had to be done", blank=True)
    told_by = models.CharField("who told the desk", max_length=200, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField("reported")
    state = StateField(choices=DamageState, default=DamageState.REPORTED)
    bearer = models.CharField(
        "who bears the repair", max_length=10, choices=Bearer, blank=True
    )
    decision = models.TextField("what is done about it", blank=True)
    repair_by = models.DateField("last day of the repair", null=True)
    decided_at = models.DateTimeField(null=True, editable=False)
    outcome = models.TextField("how it ended", blank=True)
    closed_at = models.DateTimeField(null=True, editable=False)

    objects = DamageQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        verbose_name = "report of damage"
        verbose_name_plural = "reports of damage"
        constraints = [
            models.CheckConstraint(
                name="damage_in_an_emergency_says_what_was_done_and_why",
                condition=Q(ground="", action="", why="")
                | ~Q(ground="") & ~Q(action="") & ~Q(why=""),
            ),
            models.CheckConstraint(
                name="damage_to_repair_says_who_bears_it_and_until_when",
                condition=~Q(state=DamageState.REPAIR)
                | ~Q(bearer="")
                & ~Q(decision="")
                & Q(repair_by__isnull=False, decided_at__isnull=False),
            ),
            models.CheckConstraint(
                name="damage_closed_says_how_it_ended",
                condition=~Q(state=DamageState.CLOSED)
                | ~Q(outcome="") & Q(closed_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def thread(self) -> str:
        return self.order.reference

    @property
    def named(self) -> str:
        """Return "DAM-1001, 5 March 2026, 2:40pm"."""
        return f"{self.reference}, {uk_time(self.happened_at)}"

    @transition(
        state,
        DamageState.REPORTED,
        DamageState.REPAIR,
        permission=policies.may_decide_damage,
        custom={"done": "Damage: a repair is owed"},
    )
    def owe_repair(
        self, *, at: datetime, bearer: str, decision: str, repair_by: date
    ) -> None:
        self.bearer, self.decision = bearer, decision
        self.repair_by, self.decided_at = repair_by, at

    @transition(
        state,
        [DamageState.REPORTED, DamageState.REPAIR],
        DamageState.CLOSED,
        permission=policies.may_close_damage,
        custom={"done": "Report of damage closed"},
    )
    def settle(self, *, at: datetime, outcome: str) -> None:
        self.outcome, self.closed_at = outcome, at
