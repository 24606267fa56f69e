"""How an order waits for a decision about its quotation, and what becomes of it."""

from datetime import date, datetime

from django.db import models
from django_fsm import transition

from orders import policies
from orders.models.end_moves import EndMoves
from orders.states import OrderState


class OfferMoves(EndMoves):
    """The moves of an order that follow those of its quotation."""

    quote_due_on: models.DateField[date | None, date | None]

    class Meta:
        abstract = True

    @transition(
        "state",
        OrderState.ACCEPTED,
        OrderState.QUOTED,
        permission=policies.only_the_portal,
        custom={"done": "Quotation open for a decision"},
    )
    def quote(self, *, at: datetime) -> None:
        """The offer is open; its own clock is the quote's."""

    @transition(
        "state",
        OrderState.QUOTED,
        OrderState.ACCEPTED,
        permission=policies.may_check,
        custom={"done": "Back to desk review: the quotation is to be issued again"},
    )
    def reopen(self, *, at: datetime, quote_due_on: date) -> None:
        self.quote_due_on = quote_due_on

    @transition(
        "state",
        OrderState.QUOTED,
        OrderState.AUTHORISED,
        permission=policies.may_check,
        custom={"done": "Authority to proceed given"},
    )
    def authorise(self, *, at: datetime) -> None:
        """Access is to be arranged next."""

    @transition(
        "state",
        [OrderState.QUOTED, OrderState.SURVEY],
        OrderState.LAPSED,
        permission=policies.only_the_portal,
        custom={"done": "Lapsed: no authority within the time allowed"},
    )
    def lapse(self, *, at: datetime) -> None:
        self.close(at)

    @transition(
        "state",
        OrderState.LAPSED,
        OrderState.QUOTED,
        permission=policies.only_the_portal,
        custom={"done": "Lapse set aside: authority had come in time"},
    )
    def resume_offer(self, *, at: datetime) -> None:
        self.closed_at = None

    @transition(
        "state",
        OrderState.LAPSED,
        OrderState.SURVEY,
        permission=policies.only_the_portal,
        custom={"done": "Lapse set aside: authority had come in time"},
    )
    def resume_survey_offer(self, *, at: datetime) -> None:
        self.closed_at = None

    @transition(
        "state",
        OrderState.QUOTED,
        OrderState.DECLINED,
        permission=policies.may_authorise,
        custom={"done": "Quotation declined"},
    )
    def decline(self, *, at: datetime) -> None:
        self.close(at)

    @transition(
        "state",
        OrderState.LAPSED,
        OrderState.DECLINED,
        permission=policies.may_authorise_late,
        custom={"done": "Lapse set aside: the quotation had been declined in time"},
    )
    def decline_late(self, *, at: datetime) -> None:
        self.close(at)

    @transition(
        "state",
        OrderState.SURVEY,
        OrderState.DECLINED,
        permission=policies.may_authorise,
        custom={"done": "Updated quotation refused"},
    )
    def refuse(self, *, at: datetime) -> None:
        self.close(at)
