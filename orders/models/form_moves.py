"""How a form goes to DCC, comes back with questions, and is accepted or closed."""

from datetime import date, datetime

from django.conf import settings
from django.db import models
from django_fsm import transition

from orders import policies
from orders.models.end_moves import EndMoves
from orders.states import OrderState
from parties.models import User


class FormMoves(EndMoves):
    """What a request keeps of the way of its form, and the moves of that."""

    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    submitted_at = models.DateTimeField(null=True, editable=False)
    returned_at = models.DateTimeField(null=True, editable=False)
    returned_because = models.TextField(blank=True)
    # The last day for an answer, once an e-mail named it; after it the order is closed.
    answer_by = models.DateField(null=True, editable=False)
    accepted_at = models.DateTimeField(null=True, editable=False)
    quote_due_on = models.DateField(null=True, editable=False, db_index=True)

    class Meta:
        abstract = True

    @transition(
        "state",
        [OrderState.DRAFT, OrderState.RETURNED],
        OrderState.SUBMITTED,
        permission=policies.may_fill_in,
        custom={"done": "Request submitted"},
    )
    def submit(self, *, at: datetime, submitter: User, guidance_version: str) -> None:
        self.submitted_at = at
        self.submitted_by = submitter
        self.guidance_version = guidance_version
        self.answer_by = None

    @transition(
        "state",
        OrderState.SUBMITTED,
        OrderState.RETURNED,
        permission=policies.may_clarify,
        custom={"done": "Returned with questions"},
    )
    def return_for_correction(self, *, at: datetime, because: str) -> None:
        self.returned_at = at
        self.returned_because = because

    @transition(
        "state",
        OrderState.SUBMITTED,
        OrderState.ACCEPTED,
        permission=policies.may_check,
        custom={"done": "Form complete: accepted"},
    )
    def accept(self, *, at: datetime, quote_due_on: date) -> None:
        self.accepted_at = at
        self.quote_due_on = quote_due_on

    @transition(
        "state",
        OrderState.ACCEPTED,
        OrderState.UNAVAILABLE,
        permission=policies.may_check,
        custom={"done": "Closed: not available at the site"},
    )
    def close_unavailable(self, *, at: datetime) -> None:
        self.close(at)
