"""A visit to an order's site: when, who comes, and what became of it."""

from datetime import date, datetime, time

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django_fsm import transition

from common.clock import uk_date
from common.guarded_state import GuardedState, StateField
from common.wording import day_words, long_day_words, time_words
from orders.models import ConnectionRequest
from records.models import Document
from sites import policies
from sites.errors import VisitNotYet
from sites.models.passport import SitePassport
from sites.querysets import GATE_SIGNER, SiteVisitQuerySet
from sites.states import OPEN, TO_COME, Happened, VisitPurpose, VisitState

SAYS_WHY = (VisitState.FAILED, VisitState.MISSED, VisitState.MOVED)


class SiteVisit(GuardedState, models.Model):
    """One visit to a site on one day, between two UK times. Source: R-2.9.1-11."""

    reference = models.CharField(max_length=20, unique=True)
    order = models.ForeignKey(
        ConnectionRequest, on_delete=models.PROTECT, related_name="visits"
    )
    purpose = models.CharField(max_length=10, choices=VisitPurpose)
    # While days are only offered, the earliest of them.
    on = models.DateField("day of the visit", db_index=True)
    # Older visits were booked for a day alone.
    from_time = models.TimeField("from", null=True, blank=True)
    until_time = models.TimeField("until", null=True, blank=True)
    last_free_day = models.DateField("last day to move it free of charge")
    visitor = models.CharField("who comes", max_length=200)
    state = StateField(choices=VisitState, default=VisitState.PROPOSED)
    # Of a visit whose day is still to be agreed.
    is_offered_by_party = models.BooleanField(default=False)
    offered_at = models.DateTimeField(null=True, editable=False)
    agreed_with = models.CharField(
        "with whom the day was agreed by phone", max_length=200, blank=True
    )
    notes = models.TextField(blank=True)
    reason = models.TextField("why it was not made or was moved", blank=True)
    # When the engineer really came, which may be another day.
    arrived_at = models.DateTimeField("arrived at", null=True, blank=True)
    happened = models.CharField(
        "what happened", max_length=20, choices=Happened, blank=True
    )
    called = models.CharField("whom they called", max_length=200, blank=True)
    photo = models.ForeignKey(
        Document, null=True, on_delete=models.PROTECT, related_name="+"
    )
    replaces = models.OneToOneField(
        "self", null=True, on_delete=models.PROTECT, related_name="replacement"
    )
    # For which earlier one, not made, this one is to be charged.
    claim = models.ForeignKey(
        "sites.VisitClaim",
        null=True,
        on_delete=models.PROTECT,
        related_name="next_visits",
    )
    # What was known of getting in when it was booked.
    passport = models.ForeignKey(
        SitePassport, null=True, on_delete=models.PROTECT, related_name="visits"
    )
    booked_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, editable=False)

    objects = SiteVisitQuerySet.as_manager()

    class Meta:
        ordering = ["-on", "-pk"]
        indexes = [models.Index(fields=["on", "id"], name="visit_by_day")]
        verbose_name = "visit"
        constraints = [
            models.UniqueConstraint(
                fields=["order", "purpose"],
                condition=Q(state__in=OPEN),
                name="visit_one_booked_a_purpose",
            ),
            models.CheckConstraint(
                name="visit_past_booked_has_its_time",
                condition=Q(state__in=OPEN) | Q(closed_at__isnull=False),
            ),
            models.CheckConstraint(
                name="visit_free_day_is_before_the_visit",
                condition=Q(last_free_day__lt=F("on")),
            ),
            models.CheckConstraint(
                name="visit_failed_or_moved_says_why",
                condition=~Q(state__in=SAYS_WHY) | ~Q(reason=""),
            ),
            models.CheckConstraint(
                name="visit_charged_replaces_another",
                condition=Q(claim__isnull=True) | Q(replaces__isnull=False),
            ),
            models.CheckConstraint(
                name="visit_window_has_both_times_in_order_or_none",
                condition=Q(from_time=None, until_time=None)
                # A check that comes to NULL passes, so both say that they are not.
                | Q(
                    from_time__isnull=False,
                    until_time__isnull=False,
                    from_time__lt=F("until_time"),
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def thread(self) -> str:
        return self.order.reference

    @property
    def window(self) -> tuple[time, time] | None:
        """Return between which UK times they come; nothing where only a day is set."""
        begin, end = self.from_time, self.until_time
        return None if begin is None or end is None else (begin, end)

    @property
    def window_words(self) -> str:
        """Return "8am to 1pm", or nothing."""
        return " to ".join(map(time_words, self.window)) if self.window else ""

    @property
    def when(self) -> str:
        """Return "Tuesday 17 March 2026, 8am to 1pm"."""
        if self.is_proposed:
            return "a day to be agreed"
        return ", ".join(filter(None, [long_day_words(self.on), self.window_words]))

    @property
    def is_proposed(self) -> bool:
        """Whether its day is still to be agreed."""
        return bool(self.state == VisitState.PROPOSED)

    @property
    def gate_address(self) -> str:
        """The path of its gate pass, which nobody can guess."""
        return reverse("gate", args=[GATE_SIGNER.sign(self.reference)])

    @property
    def gate_url(self) -> str:
        return f"{settings.SITE_URL}{self.gate_address}"

    @property
    def is_booked(self) -> bool:
        return bool(self.state == VisitState.CONFIRMED)

    @property
    def is_to_come(self) -> bool:
        """Whether somebody comes, or is there."""
        return self.state in TO_COME

    @property
    def is_chargeable(self) -> bool:
        """Whether it is, or may still be, charged for one before it. Source: T11."""
        return self.claim is not None and not self.claim.is_dropped

    @property
    def has_live_claim(self) -> bool:
        """Whether it may still be charged, so that giving it up costs nothing more."""
        return self.claim is not None and self.claim.is_live

    def is_free_to_move_on(self, day: date) -> bool:
        """Say whether moving it on `day` (UK) costs nothing. Source: R-3.5-7."""
        return day <= self.last_free_day

    def require_come(self, at: datetime) -> None:
        """Refuse before the day of the visit."""
        if uk_date(at) < self.on:
            raise VisitNotYet(visit=self, day=day_words(self.on))

    @transition(
        state,
        VisitState.PROPOSED,
        VisitState.PROPOSED,
        permission=policies.may_rearrange,
        custom={"done": "Other days offered for the visit"},
    )
    def offer(self, *, at: datetime, by_party: bool) -> None:
        self.is_offered_by_party, self.offered_at = by_party, at

    @transition(
        state,
        VisitState.PROPOSED,
        VisitState.CONFIRMED,
        permission=policies.may_rearrange,
        custom={"done": "Day of the visit agreed"},
    )
    def agree(self, *, at: datetime, slot: "VisitSlot", last_free_day: date) -> None:
        self.on, self.last_free_day = slot.on, last_free_day
        self.from_time, self.until_time = slot.from_time, slot.until_time
        self.booked_at = at

    @transition(
        state,
        VisitState.CONFIRMED,
        VisitState.IN_PROGRESS,
        permission=policies.may_work_on_site,
        custom={"done": "Engineer arrived"},
    )
    def arrive(self, *, at: datetime, arrived_at: datetime) -> None:
        self.require_come(at)
        self.arrived_at = arrived_at

    @transition(
        state,
        [VisitState.CONFIRMED, VisitState.IN_PROGRESS],
        VisitState.COMPLETED,
        permission=policies.may_work_on_site,
        custom={"done": "Visit made"},
    )
    def attend(self, *, at: datetime) -> None:
        self.require_come(at)
        self.closed_at = at

    @transition(
        state,
        [VisitState.CONFIRMED, VisitState.IN_PROGRESS],
        VisitState.FAILED,
        permission=policies.may_work_on_site,
        custom={"done": "Visit failed: no access"},
    )
    def fail(self, *, at: datetime, because: str) -> None:
        """Whoever came was not let in, or could not work there (T10)."""
        self.require_come(at)
        self.reason = because
        self.closed_at = at

    @transition(
        state,
        [VisitState.CONFIRMED, VisitState.IN_PROGRESS],
        VisitState.MISSED,
        permission=policies.may_work_on_site,
        custom={"done": "Visit missed by DCC’s side"},
    )
    def miss(self, *, at: datetime, because: str) -> None:
        """Nobody came, or came too late or unequipped: never charged."""
        self.require_come(at)
        self.reason = because
        self.closed_at = at

    @transition(
        state,
        VisitState.CONFIRMED,
        VisitState.MOVED,
        permission=policies.may_rearrange,
        custom={"done": "Visit moved to another day"},
    )
    def rearrange(self, *, at: datetime, because: str) -> None:
        self.reason = because
        self.closed_at = at

    @transition(
        state,
        [VisitState.PROPOSED, VisitState.CONFIRMED, VisitState.IN_PROGRESS],
        VisitState.CALLED_OFF,
        permission=policies.may_rearrange,
        custom={"done": "Visit called off"},
    )
    def call_off(self, *, at: datetime, because: str) -> None:
        self.reason = because
        self.closed_at = at

    @transition(
        state,
        [VisitState.FAILED, VisitState.MISSED],
        VisitState.FAILED,
        permission=policies.may_correct,
        custom={"done": "What became of the visit corrected: failed, no access"},
    )
    def find_failed(self, *, at: datetime, because: str) -> None:
        """It was recorded wrongly why it was not made."""
        self.reason = because

    @transition(
        state,
        [VisitState.FAILED, VisitState.MISSED],
        VisitState.MISSED,
        permission=policies.may_correct,
        custom={"done": "What became of the visit corrected: missed by DCC’s side"},
    )
    def find_missed(self, *, at: datetime, because: str) -> None:
        """It was recorded wrongly why it was not made."""
        self.reason = because

    @transition(
        state,
        [VisitState.COMPLETED, VisitState.FAILED, VisitState.MISSED],
        VisitState.CONFIRMED,
        permission=policies.may_correct,
        custom={"done": "What became of the visit was recorded wrongly"},
    )
    def record_anew(self, *, at: datetime) -> None:
        """It is as if nothing had been recorded of its day yet."""
        self.reason, self.happened, self.called = "", "", ""
        self.arrived_at, self.closed_at, self.photo = None, None, None


class VisitSlot(models.Model):
    """A day and times that one side offers; the other chooses. Source: R-2.9.1-11."""

    visit = models.ForeignKey(SiteVisit, on_delete=models.PROTECT, related_name="slots")
    on = models.DateField()
    from_time = models.TimeField("from")
    until_time = models.TimeField("until")
    # Others are offered in its place, or the visit is agreed.
    is_open = models.BooleanField(default=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField()

    class Meta:
        ordering = ["on", "from_time", "pk"]
        constraints = [
            models.CheckConstraint(
                name="slot_ends_after_it_begins",
                condition=Q(from_time__lt=F("until_time")),
            ),
            models.UniqueConstraint(
                fields=["visit", "on", "from_time"],
                condition=Q(is_open=True),
                name="slot_is_offered_once",
            ),
        ]

    def __str__(self) -> str:
        times = " to ".join(map(time_words, (self.from_time, self.until_time)))
        return f"{long_day_words(self.on)}, {times}"

    @property
    def thread(self) -> str:
        return self.visit.thread
