"""Who has been at the equipment of a connection: lines that are only ever added."""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from common.clock import uk_time
from common.wording import day_words
from orders.models import ConnectionRequest
from records.models import Document
from sites.querysets import AccessLogQuerySet, LogCopyQuerySet, LogPlaceQuerySet


class AccessEntry(models.Model):
    """One person's physical access to the equipment of an order, from when to when.

    The database refuses to change or remove one; a correction is a new entry that names
    the one it corrects and says why.

    Source: R-5.2.2-2.
    """

    order = models.ForeignKey(
        ConnectionRequest, on_delete=models.PROTECT, related_name="access_entries"
    )
    person = models.CharField(max_length=150)
    company = models.CharField(max_length=150)
    came_at = models.DateTimeField("came in")
    left_at = models.DateTimeField("left", null=True)
    purpose = models.CharField(max_length=300)
    escort = models.CharField("escorted by", max_length=150, blank=True)
    equipment = models.CharField("equipment touched", max_length=300, blank=True)
    corrects = models.OneToOneField(
        "self", null=True, on_delete=models.PROTECT, related_name="correction"
    )
    why = models.TextField("why it was corrected", blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField("recorded")

    objects = AccessLogQuerySet.as_manager()

    class Meta:
        ordering = ["-came_at", "-pk"]
        verbose_name = "entry of an access log"
        verbose_name_plural = "entries of access logs"
        indexes = [
            models.Index(
                fields=["order", "-came_at", "-id"], name="access_log_of_an_order"
            )
        ]
        constraints = [
            models.CheckConstraint(
                name="access_entry_ends_after_it_begins",
                condition=Q(left_at=None) | Q(left_at__gte=F("came_at")),
            ),
            models.CheckConstraint(
                name="access_entry_that_corrects_says_why",
                condition=Q(corrects__isnull=True, why="")
                | Q(corrects__isnull=False) & ~Q(why=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}, {self.company}, {day_words(self.came_at)}"

    @property
    def thread(self) -> str:
        return self.order.reference

    @property
    def corrected_by(self) -> Self | None:
        """The entry that corrects this one, if there is one."""
        return getattr(self, "correction", None)


class AccessLogPlace(models.Model):
    """Where a Party said that it keeps the log; nothing if it is kept here.

    The newest holds, and none is changed. Source: R-5.2.2-3.
    """

    order = models.ForeignKey(
        ConnectionRequest, on_delete=models.PROTECT, related_name="access_log_places"
    )
    where = models.TextField(blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField()

    objects = LogPlaceQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"Access log of {self.order}"

    @property
    def thread(self) -> str:
        return self.order.reference


class AccessLogCopy(models.Model):
    """A log as a PDF, as of one moment: asked for by somebody, made by a worker.

    Source: R-5.2.2-3.
    """

    order = models.ForeignKey(
        ConnectionRequest, on_delete=models.PROTECT, related_name="access_log_copies"
    )
    # As all of it was at that moment: what is recorded later changes no copy.
    facts: Any = models.JSONField()
    document = models.OneToOneField(
        Document, null=True, on_delete=models.PROTECT, related_name="access_log_copy"
    )
    rendering_error = models.TextField(blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField("as of")

    objects = LogCopyQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        verbose_name_plural = "copies of access logs"

    def __str__(self) -> str:
        return f"Access log of {self.order} as of {uk_time(self.at)}"

    @property
    def thread(self) -> str:
        return self.order.reference
