"""Figures of offers."""

from datetime import date
from decimal import Decimal

from factory.django import DjangoModelFactory

from quotes.models import PriceItem


class PriceItemFactory(DjangoModelFactory):
    class Meta:
        model = PriceItem

    kind = "new_line"
    net = Decimal("120.00")
    from_on = date(2015, 1, 26)
