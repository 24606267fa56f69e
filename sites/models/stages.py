"""What is planned for the stages of an installation, and what holds them up."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from common.wording import day_words
from orders.models import ConnectionRequest
from sites.querysets import OnSiteQuerySet
from sites.states import ChangeCause, DayKind, StageKind


class StageDay(models.Model):
    """A day that was set for a stage, and what moved it there. Rows are only added.

    The day on which a stage was really done is with the stage. Source: R-2.12-1.
    """

    order = models.ForeignKey(
        ConnectionRequest, on_delete=models.PROTECT, related_name="stage_days"
    )
    stage = models.CharField(max_length=10, choices=StageKind)
    kind = models.CharField(max_length=10, choices=DayKind)
    on = models.DateField("day")
    cause = models.CharField("moved by", max_length=12, choices=ChangeCause, blank=True)
    why = models.TextField(blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField()

    objects = OnSiteQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="stage_day_that_moved_says_who_moved_it_and_why",
                condition=Q(cause="", why="") | ~Q(cause="") & ~Q(why=""),
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_stage_display()}: {self.get_kind_display()} {self.on}"

    @property
    def thread(self) -> str:
        return self.order.reference


class StageIssue(models.Model):
    """What was found in a stage and holds it open until it is resolved. R-3.7-4."""

    order = models.ForeignKey(
        ConnectionRequest, on_delete=models.PROTECT, related_name="stage_issues"
    )
    stage = models.CharField(max_length=10, choices=StageKind)
    description = models.TextField()
    found_by = models.CharField("who found it", max_length=200)
    found_on = models.DateField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField()
    resolution = models.TextField(blank=True)
    resolved_on = models.DateField(null=True)
    resolved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    resolved_at = models.DateTimeField(null=True)

    objects = OnSiteQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="issue_resolved_says_how_when_and_by_whom",
                condition=Q(
                    resolution="",
                    resolved_on__isnull=True,
                    resolved_by__isnull=True,
                    resolved_at__isnull=True,
                )
                | ~Q(resolution="")
                & Q(
                    resolved_on__isnull=False,
                    resolved_by__isnull=False,
                    resolved_at__isnull=False,
                    resolved_on__gte=F("found_on"),
                ),
            ),
            models.CheckConstraint(
                name="issue_says_what_and_who_found_it",
                condition=~Q(description="") & ~Q(found_by=""),
            ),
        ]

    def __str__(self) -> str:
        return (
            f"{self.get_stage_display()}, found by {self.found_by} on "
            f"{day_words(self.found_on)}: {self.description}"
        )

    @property
    def thread(self) -> str:
        return self.order.reference

    @property
    def is_open(self) -> bool:
        return self.resolved_on is None
