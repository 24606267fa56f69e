"""What has to be seen to at a site for a connection, and the evidence that it is."""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Q

from orders.models import ConnectionRequest
from orders.states import Option
from records.models import Document
from sites.querysets import DutyQuerySet, EvidenceQuerySet
from sites.states import DutyOwner


class SiteDuty(models.Model):
    """One thing that has to be seen to at a site, by whom, and where that comes from.

    Rows and no rule: what is asked for may change. Those of the guidance come with a
    migration. Source: R-5.2.1-1, R-5.2.2-1.
    """

    code = models.SlugField(unique=True)
    position = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=120)
    words = models.TextField()
    owner = models.CharField("who sees to it", max_length=10, choices=DutyOwner)
    requirement = models.CharField(max_length=12)
    section = models.CharField("section of the guidance", max_length=8)
    # Of pairs alone; empty: of every connection.
    option = models.CharField(max_length=10, choices=Option, blank=True)

    objects = DutyQuerySet.as_manager()

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                name="duty_says_what_and_where_it_comes_from",
                condition=~Q(title="") & ~Q(words="") & ~Q(requirement=""),
            )
        ]

    def __str__(self) -> str:
        return self.title


class DutyEvidence(models.Model):
    """What shows for one order that a thing is seen to. Rows are only added.

    Source: R-5.2.1-1, R-5.2.2-1, R-5.2.2-3.
    """

    order = models.ForeignKey(
        ConnectionRequest, on_delete=models.PROTECT, related_name="duty_evidence"
    )
    duty = models.ForeignKey(
        SiteDuty, on_delete=models.PROTECT, related_name="evidence"
    )
    note = models.TextField(blank=True)
    document = models.OneToOneField(
        Document, null=True, on_delete=models.PROTECT, related_name="for_duty"
    )
    on = models.DateField("day of the evidence")
    valid_until = models.DateField("last day of validity", null=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField()

    objects = EvidenceQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                name="evidence_is_a_note_or_a_document",
                condition=~Q(note="") | Q(document__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return f"Evidence: {self.duty}"

    @property
    def thread(self) -> str:
        return self.order.reference

    def holds_on(self, day: date) -> bool:
        """Say whether it is still valid on a UK day, the last one included."""
        return self.valid_until is None or day <= self.valid_until
