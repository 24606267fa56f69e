"""Plans that visitors keep, and the sizes of messages that staff assume."""

from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from django.db import models
from django.db.models import Q
from django.urls import reverse

from common.dated_rows import Dated, ends_after_it_begins
from common.wording import day_words
from orders.models import ConnectionRequest
from orders.states import ConnectionType, Option
from planner.pricing import Price, Range
from planner.querysets import MessageSizeQuerySet, PlanQuerySet
from planner.states import MessageKind


class MessageSize(Dated):
    """How large staff assume a kind of message to be, from a day to a day.

    The guidance names no size, so none is laid down: it is an assumption of DCC's
    staff and shown as one. Source: R-2.8-5, R-2.8-8.
    """

    kind = models.CharField(max_length=20, choices=MessageKind)
    size_bytes = models.PositiveIntegerField("size in bytes")
    source = models.CharField(
        max_length=200,
        help_text="Where the figure comes from: visitors read it beside the figure.",
    )
    objects = MessageSizeQuerySet.as_manager()

    class Meta:
        ordering = ["kind", "from_on"]
        constraints = [
            models.CheckConstraint(
                name="message_size_is_more_than_nothing",
                condition=Q(size_bytes__gt=0),
                violation_error_message="Enter a size of at least 1 byte.",
            ),
            ends_after_it_begins("message_size_ends_after_it_begins"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} from {day_words(self.from_on)}"

    @property
    def thread(self) -> str:
        return "MESSAGE-SIZES"


class Plan(models.Model):
    """What somebody planned, as it was on the day: never changed, without a name."""

    token = models.CharField(max_length=40, unique=True)
    answers = models.JSONField(default=dict)
    prices = models.JSONField(default=dict)
    ceiling_mbps = models.PositiveSmallIntegerField()
    kept_at = models.DateTimeField()
    kept_until_on = models.DateField(db_index=True)
    orders = models.ManyToManyField(ConnectionRequest, related_name="plans")

    objects = PlanQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"Plan of {day_words(self.kept_at)}"

    def get_absolute_url(self) -> str:
        return reverse("plan-saved", args=[self.token])

    @property
    def query(self) -> str:
        """The plan as the query of an address, to change it into another."""
        return urlencode(self.answers, doseq=True)

    @property
    def option(self) -> Option | None:
        chosen = self.answers.get("option")
        return Option(chosen) if chosen else None

    @property
    def prices_then(self) -> dict[ConnectionType, Price]:
        """The indicative prices of the day on which the plan was kept."""
        return {
            ConnectionType(kind): Price(
                *(Range(Decimal(low), Decimal(high)) for low, high in ranges)
            )
            for kind, ranges in self.prices.items()
        }

    @staticmethod
    def written(prices: Any) -> dict[str, list[list[str]]]:
        """Return prices as they are stored: amounts as text, by type."""
        return {
            str(kind): [
                [str(part.low), str(part.high)]
                for part in (price.connection, price.annual)
            ]
            for kind, price in prices.items()
        }
