"""Whether a quotation was sent by its day."""

from django.db import models
from django.db.models import Q

from common.wording import day_words
from orders.models import ConnectionRequest


class QuoteTarget(models.Model):
    """A day by which a quotation was to be sent, and whether it was. R-3.3-1.

    A row stands from the moment that the offer went or the day was missed. Taking an
    offer back to issue it anew sets a new day, and so begins a new row.
    """

    order = models.ForeignKey(
        ConnectionRequest, on_delete=models.PROTECT, related_name="quote_targets"
    )
    due_on = models.DateField(db_index=True)
    sent_at = models.DateTimeField(null=True)
    is_met = models.BooleanField()

    class Meta:
        ordering = ["-due_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["order", "due_on"], name="quote_target_one_a_day_of_an_order"
            ),
            models.CheckConstraint(
                name="quote_target_met_was_sent",
                condition=Q(is_met=False) | Q(sent_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"Quotation of {self.order} by {day_words(self.due_on)}"
