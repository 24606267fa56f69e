"""A visit to an order's site: when, who comes, and what became of it."""

from datetime import date, datetime, time

from django.db import models
from django.db.models import F, Q
from django_fsm import FSMField, transition

from common.clock import uk_date
from common.guarded_state import GuardedState
from common.wording import day_words, long_day_words, time_words
from orders.models import ConnectionRequest
from sites import policies
from sites.errors import MoveIsFree, VisitNotYet
from sites.models.passport import SitePassport
from sites.querysets import SiteVisitQuerySet
from sites.states import VisitPurpose, VisitState


class SiteVisit(GuardedState, models.Model):
    """One visit to a site on one day, between two UK times. Source: R-2.9.1-11."""

    reference = models.CharField(max_length=20, unique=True)
    order = models.ForeignKey(
        ConnectionRequest, on_delete=models.PROTECT, related_name="visits"
    )
    purpose = models.CharField(max_length=10, choices=VisitPurpose)
    on = models.DateField("day of the visit", db_index=True)
    # Older visits were booked for a day alone.
    from_time = models.TimeField("from", null=True, blank=True)
    until_time = models.TimeField("until", null=True, blank=True)
    last_free_day = models.DateField("last day to move it free of charge")
    visitor = models.CharField("who comes", max_length=200)
    state = FSMField(choices=VisitState, default=VisitState.BOOKED, protected=True)
    notes = models.TextField(blank=True)
    reason = models.TextField("why it failed or was moved", blank=True)
    replaces = models.OneToOneField(
        "self", null=True, on_delete=models.PROTECT, related_name="replacement"
    )
    is_chargeable = models.BooleanField(
        "charged, since the visit that it replaces failed or was moved too late",
        default=False,
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
                condition=Q(state=VisitState.BOOKED),
                name="visit_one_booked_a_purpose",
            ),
            models.CheckConstraint(
                name="visit_past_booked_has_its_time",
                condition=Q(state=VisitState.BOOKED) | Q(closed_at__isnull=False),
            ),
            models.CheckConstraint(
                name="visit_free_day_is_before_the_visit",
                condition=Q(last_free_day__lt=F("on")),
            ),
            models.CheckConstraint(
                name="visit_failed_or_moved_says_why",
                condition=~Q(state__in=[VisitState.FAILED, VisitState.REARRANGED])
                | ~Q(reason=""),
            ),
            models.CheckConstraint(
                name="visit_charged_replaces_another",
                condition=Q(is_chargeable=False) | Q(replaces__isnull=False),
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
        return ", ".join(filter(None, [long_day_words(self.on), self.window_words]))

    def is_free_to_move_on(self, day: date) -> bool:
        """Say whether moving it on `day` (UK) costs nothing. Source: R-3.5-7."""
        return day <= self.last_free_day

    def require_come(self, at: datetime) -> None:
        """Refuse before the day of the visit."""
        if uk_date(at) < self.on:
            raise VisitNotYet(visit=self, day=day_words(self.on))

    @transition(
        state,
        VisitState.BOOKED,
        VisitState.ATTENDED,
        permission=policies.may_work_on_site,
        custom={"done": "Visit attended"},
    )
    def attend(self, *, at: datetime) -> None:
        self.require_come(at)
        self.closed_at = at

    @transition(
        state,
        VisitState.BOOKED,
        VisitState.FAILED,
        permission=policies.may_work_on_site,
        custom={"done": "Visit failed: no access"},
    )
    def fail(self, *, at: datetime, because: str) -> None:
        """Turned away on the day, or declined with too little warning (T10)."""
        if self.is_free_to_move_on(uk_date(at)):
            raise MoveIsFree(visit=self, day=day_words(self.last_free_day))
        self.reason = because
        self.closed_at = at

    @transition(
        state,
        VisitState.BOOKED,
        VisitState.REARRANGED,
        permission=policies.may_rearrange,
        custom={"done": "Visit moved to another day"},
    )
    def rearrange(self, *, at: datetime, because: str) -> None:
        self.reason = because
        self.closed_at = at

    @transition(
        state,
        VisitState.BOOKED,
        VisitState.CANCELLED,
        permission=policies.only_the_portal,
        custom={"done": "Visit cancelled with its order"},
    )
    def cancel(self, *, at: datetime) -> None:
        self.closed_at = at
