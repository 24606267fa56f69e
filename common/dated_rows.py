"""Rows that hold from a day to a day: one base and one condition.

Both days are UK days and included; a row without a last day holds until further notice.
"""

from datetime import date
from typing import Self, TypeVar

from django.db import models
from django.db.models import F, Q

from common.dated import EndsBeforeItBegins, holds


def holds_on(day: date, path: str = "") -> Q:
    """Return the condition that a dated row, reached by `path`, holds on `day`."""
    later = Q(**{f"{path}until_on__isnull": True}) | Q(**{f"{path}until_on__gte": day})
    return later & Q(**{f"{path}from_on__lte": day})


def ends_after_it_begins(name: str) -> models.CheckConstraint:
    """Return the constraint of a dated model, under the name that its table has."""
    return models.CheckConstraint(
        name=name,
        condition=Q(until_on__isnull=True) | Q(until_on__gte=F("from_on")),
        violation_error_message=EndsBeforeItBegins.words,
    )


Row = TypeVar("Row", bound=models.Model)


class DatedQuerySet(models.QuerySet[Row]):
    def valid_on(self, day: date) -> Self:
        """Keep those that hold on a UK day."""
        return self.filter(holds_on(day))


class Dated(models.Model):
    """The base of models whose rows hold from a day to a day."""

    from_on = models.DateField("from")
    until_on = models.DateField("until", null=True, blank=True)

    class Meta:
        abstract = True

    def holds_on(self, day: date) -> bool:
        return holds(self, day)
