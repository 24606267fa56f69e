"""What the Gateway Party owes, and what allows each amount."""

from django.db import models
from django.db.models import Q

from billing.querysets import ChargeQuerySet
from billing.states import ChargeKind
from common.money import ZERO
from connections.models import Cancellation, Connection, ContractPeriod, RateChange
from orders.models import ConnectionRequest
from parties.models import Party
from quotes.models import QuoteLine
from sites.models import ItemCost, SiteVisit

# How DCC Billing itemises them on its bills: R-2.9.1-7.
CATEGORY = "Explicit Charges"
# What no line of a quotation allows.
WITHOUT_LINE = (
    ChargeKind.CANCELLATION,
    ChargeKind.RESCHEDULED_VISIT,
    ChargeKind.BEFORE_VISIT,
    ChargeKind.RATE_CHANGE,
)


class Charge(models.Model):
    """One amount in pounds net of VAT, due from one Party. Raised once, never changed.

    One that was raised for a wrong day is replaced by another, and stays as it was.

    Source: R-2.9.1-4, R-2.9.1-5, R-2.9.1-7, R-2.3-5.
    """

    order = models.ForeignKey(
        ConnectionRequest, on_delete=models.PROTECT, related_name="charges"
    )
    connection = models.ForeignKey(
        Connection, null=True, on_delete=models.PROTECT, related_name="charges"
    )
    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="charges")
    kind = models.CharField(max_length=20, choices=ChargeKind)
    description = models.CharField(max_length=300)
    net = models.DecimalField("amount, excluding VAT", max_digits=10, decimal_places=2)
    due_on = models.DateField(db_index=True)
    quote_line = models.ForeignKey(
        QuoteLine, null=True, on_delete=models.PROTECT, related_name="charges"
    )
    # The visit that had to be made again.
    visit = models.OneToOneField(
        SiteVisit, null=True, on_delete=models.PROTECT, related_name="charge"
    )
    # What an authoriser accepted for something that was needed before a visit.
    item_cost = models.OneToOneField(
        ItemCost, null=True, on_delete=models.PROTECT, related_name="raised_charge"
    )
    # What its Party agreed to when it ended the connection.
    cancellation = models.OneToOneField(
        Cancellation, null=True, on_delete=models.PROTECT, related_name="charge"
    )
    # What an authoriser accepted for a higher rate, or for superfast broadband.
    rate_change = models.OneToOneField(
        RateChange, null=True, on_delete=models.PROTECT, related_name="charge"
    )
    # The renewal that a year is part of: the notice of the period before allows it.
    period = models.ForeignKey(
        ContractPeriod, null=True, on_delete=models.PROTECT, related_name="charges"
    )
    year = models.PositiveSmallIntegerField("year that it is for", default=1)
    why = models.TextField("what allows it")
    raised_at = models.DateTimeField()
    replaces = models.OneToOneField(
        "self", null=True, on_delete=models.PROTECT, related_name="replacement"
    )
    replaced_at = models.DateTimeField(null=True, editable=False)

    objects = ChargeQuerySet.as_manager()

    class Meta:
        ordering = ["-due_on", "pk"]
        indexes = [models.Index(fields=["-due_on", "id"], name="charge_by_day")]
        constraints = [
            models.UniqueConstraint(
                fields=["quote_line", "year"],
                condition=Q(quote_line__isnull=False, replaced_at__isnull=True),
                name="charge_once_a_quote_line_and_year",
            ),
            models.UniqueConstraint(
                fields=["connection", "year"],
                condition=Q(kind=ChargeKind.ANNUAL, year__gt=1, replaced_at=None),
                name="charge_once_a_year_of_a_connection",
            ),
            models.UniqueConstraint(
                fields=["order"],
                condition=Q(kind=ChargeKind.CANCELLATION),
                name="charge_one_cancellation_an_order",
            ),
            models.CheckConstraint(
                name="charge_is_not_negative", condition=Q(net__gte=ZERO)
            ),
            models.CheckConstraint(
                name="charge_says_what_allows_it", condition=~Q(why="")
            ),
            models.CheckConstraint(
                name="charge_follows_one_thing_and_its_kind_says_which",
                condition=Q(
                    kind=ChargeKind.CANCELLATION,
                    quote_line__isnull=True,
                    visit__isnull=True,
                    item_cost__isnull=True,
                    net__gt=ZERO,
                )
                | Q(
                    kind=ChargeKind.RESCHEDULED_VISIT,
                    quote_line__isnull=True,
                    visit__isnull=False,
                    item_cost__isnull=True,
                )
                | Q(
                    kind=ChargeKind.BEFORE_VISIT,
                    quote_line__isnull=True,
                    visit__isnull=True,
                    item_cost__isnull=False,
                    net__gt=ZERO,
                )
                | Q(
                    kind=ChargeKind.RATE_CHANGE,
                    quote_line__isnull=True,
                    visit__isnull=True,
                    item_cost__isnull=True,
                    rate_change__isnull=False,
                    net__gt=ZERO,
                )
                | Q(
                    kind=ChargeKind.ANNUAL,
                    quote_line__isnull=True,
                    period__isnull=False,
                    year__gt=1,
                    connection__isnull=False,
                    visit__isnull=True,
                    item_cost__isnull=True,
                )
                | ~Q(kind__in=WITHOUT_LINE)
                & Q(
                    quote_line__isnull=False,
                    connection__isnull=False,
                    visit__isnull=True,
                    item_cost__isnull=True,
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} for {self.order}"

    @property
    def thread(self) -> str:
        return self.order.reference

    @property
    def category(self) -> str:
        return CATEGORY
