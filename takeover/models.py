"""The files that were taken over, and what each of their lines became."""

from typing import Any

from django.conf import settings
from django.db import models

from common.look import LookField
from records.models import Document
from takeover.states import FileKind, FileState


class TakenFile(models.Model):
    """One file: checked first, and taken over as a whole once somebody confirmed it.

    Args:
        faults: what is wrong as [line, column, why], the first of them; all are counted
            in `fault_count`.
        new, same: how many of its lines are new, and how many were taken over before.
    """

    kind = models.CharField(max_length=20, choices=FileKind)
    document = models.OneToOneField(
        Document, on_delete=models.PROTECT, related_name="taken_file"
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField("handed in")
    checked_at = models.DateTimeField(null=True, editable=False)
    faults: Any = models.JSONField(default=list, editable=False)
    fault_count = models.PositiveIntegerField(default=0, editable=False)
    new = models.PositiveIntegerField("new lines", default=0, editable=False)
    same = models.PositiveIntegerField("known lines", default=0, editable=False)
    confirmed_at = models.DateTimeField(null=True, editable=False)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    done_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name = "file taken over"
        verbose_name_plural = "files taken over"

    def __str__(self) -> str:
        return self.document.name

    @property
    def thread(self) -> str:
        return f"TAKEN-{self.pk}"

    @property
    def lines(self) -> int:
        return self.new + self.same

    @property
    def is_under_way(self) -> bool:
        return self.state in (FileState.CHECKING, FileState.WRITING)

    @property
    def state(self) -> FileState:
        """Say how far it is; its times and counts say it."""
        ends = (
            (self.done_at, FileState.DONE),
            (self.checked_at is None, FileState.CHECKING),
            (self.fault_count, FileState.FAULTY),
            (self.confirmed_at, FileState.WRITING),
            (self.new, FileState.READY),
        )
        return next((state for is_so, state in ends if is_so), FileState.UNCHANGED)


class TakenLine(models.Model):
    """What one line of a file became. Only ever added, so that nothing comes twice.

    Args:
        reference: by which what is taken over was known before.
        subject_pk: of the Party, person, data centre, connection or order.
        thread: under which the portal keeps it, such as ORD-1042.
    """

    kind = models.CharField(max_length=20, choices=FileKind)
    reference = models.CharField(max_length=200)
    reference_look = LookField(of="reference")
    file = models.ForeignKey(
        TakenFile, on_delete=models.PROTECT, related_name="taken_lines"
    )
    number = models.PositiveIntegerField("line")
    cells: Any = models.JSONField()
    subject_pk = models.PositiveBigIntegerField()
    thread = models.CharField(max_length=40)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "reference_look"], name="taken_line_once_a_reference"
            )
        ]

    def __str__(self) -> str:
        return f"{self.reference}, now {self.thread}"
