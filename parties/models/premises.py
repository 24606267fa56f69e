"""Where: the data centres of Gateway Parties."""

from django.db import models

from common.look import LookField
from parties.models.register import Party
from parties.querysets import DataCentreQuerySet


def place_words(name: str, town: str) -> str:
    """Return a data centre as lists and files name it."""
    return f"{name}, {town}"


class DataCentre(models.Model):
    """A Party's premises, where a connection can end."""

    party = models.ForeignKey(
        Party, on_delete=models.PROTECT, related_name="data_centres"
    )
    name = models.CharField(max_length=100)
    name_look = LookField(of="name")
    street = models.CharField(max_length=200)
    town = models.CharField(max_length=100)
    postcode = models.CharField(max_length=10)
    owner = models.CharField(max_length=200, blank=True)

    objects = DataCentreQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        indexes = [models.Index(fields=["name", "id"], name="data_centre_by_name")]
        constraints = [
            models.UniqueConstraint(
                fields=["party", "name_look"],
                name="one_data_centre_of_a_name_a_party",
            )
        ]

    def __str__(self) -> str:
        return place_words(self.name, self.town)

    @property
    def address(self) -> str:
        return f"{self.name}, {self.street}, {self.town} {self.postcode}"

    @property
    def thread(self) -> str:
        return self.party.reference
