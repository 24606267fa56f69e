"""What something that is needed before a visit costs its Party, once accepted."""

from datetime import datetime
from decimal import Decimal

from django.conf import settings
from django.db import models
from django.db.models import Q
from django_fsm import transition

from common.guarded_state import GuardedState, StateField
from common.money import ZERO, pounds, vat_on
from parties.models import User
from sites import policies
from sites.models.access_item import LONGEST, AccessItem
from sites.querysets import ItemCostQuerySet
from sites.states import LIVE_COST, ItemCostState

ACCEPTED_ONCE = (ItemCostState.ACCEPTED, ItemCostState.DUE, ItemCostState.CHARGED)


class ItemCost(GuardedState, models.Model):
    """One amount asked of a Party for one item, and the answer of its authoriser.

    Another amount is another row: what was accepted is never changed. Pounds are net of
    VAT; the rate is that of the UK day on which it was asked.

    Source: R-2.13-5, R-3.5-5.
    """

    item = models.ForeignKey(AccessItem, on_delete=models.PROTECT, related_name="costs")
    state = StateField(choices=ItemCostState, default=ItemCostState.ASKED)
    net = models.DecimalField("amount, excluding VAT", max_digits=10, decimal_places=2)
    vat_percent = models.DecimalField("rate of VAT", max_digits=5, decimal_places=2)
    reason = models.TextField("what it is for")
    prepared_by = models.CharField("who makes or does it", max_length=LONGEST)
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    answered_at = models.DateTimeField(null=True, editable=False)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    # The words to which the authoriser said yes, with the amount in them.
    acknowledged = models.TextField("what was accepted", blank=True)
    why_not = models.TextField("why it was declined or withdrawn", blank=True)

    objects = ItemCostQuerySet.as_manager()

    class Meta:
        ordering = ["item", "pk"]
        verbose_name = "cost before a visit"
        verbose_name_plural = "costs before a visit"
        constraints = [
            models.UniqueConstraint(
                fields=["item"],
                condition=Q(state__in=LIVE_COST),
                name="item_cost_one_asked_or_accepted_an_item",
            ),
            models.CheckConstraint(
                name="item_cost_is_above_nothing", condition=Q(net__gt=ZERO)
            ),
            models.CheckConstraint(
                name="item_cost_says_what_for_and_who_makes_it",
                condition=~Q(reason="") & ~Q(prepared_by=""),
            ),
            models.CheckConstraint(
                name="item_cost_accepted_names_person_time_and_words",
                condition=~Q(state__in=ACCEPTED_ONCE)
                | Q(answered_at__isnull=False, answered_by__isnull=False)
                & ~Q(acknowledged=""),
            ),
            models.CheckConstraint(
                name="item_cost_declined_or_withdrawn_says_why",
                condition=~Q(
                    state__in=[ItemCostState.DECLINED, ItemCostState.WITHDRAWN]
                )
                | ~Q(why_not=""),
            ),
        ]

    def __str__(self) -> str:
        return f"Cost of “{self.item}”"

    @property
    def thread(self) -> str:
        return self.item.thread

    @property
    def is_asked(self) -> bool:
        return bool(self.state == ItemCostState.ASKED)

    @property
    def is_accepted(self) -> bool:
        return bool(self.state == ItemCostState.ACCEPTED)

    @property
    def is_due(self) -> bool:
        return bool(self.state == ItemCostState.DUE)

    @property
    def is_over(self) -> bool:
        """Whether DCC has to say anew what its item costs, or that it costs nothing."""
        return self.state in (ItemCostState.DECLINED, ItemCostState.WITHDRAWN)

    @property
    def gross(self) -> Decimal:
        """Return the pounds including VAT."""
        return self.net + vat_on(self.net, self.vat_percent)

    @property
    def amount_words(self) -> str:
        return f"{pounds(self.net)} excluding VAT, {pounds(self.gross)} including it"

    @property
    def to_acknowledge(self) -> str:
        """Return the words that an authoriser says yes to. Source: R-2.13-5."""
        return (
            f"{self.item.order.party} is charged {self.amount_words}, for "
            f"“{self.item}” once it is done. {self.prepared_by} makes or does it. "
            f"{self.reason}"
        )

    @transition(
        state,
        ItemCostState.ASKED,
        ItemCostState.ACCEPTED,
        permission=policies.may_answer_cost,
        custom={"done": "Cost before a visit accepted"},
    )
    def accept(self, *, at: datetime, person: User) -> None:
        self.answered_at, self.answered_by = at, person
        self.acknowledged = self.to_acknowledge

    @transition(
        state,
        ItemCostState.ASKED,
        ItemCostState.DECLINED,
        permission=policies.may_answer_cost,
        custom={"done": "Cost before a visit declined"},
    )
    def decline(self, *, at: datetime, person: User, because: str) -> None:
        self.answered_at, self.answered_by, self.why_not = at, person, because

    @transition(
        state,
        [ItemCostState.ASKED, ItemCostState.ACCEPTED, ItemCostState.DECLINED],
        ItemCostState.WITHDRAWN,
        permission=policies.may_price_item,
        custom={"done": "Cost before a visit withdrawn"},
    )
    def withdraw(self, *, at: datetime, because: str) -> None:
        self.why_not = because

    @transition(
        state,
        ItemCostState.ACCEPTED,
        ItemCostState.DUE,
        permission=policies.only_the_portal,
        custom={"done": "What was accepted before a visit is done"},
    )
    def fall_due(self, *, at: datetime) -> None:
        pass

    @transition(
        state,
        ItemCostState.DUE,
        ItemCostState.CHARGED,
        permission=policies.only_the_portal,
        custom={"done": "What was accepted before a visit is charged"},
    )
    def charge(self, *, at: datetime) -> None:
        pass
