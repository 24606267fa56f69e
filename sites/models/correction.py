"""What was recorded of the work on site and put right afterwards."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from common.clock import uk_time
from common.wording import day_words
from orders.models import ConnectionRequest
from sites.models.visit import SiteVisit
from sites.querysets import CorrectionQuerySet
from sites.states import (
    ANEW,
    VALUE_KIND,
    Correctable,
    Happened,
    ValueKind,
    VisitState,
)

Value = date | datetime | Decimal | bool | str | None


class CircuitOrder(models.Model):
    """That the circuit is ordered with its provider, before it is there. R-1.3-4."""

    order = models.OneToOneField(
        ConnectionRequest, on_delete=models.PROTECT, related_name="circuit_order"
    )
    provider = models.CharField("telecom provider", max_length=100)
    provider_reference = models.CharField(
        "the provider's order reference", max_length=60
    )
    ordered_on = models.DateField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="circuit_order_names_its_provider",
                condition=~Q(provider="") & ~Q(provider_reference=""),
            )
        ]

    def __str__(self) -> str:
        return f"Circuit for {self.order}"

    @property
    def thread(self) -> str:
        return self.order.reference


class Correction(models.Model):
    """That something recorded was wrong: what stood there, what is right, and why.

    The value that is right stands where the wrong one stood; this row keeps both.
    Values are kept as JSON: days and times in ISO 8601, figures as strings, yes and no
    as such; an outcome is a state, or what happened. Rows are only added.

    Source: R-3.6-1, R-3.7-3, R-3.7-4, R-2.9.1-10.
    """

    order = models.ForeignKey(
        ConnectionRequest, on_delete=models.PROTECT, related_name="corrections"
    )
    visit = models.ForeignKey(
        SiteVisit, null=True, on_delete=models.PROTECT, related_name="corrections"
    )
    what = models.CharField(max_length=24, choices=Correctable)
    before: Any = models.JSONField(null=True)
    after: Any = models.JSONField(null=True)
    # What had been recorded with it and no longer holds, in words.
    set_aside = models.TextField(blank=True)
    follows = models.TextField("what followed from it", blank=True)
    why = models.TextField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField()

    objects = CorrectionQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(name="correction_says_why", condition=~Q(why="")),
            models.CheckConstraint(
                name="correction_changes_something", condition=~Q(before=F("after"))
            ),
        ]

    def __str__(self) -> str:
        return f"Correction {self.pk} of {self.order}"

    @property
    def thread(self) -> str:
        return self.order.reference

    @property
    def subject(self) -> str:
        """Return "Circuit installation VIS-1007", or the order."""
        if self.visit is None:
            return "Installation"
        return f"{self.visit.get_purpose_display()} {self.visit}"

    @property
    def before_words(self) -> str:
        return value_words(self.what, read_value(self.what, self.before))

    @property
    def after_words(self) -> str:
        return value_words(self.what, read_value(self.what, self.after))


def kept_value(value: Value) -> str | bool | None:
    """Return a value as it is kept."""
    if value is None or isinstance(value, bool | str):
        return value
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    return value.isoformat()


READ: dict[ValueKind, Any] = {
    ValueKind.DAY: date.fromisoformat,
    ValueKind.MOMENT: datetime.fromisoformat,
    ValueKind.MBPS: Decimal,
}


def read_value(what: str, kept: Any) -> Value:
    """Return a value of the type that its kind has."""
    read = READ.get(VALUE_KIND[Correctable(what)])
    found: Value = kept if kept is None or read is None else read(kept)
    return found


def value_words(what: str, value: Value) -> str:
    """Return a value as people read it."""
    if value is None or value == "":
        return "nothing"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime):
        return uk_time(value)
    if isinstance(value, date):
        return day_words(value)
    if isinstance(value, Decimal):
        return f"{value.normalize():f} Mbps"
    return outcome_words(value) if what == Correctable.OUTCOME else value


def outcome_words(value: str) -> str:
    """Return what an outcome is called: a state, or what kept a visit from the work."""
    if value == ANEW:
        return "to be recorded anew"
    if value in VisitState.values:
        return str(VisitState(value).label).lower()
    label = str(Happened(value).label)
    return f"not made: {label[0].lower()}{label[1:]}"
