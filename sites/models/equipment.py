"""What stands in the rack of a site: the catalogue, and each item installed."""

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q

from common.dated_rows import Dated, ends_after_it_begins
from common.wording import day_words
from orders.models import ConnectionRequest
from orders.states import ConnectionType
from sites.querysets import EquipmentTypeQuerySet, OnSiteQuerySet
from sites.states import Slot


class EquipmentType(Dated):
    """What is installed in one slot of a type of connection, from a day to a day.

    Model and version may change, so they are rows and no rule. The first are those that
    the guidance names. Source: R-5.1-1, R-5.1-2, R-5.2-1, R-5.2-2, T22.
    """

    connection_type = models.CharField(max_length=2, choices=ConnectionType)
    slot = models.CharField(max_length=10, choices=Slot)
    model_name = models.CharField("model", max_length=100, blank=True)
    rack_units = models.PositiveSmallIntegerField(
        default=1, validators=[MinValueValidator(1)]
    )

    objects = EquipmentTypeQuerySet.as_manager()

    class Meta:
        ordering = ["connection_type", "slot", "from_on"]
        verbose_name = "type of equipment"
        verbose_name_plural = "types of equipment"
        constraints = [
            models.CheckConstraint(
                name="equipment_type_takes_space", condition=Q(rack_units__gt=0)
            ),
            ends_after_it_begins("equipment_type_ends_after_it_begins"),
        ]

    def __str__(self) -> str:
        kind = self.connection_type.upper()
        return f"{kind}, {self.words}, from {day_words(self.from_on)}"

    @property
    def words(self) -> str:
        model = f", {self.model_name}" if self.model_name else ""
        return f"{self.get_slot_display()}{model}, {self.rack_units}U"

    @property
    def thread(self) -> str:
        return "EQUIPMENT-TYPES"


class InstalledItem(models.Model):
    """One item in the rack of an order's site, until it was taken out.

    What was recorded wrongly, or exchanged, is taken out by the item that replaces it.

    Source: R-5.2-2.
    """

    order = models.ForeignKey(
        ConnectionRequest, on_delete=models.PROTECT, related_name="installed_items"
    )
    slot = models.CharField(max_length=10, choices=Slot)
    model_name = models.CharField("model", max_length=100)
    version = models.CharField(max_length=60, blank=True)
    serial_number = models.CharField(max_length=60)
    position = models.CharField("position in the rack", max_length=100)
    rack_units = models.PositiveSmallIntegerField()
    installed_on = models.DateField()
    removed_on = models.DateField(null=True)
    why_removed = models.TextField(blank=True)
    replaces = models.OneToOneField(
        "self", null=True, on_delete=models.PROTECT, related_name="replacement"
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField()

    objects = OnSiteQuerySet.as_manager()

    class Meta:
        ordering = ["installed_on", "pk"]
        constraints = [
            models.CheckConstraint(
                name="item_is_removed_after_it_was_installed",
                condition=Q(removed_on=None) | Q(removed_on__gte=F("installed_on")),
            ),
            models.CheckConstraint(
                name="item_that_was_removed_says_why",
                condition=Q(removed_on__isnull=True, why_removed="")
                | Q(removed_on__isnull=False) & ~Q(why_removed=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_slot_display()} {self.model_name}, {self.serial_number}"

    @property
    def thread(self) -> str:
        return self.order.reference
