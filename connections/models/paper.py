"""What DCC says of a connection in writing, as it was said."""

from typing import Any

from django.db import models

from connections.models.connection import Connection
from connections.models.period import ContractPeriod
from connections.models.rate_change import RateChange
from connections.querysets import ConnectionPaperQuerySet
from connections.states import PaperKind
from records.models import Document


class ConnectionPaper(models.Model):
    """A letter to a Gateway Party as a PDF: made by a worker, stored once.

    The confirmation of an end, or the renewal notice of a period as it really went.

    Source: R-2.5-9, R-2.10-3.
    """

    connection = models.ForeignKey(
        Connection, on_delete=models.PROTECT, related_name="papers"
    )
    kind = models.CharField(max_length=6, choices=PaperKind)
    # Of a renewal: that whose notice it is, or which the answer ends.
    period = models.ForeignKey(
        ContractPeriod, null=True, on_delete=models.PROTECT, related_name="papers"
    )
    # Whose price it states; one that is priced anew has another paper.
    change = models.ForeignKey(
        RateChange, null=True, on_delete=models.PROTECT, related_name="papers"
    )
    # All that it says, as it was at that moment: nothing recorded later changes it.
    facts: Any = models.JSONField()
    document = models.OneToOneField(
        Document, null=True, on_delete=models.PROTECT, related_name="connection_paper"
    )
    rendering_error = models.TextField(blank=True)
    at = models.DateTimeField()

    objects = ConnectionPaperQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["period"],
                condition=models.Q(kind=PaperKind.NOTICE),
                name="renewal_notice_is_one_paper",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} of {self.connection}"

    @property
    def thread(self) -> str:
        return self.connection.thread
