"""Figures that hold from a day to a day. What was made with one keeps it."""

from typing import Any, Optional

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q

from common.dated_rows import Dated, ends_after_it_begins
from common.errors import DomainError
from common.money import ZERO, pounds
from common.wording import day_words
from orders.states import ConnectionType
from quotes.deadlines import require_one_a_day
from quotes.querysets import PriceItemQuerySet, PriceQuerySet
from quotes.states import PriceKind

TYPED = (PriceKind.CONNECTION, PriceKind.ANNUAL)
RATED = (*TYPED, PriceKind.HV_UPGRADE)
RATE_STEP = 10


class Figure(Dated):
    """A row of a series, in which one row at most holds on any day.

    `series` names the fields that are alike in a series. A seamless one has a figure
    for every day from its first on.
    """

    series: tuple[str, ...] = ()
    is_seamless = True

    class Meta:
        abstract = True

    @property
    def thread(self) -> str:
        return "PRICES"

    def others(self) -> "models.QuerySet[Any]":
        """Return the other rows of its series."""
        alike = {name: getattr(self, name) for name in self.series}
        rows: models.QuerySet[Any] = models.QuerySet(type(self)).filter(**alike)
        return rows.exclude(pk=self.pk)

    def clean(self) -> None:
        if self.from_on is None:
            return
        try:
            require_one_a_day(self, self.others(), is_seamless=self.is_seamless)
        except DomainError as refusal:
            raise ValidationError(str(refusal)) from refusal


class PriceItem(Figure):
    """One amount of the price list, in pounds net of VAT; an annual one is for a year.

    Staff enter every one: the guidance names ranges only, and none is invented. A wrong
    one is put right by a row that takes its place and names it; the wrong row is never
    changed and is no price of any day.

    Source: R-2.9.1-1, R-2.9.1-2, R-2.6-9, R-2.13-5, T11, T13.
    """

    kind = models.CharField(max_length=20, choices=PriceKind)
    connection_type = models.CharField(max_length=2, choices=ConnectionType, blank=True)
    hv_rating_mbps = models.PositiveSmallIntegerField(
        "HV rating, Mbps",
        null=True,
        blank=True,
        help_text="Empty for a price of every rating",
    )
    net = models.DecimalField(
        "pounds, excluding VAT",
        max_digits=10,
        decimal_places=2,
        validators=[MinValueValidator(ZERO)],
    )
    note = models.CharField(max_length=300, blank=True)
    # Rows that were there before this was kept have neither.
    entered_at = models.DateTimeField(null=True, editable=False)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="+",
    )
    corrects = models.OneToOneField(
        "self",
        null=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="correction",
        verbose_name="in place of",
    )
    why = models.TextField("why it was put right", blank=True, editable=False)

    objects = PriceItemQuerySet.as_manager()
    series = ("kind", "connection_type", "hv_rating_mbps")
    is_seamless = False

    class Meta:
        ordering = ["kind", "connection_type", "hv_rating_mbps", "from_on"]
        constraints = [
            models.CheckConstraint(
                name="price_item_is_not_negative", condition=Q(net__gte=ZERO)
            ),
            ends_after_it_begins("price_item_ends_after_it_begins"),
            models.CheckConstraint(
                name="price_item_is_put_right_with_who_when_and_why",
                condition=Q(corrects__isnull=True)
                | (
                    Q(entered_at__isnull=False)
                    & Q(entered_by__isnull=False)
                    & ~Q(why="")
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.what}, {pounds(self.net)} from {day_words(self.from_on)}"

    @property
    def what(self) -> str:
        """Name what it is the price of: "Annual charge, HV 20 Mbps"."""
        kind = self.connection_type.upper()
        rating = f"{self.hv_rating_mbps} Mbps" if self.hv_rating_mbps else ""
        of = " ".join(filter(None, [kind, rating]))
        return ", ".join(filter(None, [self.get_kind_display(), of]))

    @property
    def successor(self) -> Optional["PriceItem"]:
        """The row that stands in its place, after several corrections the last one."""
        latest: PriceItem | None = getattr(self, "correction", None)
        while latest is not None and hasattr(latest, "correction"):
            latest = latest.correction
        return latest

    def others(self) -> "models.QuerySet[Any]":
        """Return the other rows of its series that stand; not the one it puts right."""
        rows: models.QuerySet[Any] = super().others().filter(correction__isnull=True)
        return rows.exclude(pk=self.corrects_id)

    def clean(self) -> None:
        problems = self.problems()
        if problems:
            raise ValidationError(problems)
        super().clean()

    def problems(self) -> dict[str, str]:
        found = {}
        if self.kind in TYPED and not self.connection_type:
            found["connection_type"] = "Choose the type that this is the price of."
        if self.hv_rating_mbps is None:
            return found
        if self.connection_type == ConnectionType.LV or self.kind not in RATED:
            found["hv_rating_mbps"] = "Only prices of HV have a rating: leave it empty."
        elif self.hv_rating_mbps == 0 or self.hv_rating_mbps % RATE_STEP:
            found["hv_rating_mbps"] = f"Enter a multiple of {RATE_STEP}."
        return found


class Ballpark(Figure):
    """An indicative price range, in pounds net of VAT. Source: R-2.9.3-2."""

    connection_type = models.CharField(max_length=2, choices=ConnectionType)
    connection_min = models.DecimalField(
        "connection charge, lowest", max_digits=10, decimal_places=2
    )
    connection_max = models.DecimalField(
        "connection charge, highest", max_digits=10, decimal_places=2
    )
    annual_min = models.DecimalField(
        "annual charge, lowest", max_digits=10, decimal_places=2
    )
    annual_max = models.DecimalField(
        "annual charge, highest", max_digits=10, decimal_places=2
    )

    objects = PriceQuerySet.as_manager()
    series = ("connection_type",)

    class Meta:
        ordering = ["connection_type", "from_on"]
        constraints = [
            models.CheckConstraint(
                name="ballpark_is_a_range",
                condition=Q(
                    connection_min__gte=ZERO,
                    connection_max__gte=models.F("connection_min"),
                    annual_min__gte=ZERO,
                    annual_max__gte=models.F("annual_min"),
                ),
                violation_error_message="Each range goes from an amount that is not "
                "below 0 to the same or a larger one.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_connection_type_display()} from {day_words(self.from_on)}"


class VatRate(Figure):
    """A rate of VAT in percent, in force from a day to a day. Source: R-2.9.3-4."""

    percent = models.DecimalField(max_digits=5, decimal_places=2)

    objects = PriceQuerySet.as_manager()

    class Meta:
        ordering = ["from_on"]
        verbose_name = "VAT rate"
        constraints = [
            models.CheckConstraint(
                name="vat_rate_is_a_percentage",
                condition=Q(percent__gte=ZERO, percent__lte=100),
                violation_error_message="Enter a percentage from 0 to 100.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.percent}% from {day_words(self.from_on)}"
