"""What DCC decided about the charges of an RDP's HV connection."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from orders.models import ConnectionRequest
from orders.states import ConnectionType, Route
from quotes.querysets import ChargingDecisionQuerySet


def is_for_dcc_to_decide(order: ConnectionRequest) -> bool:
    """Say whether nothing but a decision of DCC says if the connection is charged.

    The guidance has one LV connection of an RDP free, and is silent about HV.

    Source: T25.
    """
    return order.route == Route.E3 and order.connection_type == ConnectionType.HV


class ChargingDecision(models.Model):
    """Whether one order of an RDP for HV is charged; never changed, the latest counts.

    It is DCC's own decision, and no rule of the guidance.

    Source: T25.
    """

    order = models.ForeignKey(
        ConnectionRequest, on_delete=models.PROTECT, related_name="charging_decisions"
    )
    is_chargeable = models.BooleanField()
    why = models.TextField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField()

    objects = ChargingDecisionQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="charging_decision_says_why", condition=~Q(why="")
            )
        ]

    def __str__(self) -> str:
        return f"{self.order}: {self.words}"

    @property
    def thread(self) -> str:
        return self.order.reference

    @property
    def words(self) -> str:
        return "chargeable" if self.is_chargeable else "free of charge"


def charging_of(order: ConnectionRequest) -> ChargingDecision | None:
    """Return the decision in force for an order, or None. Source: T25."""
    if not is_for_dcc_to_decide(order):
        return None
    return ChargingDecision.objects.filter(order=order).first()
