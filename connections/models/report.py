"""How much of a connection is used: readings day by day, and reports of them."""

from datetime import datetime
from typing import Any, cast

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django_fsm import transition

from common.clock import uk_date
from common.guarded_state import GuardedState, StateField
from connections import policies
from connections.models.connection import Connection
from connections.querysets import PerformanceReportQuerySet, UsageDayQuerySet
from connections.states import ReportState
from connections.usage.figures import UsageReport
from connections.usage.frozen import thawed
from connections.usage.page import ReportShown, first_direction
from parties.models import User
from records.models import Document


class UsageDay(models.Model):
    """The five-minute readings of one UK day, packed by `connections.usage.readings`.

    A later file adds to them, or puts right what an earlier one said; the files
    themselves are kept as they came. Source: R-2.8-9.
    """

    connection = models.ForeignKey(
        Connection, on_delete=models.PROTECT, related_name="usage_days"
    )
    day = models.DateField()
    readings = models.BinaryField()
    file = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="+")

    objects = UsageDayQuerySet.as_manager()

    class Meta:
        ordering = ["connection", "day"]
        constraints = [
            models.UniqueConstraint(
                fields=["connection", "day"], name="usage_has_one_row_a_day"
            )
        ]

    def __str__(self) -> str:
        return f"Readings of {self.connection} on {self.day}"


class PerformanceReport(GuardedState, models.Model):
    """A report that a Gateway Party asked for, kept as it was made.

    Args:
        facts: what was worked out, frozen by `connections.usage.frozen`, and how many
            days a change of rate took then, if one could be had.
        readings: the readings of its days as they were then, as CSV.

    Source: R-2.8-9, R-2.8-10.
    """

    reference = models.CharField(max_length=20, unique=True)
    connection = models.ForeignKey(
        Connection, on_delete=models.PROTECT, related_name="reports"
    )
    first_day = models.DateField("from")
    last_day = models.DateField("to")
    note = models.TextField("what it is wanted for", blank=True)
    state = StateField(choices=ReportState, default=ReportState.REQUESTED)
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    requested_at = models.DateTimeField("asked for")
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    answered_at = models.DateTimeField("answered", null=True)
    refusal = models.TextField("why it could not be made", blank=True)
    facts: Any = models.JSONField(default=dict)
    readings = models.OneToOneField(
        Document, null=True, on_delete=models.PROTECT, related_name="+"
    )
    document = models.OneToOneField(
        Document, null=True, on_delete=models.PROTECT, related_name="+"
    )
    rendering_error = models.TextField(blank=True)

    objects = PerformanceReportQuerySet.as_manager()

    class Meta:
        ordering = ["-requested_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["connection"],
                condition=Q(state=ReportState.REQUESTED),
                name="report_is_asked_for_one_at_a_time",
            ),
            models.CheckConstraint(
                name="report_days_are_in_order",
                condition=Q(first_day__lte=models.F("last_day")),
            ),
            models.CheckConstraint(
                name="report_answered_says_when_by_whom_and_what",
                condition=Q(state__in=(ReportState.REQUESTED, ReportState.WITHDRAWN))
                | Q(answered_at__isnull=False, answered_by__isnull=False)
                & (
                    Q(state=ReportState.READY, readings__isnull=False)
                    | Q(state=ReportState.REFUSED) & ~Q(refusal="")
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    def get_absolute_url(self) -> str:
        return reverse("report", args=[self.connection.reference, self.reference])

    @property
    def thread(self) -> str:
        return self.connection.thread

    @property
    def is_ready(self) -> bool:
        return bool(self.state == ReportState.READY)

    @property
    def is_open(self) -> bool:
        return bool(self.state == ReportState.REQUESTED)

    @property
    def days(self) -> int:
        return (self.last_day - self.first_day).days + 1

    @property
    def worked_out(self) -> UsageReport:
        """What it says; asked only of one that is ready."""
        return thawed(self.facts["report"])

    def shown(self, direction: str = "") -> ReportShown:
        """Return one direction as it is shown; first the one that is used more."""
        report = self.worked_out
        return ReportShown(
            report,
            direction or first_direction(report),
            uk_date(cast("datetime", self.answered_at)),
            self.facts["lead_days"],
        )

    @transition(
        state,
        ReportState.REQUESTED,
        ReportState.READY,
        permission=policies.may_answer_report,
        custom={"done": "Performance report made"},
    )
    def answer(
        self,
        *,
        at: datetime,
        answered_by: User,
        facts: dict[str, Any],
        readings: Document,
    ) -> None:
        self.facts, self.readings = facts, readings
        self.answered_by, self.answered_at = answered_by, at

    @transition(
        state,
        ReportState.REQUESTED,
        ReportState.REFUSED,
        permission=policies.may_answer_report,
        custom={"done": "Performance report refused"},
    )
    def refuse(self, *, at: datetime, answered_by: User, refusal: str) -> None:
        self.refusal = refusal
        self.answered_by, self.answered_at = answered_by, at

    @transition(
        state,
        ReportState.REQUESTED,
        ReportState.WITHDRAWN,
        permission=policies.may_request_report,
        custom={"done": "Performance report no longer wanted"},
    )
    def withdraw(self, *, at: datetime) -> None:
        """Nothing was made of it."""
