"""The equipment of a connection that has ended: when it is collected, and was."""

from django.conf import settings
from django.db import models

from connections.models.connection import Connection


class EquipmentCollection(models.Model):
    """How far the collection of the equipment of one connection is.

    Which item left the rack on which day is kept with the item. `collected_on` is the
    UK day on which the last of it was taken away.

    Source: R-2.10-3, R-5.2-2.
    """

    connection = models.OneToOneField(
        Connection, on_delete=models.PROTECT, related_name="collection"
    )
    planned_on = models.DateField("agreed for", null=True)
    collected_on = models.DateField("collected on", null=True)
    note = models.TextField(blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField()

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"Collection of the equipment of {self.connection}"
