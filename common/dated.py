"""Rows that hold from a day to a day: one base, one condition, one refusal.

Both days are UK days and included; a row without a last day holds until further notice.
"""

from datetime import date
from typing import Protocol, Self, TypeVar

from django.db import models
from django.db.models import F, Q

from common.errors import DomainError
from common.wording import day_words


class Days(Protocol):
    """Anything that holds from a UK day to a UK day, both included."""

    from_on: date
    until_on: date | None


class EndsBeforeItBegins(DomainError):
    words = "The last day is before the first. Check both dates."


def require_order_of_days(from_on: date, until_on: date | None) -> None:
    """Refuse a last day before the first.

    Raises:
        EndsBeforeItBegins: in words that ask for both dates.
    """
    if until_on is not None and until_on < from_on:
        raise EndsBeforeItBegins


def holds(row: Days, day: date) -> bool:
    return row.from_on <= day <= last_of(row)


def overlap(one: Days, other: Days) -> bool:
    """Say whether there is a day on which both hold."""
    return one.from_on <= last_of(other) and other.from_on <= last_of(one)


def last_of(row: Days) -> date:
    """Return the last day to compare with: that of an open row comes after all."""
    return row.until_on or date.max


def span_words(row: Days) -> str:
    """Return "from 5 March 2026 until 4 March 2027", or without an end."""
    until = f" until {day_words(row.until_on)}" if row.until_on else ""
    return f"from {day_words(row.from_on)}{until}"


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
