"""DCC's claim that the visit after one that was not made is charged."""

from datetime import date, datetime
from decimal import Decimal

from django.db import models
from django.db.models import Q
from django_fsm import transition

from common.clock import uk_date
from common.guarded_state import GuardedState, StateField
from common.money import ZERO
from common.wording import day_words
from sites import policies
from sites.errors import DisputeStillOpen, DisputeTooLate
from sites.models.visit import SiteVisit
from sites.querysets import VisitClaimQuerySet
from sites.states import LIVE_CLAIM, ClaimState


class VisitClaim(GuardedState, models.Model):
    """What one visit, not made for reasons of the Party's, may cost its Party.

    The rule opens it with its reasoning. Operations confirms it before any charge
    exists; the Party may dispute it until a day; it is charged once, when the next
    visit took place. Pounds are net of VAT.

    Source: R-2.9.1-10, R-3.5-7, R-3.6-3, T10, T11.
    """

    visit = models.OneToOneField(
        SiteVisit, on_delete=models.PROTECT, related_name="own_claim"
    )
    state = StateField(choices=ClaimState, default=ClaimState.OPEN)
    reasoning = models.TextField("why, as the rule has it")
    opened_at = models.DateTimeField()
    net = models.DecimalField(
        "amount, excluding VAT", max_digits=10, decimal_places=2, null=True
    )
    confirmed_at = models.DateTimeField(null=True, editable=False)
    dispute_until = models.DateField("last day to dispute it", null=True)
    dispute = models.TextField("why it is disputed", blank=True)
    disputed_at = models.DateTimeField(null=True, editable=False)
    decision = models.TextField("why it stands or was dropped", blank=True)
    decided_at = models.DateTimeField(null=True, editable=False)

    objects = VisitClaimQuerySet.as_manager()

    class Meta:
        ordering = ["-opened_at", "-pk"]
        verbose_name = "claim for the next visit"
        verbose_name_plural = "claims for the next visit"
        constraints = [
            models.CheckConstraint(
                name="claim_says_why_it_was_opened", condition=~Q(reasoning="")
            ),
            models.CheckConstraint(
                name="claim_past_confirmation_has_its_amount_and_last_day",
                condition=Q(state__in=[ClaimState.OPEN, ClaimState.DROPPED])
                | Q(
                    net__isnull=False,
                    confirmed_at__isnull=False,
                    dispute_until__isnull=False,
                ),
            ),
            models.CheckConstraint(
                name="claim_amount_is_not_negative",
                condition=Q(net__isnull=True) | Q(net__gte=ZERO),
            ),
            models.CheckConstraint(
                name="claim_disputed_says_why",
                condition=~Q(state__in=[ClaimState.DISPUTED, ClaimState.UPHELD])
                | ~Q(dispute=""),
            ),
            models.CheckConstraint(
                name="claim_decided_says_why",
                condition=~Q(state__in=[ClaimState.UPHELD, ClaimState.DROPPED])
                | ~Q(decision=""),
            ),
        ]

    def __str__(self) -> str:
        return f"Claim for {self.visit}"

    @property
    def thread(self) -> str:
        return self.visit.thread

    @property
    def is_live(self) -> bool:
        return self.state in LIVE_CLAIM

    @property
    def is_dropped(self) -> bool:
        return bool(self.state == ClaimState.DROPPED)

    @property
    def is_charged(self) -> bool:
        return bool(self.state == ClaimState.CHARGED)

    def may_dispute_on(self, day: date) -> bool:
        """Say whether its Party may dispute it on a UK day: the last one included."""
        last = self.dispute_until
        return self.state == ClaimState.CONFIRMED and last is not None and day <= last

    def is_final_on(self, day: date) -> bool:
        """Say whether nothing can be said against it any more on a UK day."""
        if self.state == ClaimState.UPHELD:
            return True
        last = self.dispute_until
        return self.state == ClaimState.CONFIRMED and last is not None and day > last

    @transition(
        state,
        ClaimState.OPEN,
        ClaimState.CONFIRMED,
        permission=policies.may_settle_claim,
        custom={"done": "The next visit is to be charged"},
    )
    def confirm(self, *, at: datetime, net: Decimal, until: date) -> None:
        self.net, self.dispute_until, self.confirmed_at = net, until, at

    @transition(
        state,
        [ClaimState.OPEN, ClaimState.CONFIRMED, ClaimState.DISPUTED],
        ClaimState.DROPPED,
        permission=policies.may_settle_claim,
        custom={"done": "The next visit is free of charge"},
    )
    def drop(self, *, at: datetime, because: str) -> None:
        self.decision, self.decided_at = because, at

    @transition(
        state,
        ClaimState.CONFIRMED,
        ClaimState.DISPUTED,
        permission=policies.may_dispute,
        custom={"done": "The charge for the next visit is disputed"},
    )
    def object_to(self, *, at: datetime, because: str) -> None:
        if not self.may_dispute_on(uk_date(at)):
            raise DisputeTooLate(day=day_words(self.dispute_until))
        self.dispute, self.disputed_at = because, at

    @transition(
        state,
        ClaimState.DISPUTED,
        ClaimState.UPHELD,
        permission=policies.may_settle_claim,
        custom={"done": "The charge for the next visit stands"},
    )
    def uphold(self, *, at: datetime, because: str) -> None:
        self.decision, self.decided_at = because, at

    @transition(
        state,
        [ClaimState.CONFIRMED, ClaimState.UPHELD],
        ClaimState.CHARGED,
        permission=policies.only_the_portal,
        custom={"done": "The visit that had to be made again is charged"},
    )
    def charge(self, *, at: datetime) -> None:
        """Charge it once nothing can be said against it any more."""
        if not self.is_final_on(uk_date(at)):
            raise DisputeStillOpen(day=day_words(self.dispute_until))
