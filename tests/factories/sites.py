from datetime import date
from decimal import Decimal

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from sites.models import AccessItem, DamageReport, EquipmentType, ItemCost
from sites.states import Slot
from tests.factories.parties import LONG_AGO


class AccessItemFactory(DjangoModelFactory[AccessItem]):
    """Something that the Party sees to, the first of its order."""

    class Meta:
        model = AccessItem

    number = 1
    kind = "other"
    what = "Key card"
    owner = "party"
    due_on = date(2026, 3, 10)
    opened_at = factory.LazyFunction(timezone.now)


class ItemCostFactory(DjangoModelFactory[ItemCost]):
    """£420.00 excluding VAT, asked of the Party."""

    class Meta:
        model = ItemCost

    net = Decimal(420)
    vat_percent = Decimal(20)
    reason = "Its own form"
    prepared_by = "Gamma"
    asked_at = factory.LazyFunction(timezone.now)


class DamageReportFactory(DjangoModelFactory[DamageReport]):
    """Closed: nothing is owed of it."""

    class Meta:
        model = DamageReport

    reference = factory.Sequence(lambda n: f"DAM-{n + 5001}")
    happened_at = factory.LazyFunction(timezone.now)
    place = "Rack D4"
    description = "A cable was torn out"
    state = "closed"
    outcome = "Put back"
    at = factory.LazyFunction(timezone.now)
    closed_at = factory.LazyFunction(timezone.now)


class EquipmentTypeFactory(DjangoModelFactory):
    class Meta:
        model = EquipmentType

    connection_type = "hv"
    slot = Slot.SWITCH
    model_name = factory.Sequence(lambda n: f"Switch {n}")
    from_on = LONG_AGO
