"""The lines of an offer."""

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q

from common.money import ZERO
from quotes.models.offer import Quote
from quotes.models.prices import PriceItem
from quotes.states import AmountOrigin, ItemKind


class QuoteLine(models.Model):
    """One item of an offer, in pounds net of VAT; an annual one is for one year."""

    quote = models.ForeignKey(Quote, on_delete=models.CASCADE, related_name="lines")
    position = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=20, choices=ItemKind)
    description = models.CharField(max_length=300, blank=True)
    net = models.DecimalField(
        max_digits=10, decimal_places=2, validators=[MinValueValidator(ZERO)]
    )
    origin = models.CharField(
        max_length=12, choices=AmountOrigin, default=AmountOrigin.MANUAL
    )
    price_item = models.ForeignKey(
        PriceItem, null=True, on_delete=models.PROTECT, related_name="lines"
    )
    reason = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                name="quote_line_is_not_negative", condition=Q(net__gte=ZERO)
            )
        ]

    def __str__(self) -> str:
        return self.get_kind_display()
