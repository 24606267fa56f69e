"""The periods of a contract, one after the other, and how each ends."""

from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from common.clock import MONTHS_A_YEAR, uk_date
from common.money import ZERO
from common.wording import day_words, months_words, years_words
from connections.models.connection import Connection
from connections.querysets import ContractPeriodQuerySet, RenewalAnswerQuerySet
from connections.states import RenewalChoice, RenewalOutcome
from records.behalf import How

if TYPE_CHECKING:
    from connections.models.rate_change import RateChange


def said_since(day: date, changes: "Iterable[RateChange]") -> Decimal | None:
    """Return what a year costs by the last change since a UK day; None without."""
    said = [
        row.annual_net
        for row in changes
        if row.is_done and row.annual_net is not None
        if row.done_on is not None and row.done_on >= day
    ]
    return said[-1] if said else None


class ContractPeriod(models.Model):
    """A period of the contract, with the clock of its renewal. None for an RDP.

    The first is the minimum period; each renewal is another one. Their days are counted
    in months from the day of completion, never from each other's. Amounts are in pounds
    a year, net of VAT.

    Source: R-2.5-1, R-2.5-2, R-2.5-4, R-2.5-9.
    """

    connection = models.ForeignKey(
        Connection, on_delete=models.PROTECT, related_name="periods"
    )
    number = models.PositiveSmallIntegerField(default=1)
    # Of the contract, when it begins: 0 for the minimum period.
    from_month = models.PositiveSmallIntegerField(default=0)
    months = models.PositiveSmallIntegerField()
    starts_on = models.DateField()
    last_day = models.DateField()
    annual_net = models.DecimalField("annual charge", max_digits=10, decimal_places=2)
    renewal_due_on = models.DateField("renewal notice due on", db_index=True)
    renewal_net = models.DecimalField(
        "annual charge on renewal", max_digits=10, decimal_places=2, null=True
    )
    notice_at = models.DateTimeField("renewal notice owed at", null=True)
    delivered_at = models.DateTimeField("renewal notice delivered at", null=True)
    window_last_day = models.DateField("last day to cancel free of charge", null=True)
    outcome = models.CharField(max_length=8, choices=RenewalOutcome, blank=True)
    settled_at = models.DateTimeField(null=True)

    objects = ContractPeriodQuerySet.as_manager()

    class Meta:
        # What the register of the desk is called, which lists them by their notices.
        verbose_name_plural = "renewals by month"
        ordering = ["connection", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["connection", "number"], name="period_number_is_unique"
            ),
            models.CheckConstraint(
                name="period_ends_after_it_begins",
                condition=Q(last_day__gt=F("starts_on")),
            ),
            models.CheckConstraint(
                name="period_notice_is_due_within_it",
                condition=Q(renewal_due_on__gt=F("starts_on"))
                & Q(renewal_due_on__lte=F("last_day")),
            ),
            models.CheckConstraint(
                name="period_charges_are_not_negative",
                condition=Q(annual_net__gte=ZERO)
                & (Q(renewal_net__isnull=True) | Q(renewal_net__gte=ZERO)),
            ),
            models.CheckConstraint(
                name="period_notice_states_its_charge_and_window",
                condition=Q(
                    notice_at__isnull=True,
                    delivered_at__isnull=True,
                    window_last_day__isnull=True,
                )
                | Q(
                    notice_at__isnull=False,
                    renewal_net__isnull=False,
                    window_last_day__isnull=False,
                ),
            ),
            models.CheckConstraint(
                name="period_is_settled_after_its_notice",
                condition=Q(outcome="", settled_at__isnull=True)
                | ~Q(outcome="") & Q(settled_at__isnull=False, notice_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"Contract period {self.number} of {self.connection}"

    @property
    def notice_on(self) -> date | None:
        """The UK day on which the renewal notice went, or is on its way since."""
        went_at = self.delivered_at or self.notice_at
        return uk_date(went_at) if went_at else None

    @property
    def thread(self) -> str:
        return self.connection.order.reference

    @property
    def is_first(self) -> bool:
        """Whether it is the minimum period."""
        return self.number == 1

    @property
    def stated_net(self) -> Decimal | None:
        """The annual charge that its notice states; None while none has gone."""
        return self.renewal_net if self.notice_at else None

    @property
    def net_after_changes(self) -> Decimal:
        """Return what a year costs after the rate changes that were made in it.

        In pounds, net of VAT. A lower rate costs less from the renewal only.

        Source: R-2.7.2-2, T13.
        """
        return self.net_after(self.connection.rate_changes.all())

    def net_after(self, changes: "Iterable[RateChange]") -> Decimal:
        """Return the same of some changes of its connection, in their order."""
        said = said_since(self.starts_on, changes)
        return self.annual_net if said is None else said

    @property
    def net_on_renewal(self) -> Decimal:
        """Return what a year costs from the next period on, as far as is known.

        What the notice stated; a change that was made since then was accepted later,
        and the notice did not know of it. In pounds, net of VAT.

        Source: R-2.5-5, R-2.7.2-2, T13.
        """
        return self.renewed_net(self.connection.rate_changes.all())

    def renewed_net(self, changes: "Iterable[RateChange]") -> Decimal:
        """Return the same of some changes of its connection, in their order."""
        begun = self.next_begins_on
        by_then = [row for row in changes if row.done_on and row.done_on < begun]
        stated, told_on = self.stated_net, self.notice_on
        if stated is None or told_on is None:
            return self.net_after(by_then)
        said = said_since(told_on, by_then)
        return stated if said is None else said

    def holds_on(self, day: date) -> bool:
        """Whether a UK day lies in it."""
        return self.starts_on <= day <= self.last_day

    @property
    def next_begins_on(self) -> date:
        return self.last_day + timedelta(days=1)

    @property
    def length(self) -> str:
        """How long it is, in words: "3 years" or "12 months"."""
        years, rest = divmod(self.months, MONTHS_A_YEAR)
        is_years = self.is_first and not rest
        return years_words(years) if is_years else months_words(self.months)

    def is_free_to_leave(self, day: date) -> bool:
        """Say whether ending the connection costs nothing if that is said on `day`.

        From the day of the notice to the last day of its month; and while a notice that
        is due has not gone (T5).

        Args:
            day: of the UK.

        Source: R-2.5-6, T5.
        """
        if self.window_last_day is not None and self.notice_on is not None:
            return self.notice_on <= day <= self.window_last_day
        return day > self.renewal_due_on

    def may_be_reminded_of(self, day: date) -> bool:
        """Whether its notice has gone, nobody answered it and leaving is still free.

        Args:
            day: of the UK.

        Source: R-2.5-8.
        """
        is_open = self.notice_at is not None and self.is_free_to_leave(day)
        return is_open and not self.answers.all()


class RenewalAnswer(models.Model):
    """One answer to a renewal notice. Only ever added. Source: R-2.5-7, R-2.5-9."""

    period = models.ForeignKey(
        ContractPeriod, on_delete=models.PROTECT, related_name="answers"
    )
    choice = models.CharField(max_length=6, choices=RenewalChoice)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField("answered")

    objects = RenewalAnswerQuerySet.as_manager()

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.get_choice_display()}, answer to the notice of {self.period}"


class RenewalReading(models.Model):
    """When somebody of the Party first opened a renewal that its notice told of.

    Or when that person told DCC to know of it, and who recorded that (T35).

    Source: R-2.5-9.
    """

    period = models.ForeignKey(
        ContractPeriod, on_delete=models.PROTECT, related_name="readings"
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField("read")
    how = models.CharField("how it came to DCC", max_length=6, choices=How, blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(
                name="renewal_reading_told_is_recorded_by_somebody",
                condition=Q(how="", recorded_by__isnull=True)
                | ~Q(how="") & Q(recorded_by__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["period", "by"], name="renewal_reading_one_a_person"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.period} read by {self.by}"

    @property
    def words(self) -> str:
        """Say who read it and when, or who said to know of it, and how."""
        day = day_words(uk_date(self.at))
        if not self.how:
            return f"Read by {self.by} on {day}"
        return f"{self.by} knows of it, {self.get_how_display().lower()} on {day}"
