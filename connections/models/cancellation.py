"""A connection that its Party ends on a day of its choice, and what that costs."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Round

from common.money import ZERO
from connections.models.connection import Connection
from connections.querysets import CancellationQuerySet


class Cancellation(models.Model):
    """One cancellation after installation; it cannot be taken back.

    The amount is in pounds, net of VAT, as it was shown and agreed to.

    Source: R-2.10-1, R-2.10-2, R-2.10-3.
    """

    connection = models.OneToOneField(
        Connection, on_delete=models.PROTECT, related_name="cancellation"
    )
    last_day = models.DateField("last day of service")
    committed = models.DecimalField("committed", max_digits=10, decimal_places=2)
    invoiced = models.DecimalField(
        "invoiced by that day", max_digits=10, decimal_places=2
    )
    net = models.DecimalField("charge for ending", max_digits=10, decimal_places=2)
    reason = models.TextField(blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField("cancelled")

    objects = CancellationQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            # SQLite subtracts what it cannot hold exactly, so the rest is rounded.
            models.CheckConstraint(
                name="ending_costs_what_is_not_invoiced",
                condition=Q(net=Round(F("committed") - F("invoiced"), precision=2))
                & Q(net__gte=ZERO),
            )
        ]

    def __str__(self) -> str:
        return f"End of {self.connection}"
