"""What the Gateway Party owes, and what allows each amount."""

from typing import TYPE_CHECKING

from django.conf import settings
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

if TYPE_CHECKING:
    from billing.models.invoice import InvoiceLine

# How DCC Billing itemises them on its bills: R-2.9.1-7.
CATEGORY = "Explicit Charges"
# What may allow an amount; exactly one of them does.
CAUSES = (
    "quote_line",
    "period",
    "visit",
    "item_cost",
    "cancellation",
    "rate_change",
    "reverses",
)
# Which one it is, where a kind says so by itself.
CAUSE_OF = {
    ChargeKind.RESCHEDULED_VISIT: "visit",
    ChargeKind.BEFORE_VISIT: "item_cost",
    ChargeKind.RATE_CHANGE: "rate_change",
}
OF_A_QUOTE = (
    ChargeKind.CONNECTION,
    ChargeKind.ANNUAL,
    ChargeKind.NEW_LINE,
    ChargeKind.CIVIL_WORKS,
    ChargeKind.OTHER,
)


def caused_by(*names: str) -> Q:
    """Return the condition that these allow an amount, and nothing else does."""
    return Q(**{f"{cause}__isnull": cause not in names for cause in CAUSES})


def kind_follows_its_cause() -> Q:
    """Return the condition that one thing allows a row, and that its kind says which.

    What an order that never was a connection commits to has its order alone.
    """
    found = caused_by("reverses") & Q(net__lte=ZERO)
    for kind, cause in CAUSE_OF.items():
        found |= caused_by(cause) & Q(kind=kind, net__gte=ZERO)
    ended = Q(kind=ChargeKind.CANCELLATION, net__gt=ZERO)
    found |= ended & (caused_by() | caused_by("cancellation"))
    raised = Q(connection__isnull=False, net__gte=ZERO)
    found |= caused_by("quote_line") & raised & Q(kind__in=OF_A_QUOTE)
    later = Q(kind=ChargeKind.ANNUAL, year__gt=1)
    return found | caused_by("period") & raised & later


def once(name: str, *fields: str, kind: str = "") -> models.UniqueConstraint:
    """Refuse a second charge for the same thing, unless the first was taken back."""
    of_kind = Q(kind=kind, year__gt=1) if kind == ChargeKind.ANNUAL else Q(kind=kind)
    raised = Q(reverses__isnull=True)
    return models.UniqueConstraint(
        fields=[*fields, "attempt"],
        condition=raised & of_kind if kind else raised,
        name=name,
    )


class Charge(models.Model):
    """One row of the ledger: an amount that one Party owes, or one that it does not.

    In pounds, net of VAT. Rows are only ever added: the database refuses the rest. One
    that was wrong is taken back by a row of the opposite amount, which says why; what
    was right instead is another row of the same cause, `attempt` telling them apart.

    Source: R-2.9.1-4, R-2.9.1-5, R-2.9.1-6, R-2.9.1-7, R-2.3-5.
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
    # The UK day whose rate of VAT applies.
    tax_point = models.DateField("tax point")
    quote_line = models.ForeignKey(
        QuoteLine, null=True, on_delete=models.PROTECT, related_name="charges"
    )
    # The renewal that a year is part of: the notice of the period before allows it.
    period = models.ForeignKey(
        ContractPeriod, null=True, on_delete=models.PROTECT, related_name="charges"
    )
    # The visit that had to be made again.
    visit = models.ForeignKey(
        SiteVisit, null=True, on_delete=models.PROTECT, related_name="charges"
    )
    # What an authoriser accepted for something that was needed before a visit.
    item_cost = models.ForeignKey(
        ItemCost, null=True, on_delete=models.PROTECT, related_name="charges"
    )
    # What its Party agreed to when it ended the connection.
    cancellation = models.ForeignKey(
        Cancellation, null=True, on_delete=models.PROTECT, related_name="charges"
    )
    # What an authoriser accepted for a higher rate, or for superfast broadband.
    rate_change = models.ForeignKey(
        RateChange, null=True, on_delete=models.PROTECT, related_name="charges"
    )
    # The charge that this row takes back.
    reverses = models.OneToOneField(
        "self", null=True, on_delete=models.PROTECT, related_name="reversal"
    )
    year = models.PositiveSmallIntegerField("year that it is for", default=1)
    attempt = models.PositiveSmallIntegerField(default=1, editable=False)
    why = models.TextField("what allows it")
    raised_at = models.DateTimeField()
    raised_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = ChargeQuerySet.as_manager()

    class Meta:
        ordering = ["-due_on", "pk"]
        indexes = [
            models.Index(fields=["-due_on", "id"], name="charge_by_day"),
            models.Index(fields=["raised_at", "id"], name="charge_by_time_raised"),
        ]
        constraints = [
            once("charge_once_a_quote_line_and_year", "quote_line", "year"),
            once("charge_once_a_visit", "visit"),
            once("charge_once_an_item_cost", "item_cost"),
            once("charge_once_a_cancellation", "cancellation"),
            once("charge_once_a_rate_change", "rate_change"),
            once(
                "charge_once_a_year_of_a_connection",
                "connection",
                "year",
                kind=ChargeKind.ANNUAL,
            ),
            once(
                "charge_one_cancellation_an_order",
                "order",
                kind=ChargeKind.CANCELLATION,
            ),
            models.CheckConstraint(
                name="charge_says_what_allows_it", condition=~Q(why="")
            ),
            models.CheckConstraint(
                name="charge_follows_one_thing_and_its_kind_says_which",
                condition=kind_follows_its_cause(),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} for {self.order}"

    @property
    def is_taken_back(self) -> bool:
        return hasattr(self, "reversal")

    @property
    def invoice_words(self) -> str:
        """The number of its invoice; empty while it stands on none."""
        line: InvoiceLine | None = getattr(self, "invoice_line", None)
        return line.invoice.reference if line else ""

    @property
    def thread(self) -> str:
        return self.order.reference

    @property
    def category(self) -> str:
        return CATEGORY
