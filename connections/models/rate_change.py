"""What changes in an installed connection and what that costs.

Another rate, another kind of broadband, or a use with which it is free no longer.
"""

from datetime import date, datetime
from decimal import Decimal

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django_fsm import transition

from common.clock import uk_date
from common.guarded_state import GuardedState, StateField
from common.money import ZERO, pounds, vat_on
from connections import policies
from connections.deadlines import rate_change_target
from connections.models.conditions import (
    is_charged,
    is_checked,
    is_not_charged,
    is_not_of_use,
    is_of_use,
    waits_for_check,
)
from connections.models.connection import Connection
from connections.querysets import RateChangeQuerySet
from connections.states import CHANGE_IS_OVER, RateChangeKind, RateChangeState
from parties.models import User
from records.models import Document

OPEN = [
    RateChangeState.REQUESTED,
    RateChangeState.PRICED,
    RateChangeState.ACCEPTED,
    RateChangeState.SCHEDULED,
]
COMMITTED = [RateChangeState.ACCEPTED, RateChangeState.SCHEDULED, RateChangeState.DONE]


class RateChange(GuardedState, models.Model):
    """One change that a Party asks for; those that are done are the history of a rate.

    Amounts are in pounds, net of VAT. `net` is charged once, when it is done, and holds
    what the running year costs more; `annual_net` is what a year costs from then on: of
    a lower rate, from the renewal.

    One that makes a free connection chargeable follows from its use, which `use` says.
    It takes effect when its charge is accepted; until then nothing is charged, and the
    price stays owed: who declines it is asked anew.

    Source: R-2.6-10, R-2.6-11, R-2.7.1-2, R-2.7.2-2, R-2.9.2-3, R-2.10-4, T2, T13.
    """

    connection = models.ForeignKey(
        Connection, on_delete=models.PROTECT, related_name="rate_changes"
    )
    kind = models.CharField(max_length=10, choices=RateChangeKind)
    use = models.TextField("what makes it chargeable", blank=True)
    from_mbps = models.PositiveSmallIntegerField(null=True)
    to_mbps = models.PositiveSmallIntegerField(null=True)
    state = StateField(choices=RateChangeState, default=RateChangeState.REQUESTED)
    requested_at = models.DateTimeField()
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    net = models.DecimalField("charge", max_digits=10, decimal_places=2, null=True)
    annual_net = models.DecimalField(
        "annual charge afterwards", max_digits=10, decimal_places=2, null=True
    )
    vat_percent = models.DecimalField(max_digits=5, decimal_places=2, null=True)
    reason = models.TextField("what the charge is for", blank=True)
    priced_at = models.DateTimeField(null=True, editable=False)
    answered_at = models.DateTimeField(null=True, editable=False)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    # The words to which the authoriser said yes, with the amounts in them.
    acknowledged = models.TextField("what was accepted", blank=True)
    # What came back signed, and who of DCC found that the signature has effect (T27).
    signed = models.ForeignKey(
        Document, null=True, on_delete=models.PROTECT, related_name="+"
    )
    checked_at = models.DateTimeField(null=True, editable=False)
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    target_on = models.DateField("to be done by", null=True, editable=False)
    planned_on = models.DateField("planned for", null=True)
    done_on = models.DateField("done on", null=True)
    why_not = models.TextField("why it was refused or withdrawn", blank=True)

    objects = RateChangeQuerySet.as_manager()

    class Meta:
        ordering = ["connection", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["connection"],
                condition=Q(state__in=OPEN),
                name="rate_change_one_open_a_connection",
            ),
            models.CheckConstraint(
                name="rate_change_goes_the_way_it_says",
                condition=Q(
                    kind=RateChangeKind.UP,
                    from_mbps__isnull=False,
                    to_mbps__isnull=False,
                    to_mbps__gt=F("from_mbps"),
                )
                | Q(
                    kind=RateChangeKind.DOWN,
                    from_mbps__isnull=False,
                    to_mbps__isnull=False,
                    to_mbps__lt=F("from_mbps"),
                    to_mbps__gt=0,
                )
                | Q(
                    kind=RateChangeKind.SUPERFAST,
                    from_mbps__isnull=True,
                    to_mbps__isnull=True,
                )
                | Q(
                    kind=RateChangeKind.CHARGEABLE,
                    from_mbps__isnull=True,
                    to_mbps__isnull=True,
                )
                & ~Q(use=""),
            ),
            models.CheckConstraint(
                name="rate_change_is_accepted_before_it_is_made",
                condition=Q(kind=RateChangeKind.DOWN)
                | ~Q(state__in=COMMITTED)
                | Q(
                    answered_at__isnull=False,
                    answered_by__isnull=False,
                    net__isnull=False,
                )
                & ~Q(acknowledged=""),
            ),
            models.CheckConstraint(
                name="rate_change_that_is_done_has_its_day",
                condition=Q(state=RateChangeState.DONE, done_on__isnull=False)
                | ~Q(state=RateChangeState.DONE) & Q(done_on__isnull=True),
            ),
            models.CheckConstraint(
                name="rate_change_charges_are_not_negative",
                condition=(Q(net__isnull=True) | Q(net__gte=ZERO))
                & (Q(annual_net__isnull=True) | Q(annual_net__gte=ZERO)),
            ),
        ]

    def __str__(self) -> str:
        return f"Change {self.way}"

    @property
    def way(self) -> str:
        """Return what it leads to: "from 20 to 50 Mbps"."""
        if self.kind == RateChangeKind.SUPERFAST:
            return "to superfast broadband"
        if self.makes_chargeable:
            return "from free of charge to chargeable"
        return f"from {self.from_mbps} to {self.to_mbps} Mbps"

    @property
    def charged_as(self) -> str:
        """Return what its charge is called: "Change from 20 to 50 Mbps of CON-1001"."""
        if self.makes_chargeable:
            return f"{self.connection}, which is free of charge no longer"
        return f"{self} of {self.connection}"

    @property
    def thread(self) -> str:
        return self.connection.thread

    @property
    def is_open(self) -> bool:
        return self.state not in CHANGE_IS_OVER

    @property
    def is_priced(self) -> bool:
        return bool(self.state == RateChangeState.PRICED)

    @property
    def is_to_check(self) -> bool:
        """Whether DCC has still to check who accepted it. Source: R-2.11-4, T27."""
        return self.state == RateChangeState.ACCEPTED and self.checked_at is None

    @property
    def reference(self) -> str:
        """What its quotation is called: "CON-1001-C7"."""
        return f"{self.connection.reference}-C{self.pk}"

    @property
    def is_done(self) -> bool:
        return bool(self.state == RateChangeState.DONE)

    @property
    def is_priced_first(self) -> bool:
        """Whether its charge is accepted before it is made. Source: R-2.7.2-2."""
        return bool(self.kind != RateChangeKind.DOWN)

    @property
    def makes_chargeable(self) -> bool:
        """Whether a use brought it about that is not free. Source: R-2.9.2-3, T2."""
        return bool(self.kind == RateChangeKind.CHARGEABLE)

    @property
    def counts_as_charged(self) -> bool:
        """Whether it is charged for its use, or DCC is asked what that costs."""
        return self.makes_chargeable and (self.is_open or self.is_done)

    @property
    def may_be_withdrawn(self) -> bool:
        """Whether its Party can take it back or decline it: nothing is accepted yet."""
        if self.makes_chargeable:
            return self.is_priced
        return self.state in (
            RateChangeState.REQUESTED,
            RateChangeState.PRICED,
        )

    @property
    def gross(self) -> Decimal:
        net = self.net or ZERO
        return net + vat_on(net, self.vat_percent or ZERO)

    @property
    def amount_words(self) -> str:
        net = self.net or ZERO
        return f"{pounds(net)} excluding VAT, {pounds(self.gross)} including it"

    @property
    def to_acknowledge(self) -> str:
        """Return the words that an authoriser says yes to.

        Source: R-2.7.2-2, R-2.9.2-3.
        """
        after = pounds(self.annual_net or ZERO)
        if self.makes_chargeable:
            return (
                f"{self.connection.party} is charged {self.amount_words}, once, now: "
                f"{self.connection} is not for registration data alone any more. A "
                f"year of it costs {after} excluding VAT from its next year on, in "
                f"advance. {self.reason}"
            )
        return (
            f"{self.connection.party} is charged {self.amount_words}, once "
            f"{self.connection} is changed {self.way}. A year of it costs {after} "
            f"excluding VAT from the next year of the contract. {self.reason}"
        )

    @transition(
        state,
        RateChangeState.REQUESTED,
        RateChangeState.PRICED,
        conditions=[is_charged],
        permission=policies.may_make_change,
        custom={"done": "Rate change priced"},
    )
    def price(
        self,
        *,
        at: datetime,
        net: Decimal,
        annual_net: Decimal,
        vat_percent: Decimal,
        reason: str,
    ) -> None:
        self.net, self.annual_net, self.vat_percent = net, annual_net, vat_percent
        self.priced_at, self.reason, self.why_not = at, reason, ""

    @transition(
        state,
        RateChangeState.PRICED,
        RateChangeState.ACCEPTED,
        permission=policies.may_accept_change,
        custom={"done": "Rate change accepted"},
    )
    def accept(self, *, at: datetime, person: User, signed: Document | None) -> None:
        """It counts from now, although DCC checks the signature later. R-2.11-5."""
        self.answered_at, self.answered_by, self.signed = at, person, signed
        self.checked_at = self.checked_by = None
        self.acknowledged = self.to_acknowledge
        if not self.makes_chargeable:
            self.target_on = rate_change_target(uk_date(at))

    @transition(
        state,
        RateChangeState.ACCEPTED,
        RateChangeState.DONE,
        conditions=[is_of_use, is_checked],
        permission=policies.only_the_portal,
        custom={"done": "Chargeable as accepted"},
    )
    def take_effect(self, *, at: datetime) -> None:
        """Nothing has to be made: it is charged from its acceptance. R-2.9.2-3."""
        self.done_on = uk_date(self.answered_at or at)

    @transition(
        state,
        RateChangeState.ACCEPTED,
        RateChangeState.PRICED,
        conditions=[waits_for_check],
        permission=policies.may_make_change,
        custom={"done": "Acceptance of a rate change has no effect"},
    )
    def turn_down(self, *, at: datetime) -> None:
        """The price stands, and somebody who may accepts it anew. R-2.11-4."""
        self.answered_at = self.answered_by = self.signed = self.target_on = None
        self.acknowledged = ""

    @transition(
        state,
        RateChangeState.PRICED,
        RateChangeState.REQUESTED,
        conditions=[is_of_use],
        permission=policies.may_accept_change,
        custom={"done": "Charge declined: DCC looks at it again"},
    )
    def decline(self, *, at: datetime, because: str) -> None:
        """The use goes on, so its price stays owed. Source: R-2.9.2-3, T2."""
        self.net = self.annual_net = self.vat_percent = self.priced_at = None
        self.reason, self.why_not = "", because

    @transition(
        state,
        [RateChangeState.ACCEPTED, RateChangeState.SCHEDULED],
        RateChangeState.SCHEDULED,
        conditions=[is_checked],
        permission=policies.may_make_change,
        custom={"done": "Rate change scheduled"},
    )
    def schedule(self, *, at: datetime, on: date) -> None:
        self.planned_on = on

    @transition(
        state,
        RateChangeState.REQUESTED,
        RateChangeState.SCHEDULED,
        conditions=[is_not_charged],
        permission=policies.may_make_change,
        custom={"done": "Rate change scheduled"},
    )
    def schedule_lower(
        self, *, at: datetime, on: date, annual_net: Decimal | None
    ) -> None:
        """Nothing is charged for a lower rate, and nothing paid back. Source: T13."""
        self.planned_on, self.annual_net = on, annual_net

    @transition(
        state,
        RateChangeState.SCHEDULED,
        RateChangeState.DONE,
        permission=policies.may_make_change,
        custom={"done": "Rate change done"},
    )
    def complete(self, *, at: datetime, on: date) -> None:
        self.done_on = on

    @transition(
        state,
        OPEN,
        RateChangeState.REFUSED,
        permission=policies.may_make_change,
        custom={"done": "Rate change refused"},
    )
    def refuse(self, *, at: datetime, because: str) -> None:
        self.why_not = because

    @transition(
        state,
        [RateChangeState.REQUESTED, RateChangeState.PRICED],
        RateChangeState.WITHDRAWN,
        conditions=[is_not_of_use],
        permission=policies.may_withdraw_change,
        custom={"done": "Rate change withdrawn"},
    )
    def withdraw(self, *, at: datetime, because: str) -> None:
        self.why_not = because

    @transition(
        state,
        OPEN,
        RateChangeState.WITHDRAWN,
        permission=policies.only_the_portal,
        custom={"done": "Rate change dropped: the connection ends"},
    )
    def drop(self, *, at: datetime, because: str) -> None:
        self.why_not = because
