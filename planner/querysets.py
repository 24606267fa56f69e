from datetime import date
from typing import TYPE_CHECKING, Any, Self

from django.db import models

from common.dated_rows import DatedQuerySet
from orders.states import ConnectionType
from planner.pricing import Price, Range
from quotes.models import Ballpark

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from parties.models import User
    from planner.models import MessageSize, Plan


class PlanQuerySet(models.QuerySet["Plan"]):
    def visible_to(self, user: "User | AnonymousUser") -> Self:
        """Keep all: who has a plan's address may read it, signed in or not.

        A plan holds figures and choices and nothing of a person, and its address
        cannot be guessed.
        """
        return self

    def locked(self) -> Self:
        return self.select_for_update(of=("self",), no_key=True)

    def unused_until(self, day: date) -> Self:
        """Keep those that no request came of, and whose last day is before `day`."""
        return self.filter(orders=None, kept_until_on__lt=day)


class MessageSizeQuerySet(DatedQuerySet["MessageSize"]):
    def by_kind(self, day: date) -> dict[str, Any]:
        """Return the assumption in force on a UK day for each kind that has one."""
        return {row.kind: row for row in self.valid_on(day).order_by("from_on")}


def prices_on(day: date) -> dict[ConnectionType, Price]:
    """Return the indicative prices in force on a UK day. Source: R-2.9.3-2."""
    return {
        ConnectionType(row.connection_type): Price(
            Range(row.connection_min, row.connection_max),
            Range(row.annual_min, row.annual_max),
        )
        for row in Ballpark.objects.valid_on(day).order_by("from_on")
    }
