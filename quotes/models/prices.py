"""Figures that hold from a day to a day."""

from django.db import models

from orders.states import ConnectionType
from quotes.querysets import PriceQuerySet


class Ballpark(models.Model):
    """An indicative price range, in pounds net of VAT. Source: R-2.9.3-2."""

    connection_type = models.CharField(max_length=2, choices=ConnectionType)
    connection_min = models.DecimalField(max_digits=10, decimal_places=2)
    connection_max = models.DecimalField(max_digits=10, decimal_places=2)
    annual_min = models.DecimalField(max_digits=10, decimal_places=2)
    annual_max = models.DecimalField(max_digits=10, decimal_places=2)
    from_on = models.DateField("from")
    until_on = models.DateField("until", null=True, blank=True)

    objects = PriceQuerySet.as_manager()

    class Meta:
        ordering = ["connection_type", "from_on"]

    def __str__(self) -> str:
        return f"{self.get_connection_type_display()} from {self.from_on}"


class VatRate(models.Model):
    """A rate of VAT in percent, in force from a day to a day."""

    percent = models.DecimalField(max_digits=5, decimal_places=2)
    from_on = models.DateField("from")
    until_on = models.DateField("until", null=True, blank=True)

    objects = PriceQuerySet.as_manager()

    class Meta:
        ordering = ["from_on"]
        verbose_name = "VAT rate"

    def __str__(self) -> str:
        return f"{self.percent}% from {self.from_on}"
