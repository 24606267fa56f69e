"""How a request ends without a quotation: thrown away, put back, withdrawn."""

from datetime import date, datetime
from typing import Any

from django.db import models
from django_fsm import transition

from common.clock import last_day_before
from orders import policies
from orders.deadlines import discard_is_final_at
from orders.states import CLOSED, OrderState

# DCC has the form, and nobody has signed for what it asks.
BEFORE_AUTHORITY = [
    OrderState.SUBMITTED,
    OrderState.RETURNED,
    OrderState.ACCEPTED,
    OrderState.QUOTED,
]


class EndMoves(models.Model):
    """What a request keeps of its end; a draft that was thrown away can come back.

    Args:
        discard_final_at: a UK midnight, from which it cannot be put back; else null.
    """

    closed_at = models.DateTimeField(null=True, editable=False)
    discard_final_at = models.DateTimeField(null=True, editable=False)

    state: Any
    answer_by: Any

    class Meta:
        abstract = True

    @property
    def is_closed(self) -> bool:
        return self.state in CLOSED

    @property
    def restore_last_day(self) -> date | None:
        """Return the last UK day on which it can be put back, if it was thrown away."""
        until = self.discard_final_at
        return last_day_before(until) if until else None

    def may_be_restored(self, now: datetime) -> bool:
        return self.discard_final_at is not None and now < self.discard_final_at

    @property
    def is_unanswered(self) -> bool:
        """Say whether it was closed since nobody had answered by the day told."""
        return bool(self.state == OrderState.WITHDRAWN and self.answer_by)

    def close(self, at: datetime) -> None:
        self.closed_at = at

    @transition(
        "state",
        OrderState.DRAFT,
        OrderState.DISCARDED,
        permission=policies.may_discard,
        custom={"done": "Draft thrown away"},
    )
    def discard(self, *, at: datetime) -> None:
        self.close(at)
        self.discard_final_at = discard_is_final_at(at)

    @transition(
        "state",
        OrderState.DISCARDED,
        OrderState.DRAFT,
        permission=policies.may_discard,
        custom={"done": "Draft put back"},
    )
    def restore(self, *, at: datetime) -> None:
        self.closed_at = self.discard_final_at = None

    @transition(
        "state",
        OrderState.DRAFT,
        OrderState.DISCARDED,
        permission=policies.may_key_in,
        custom={"done": "Set aside by DCC: keyed in by mistake"},
    )
    def set_aside(self, *, at: datetime) -> None:
        """It was keyed in by mistake; nobody puts it back."""
        self.close(at)
        self.discard_final_at = at

    @transition(
        "state",
        BEFORE_AUTHORITY,
        OrderState.WITHDRAWN,
        permission=policies.may_key_in,
        custom={"done": "Set aside by DCC: keyed in by mistake"},
    )
    def set_sent_aside(self, *, at: datetime) -> None:
        self.close(at)
        self.answer_by = None

    @transition(
        "state",
        BEFORE_AUTHORITY,
        OrderState.WITHDRAWN,
        permission=policies.may_withdraw,
        custom={"done": "Withdrawn by the Gateway Party"},
    )
    def withdraw(self, *, at: datetime) -> None:
        self.close(at)
        self.answer_by = None

    @transition(
        "state",
        OrderState.RETURNED,
        OrderState.WITHDRAWN,
        permission=policies.only_the_portal,
        custom={"done": "Closed: its questions were not answered"},
    )
    def close_unanswered(self, *, at: datetime) -> None:
        self.close(at)
