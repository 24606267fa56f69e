"""How an order is surveyed, built and brought into service, or cancelled meanwhile."""

from datetime import datetime

from django.db import models
from django_fsm import transition

from orders import policies
from orders.models.end_moves import EndMoves
from orders.states import OrderState


class SiteMoves(EndMoves):
    """What an order keeps of the work on site, and the moves of that."""

    surveyed_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        abstract = True

    @transition(
        "state",
        OrderState.AUTHORISED,
        OrderState.SURVEY,
        permission=policies.may_work_on_site,
        custom={"done": "Survey begun"},
    )
    def begin_survey(self, *, at: datetime) -> None:
        """Only an indicative quote leads here; the command asks for it."""

    @transition(
        "state",
        OrderState.SURVEY,
        OrderState.UNAVAILABLE,
        permission=policies.may_work_on_site,
        custom={"done": "Closed: the survey found no LV at the site"},
    )
    def close_after_survey(self, *, at: datetime) -> None:
        self.close(at)

    @transition(
        "state",
        [OrderState.AUTHORISED, OrderState.SURVEY],
        OrderState.INSTALL,
        permission=policies.may_work_on_site,
        custom={"done": "Installation begun"},
    )
    def begin_installation(self, *, at: datetime) -> None:
        """Only a firm, accepted quote leads here; the command asks for it."""

    @transition(
        "state",
        OrderState.INSTALL,
        OrderState.CONFIGURING,
        permission=policies.may_check,
        custom={"done": "Installation complete"},
    )
    def complete_installation(self, *, at: datetime) -> None:
        """The connection, its period and its first charges follow by signal."""

    @transition(
        "state",
        OrderState.CONFIGURING,
        OrderState.CONFIGURED,
        permission=policies.may_configure,
        custom={"done": "Configured: in service"},
    )
    def configure(self, *, at: datetime) -> None:
        """In service; what follows is the connection's own story."""

    @transition(
        "state",
        [OrderState.AUTHORISED, OrderState.SURVEY, OrderState.INSTALL],
        OrderState.CANCELLED,
        permission=policies.may_authorise,
        custom={"done": "Cancelled by the Gateway Party"},
    )
    def cancel(self, *, at: datetime) -> None:
        self.close(at)
